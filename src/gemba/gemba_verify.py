"""Verify a Gemba pack without Gemba: one file that needs Python 3.11 or later and nothing else of this program.

    python gemba_verify.py PACK                      the outside: is it sealed, does its name vouch for its bytes?
    python gemba_verify.py PACK --identity KEY.txt   everything: every byte, every signature, every operation

To look inside, the seal must be opened: with the Python package `pyrage` if it is installed, else with the program
`age` (https://age-encryption.org). All other checks need the standard library alone. Nothing is written to the disk.

Exit code 0: whole, as far as was asked. 2: not whole. 3: could not be read. What is checked is written down in
docs/pack-format.md and, for the operations, in docs/data-changes.md; nothing here is shared with the program that
seals and opens packs, so that one mistake cannot hide in both. The sentences are English only for the same reason:
this file must be of use when everything else is gone.
"""

from __future__ import annotations

import argparse
import base64
import functools
import getpass
import hashlib
import io
import json
import math
import os
import re
import shutil
import struct
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, Never, cast

WHOLE, NOT_WHOLE, NOT_READ = 0, 2, 3
"""Exit codes."""


class NotWhole(Exception):
    """The pack is not as it was sealed, or was never sealed as a pack must be.

    Args:
        code: what is wrong, stable, for programs.
        facts: what the sentence for people names.
    """

    exit_code = NOT_WHOLE

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(_SENTENCES[code].format(**facts))
        self.code, self.facts = code, facts
        self.what = _SENTENCES[code].partition(". ")[0].format(**facts)
        """The same without the way out, for whoever knows another."""


class NotRead(NotWhole):
    """Whether the pack is whole cannot be said from here."""

    exit_code = NOT_READ


_SENTENCES = {
    "altered": "The pack was altered or badly made ({where}). Ask for a fresh copy, or have it sealed again.",
    "bad_json": "{where} cannot be read by every program alike ({why}). Have the pack sealed again.",
    "bad_name": "The pack lists a file under a name that may not be ({name}). Find out where it came from.",
    "bad_operation": "Line {line} of the journal does not hold: {why}. Have the laptop checked, and sealed again.",
    "bad_signature": "The device that the pack names has not signed it. Find out where it came from.",
    "bomb": "The pack claims to hold more than a pack may ({where}). Find out where it came from.",
    "cut_short": "The file ends too early: only {size} bytes are there. Copy it again, or ask whoever sent it.",
    "damaged": "The file was cut short or changed on the way. Copy it again, or ask whoever sent it.",
    "misplaced": "Where {expected} must stand, the pack has {found}. Find out where it came from.",
    "no_pack_inside": "The seal opens, but what is inside is no Gemba pack. Choose a file from a laptop's outbox.",
    "not_a_pack": "This is no sealed Gemba pack. Choose a file whose name ends in .gemba, from a laptop's outbox.",
    "odd_address": "The pack points to {address} for evidence instead of naming it. Find out where it came from.",
    "bad_key": "The key file {file} holds no age key ({why}). Give the file with the line AGE-SECRET-KEY-1...",
    "cannot_read": "{file} cannot be read ({why}). Choose the file again, or copy it from another medium.",
    "newer_format": "This was made by a newer Gemba ({version}). Get the gemba-verify of that version.",
    "no_tool": "A sealed pack cannot be opened here. Install age (https://age-encryption.org) or `pip install pyrage`.",
    "not_for_you": "This key does not open the pack: it was sealed for somebody else. Give another with --identity.",
    "nothing_to_go_by": "The name of this file does not vouch for its bytes (a pack's own name does, that of an audit "
    "pack never does), and without a key nothing else could be checked. Give a key with --identity.",
}

# --- Ed25519 (RFC 8032, section 5.1), for computers without the package `cryptography`

Point = tuple[int, int, int, int]
"""A point of the curve in extended coordinates: X, Y, Z and T, where x = X/Z, y = Y/Z, x*y = T/Z."""

_P = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_BASE = bytes([0x58]) + bytes([0x66]) * 31


def verify_ed25519(key: bytes, message: bytes, signature: bytes) -> bool:
    """True when `signature` (64 bytes) over `message` was made with the key whose public half is `key` (32 bytes).

    Never with a point of small order, for which anybody can make a signature.
    """
    if not _keeps_a_secret(key):
        return False
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        return verify_ed25519_alone(key, message, signature)
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def verify_ed25519_alone(key: bytes, message: bytes, signature: bytes) -> bool:
    """The same with the standard library alone (RFC 8032, 5.1.7; nothing secret is touched, so time may be told)."""
    point = _point(key) if _keeps_a_secret(key) else None
    scalar = int.from_bytes(signature[32:], "little")
    if point is None or len(signature) != 64 or scalar >= _ORDER:
        return False
    base = _point(_BASE)
    assert base is not None
    minus = (_P - point[0], point[1], 1, _P - point[3])
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % _ORDER
    x, y, z, _ = _add(_times(base, scalar), _times(minus, challenge))
    inverse = pow(z, -1, _P)
    packed = y * inverse % _P | (x * inverse % _P & 1) << 255
    return packed.to_bytes(32, "little") == signature[:32]


@functools.lru_cache(maxsize=8)
def _keeps_a_secret(key: bytes) -> bool:
    """False for what is no point of the curve, and for the points of small order: eight times they are nothing."""
    point = _point(key) if len(key) == 32 else None
    if point is None:
        return False
    for _ in range(3):
        point = _add(point, point)
    return point[0] != 0


def _point(packed: bytes) -> Point | None:
    """The point in 32 bytes, or None (RFC 8032, 5.1.3)."""
    number = int.from_bytes(packed, "little")
    sign, y = number >> 255, number & (1 << 255) - 1
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if x * x % _P != square:
        x = x * pow(2, (_P - 1) // 4, _P) % _P
    if y >= _P or x * x % _P != square or (x == 0 and sign):
        return None
    x = _P - x if x & 1 != sign else x
    return x, y, 1, x * y % _P


def _add(one: Point, other: Point) -> Point:
    (x1, y1, z1, t1), (x2, y2, z2, t2) = one, other
    a, b = (y1 - x1) * (y2 - x2), (y1 + x1) * (y2 + x2)
    c, d = 2 * t1 * t2 * _D, 2 * z1 * z2
    e, f, g, h = (b - a) % _P, (d - c) % _P, (d + c) % _P, (b + a) % _P
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


@functools.lru_cache(maxsize=8)
def _multiples(point: Point) -> list[list[Point]]:
    """For each of the 64 hexadecimal digits of a scalar, the multiples of `point` that its values stand for."""
    rows = []
    for _ in range(64):
        row: list[Point] = [(0, 1, 1, 0)]
        for _ in range(15):
            row.append(_add(row[-1], point))
        rows.append(row)
        point = _add(row[-1], point)
    return rows


def _times(point: Point, scalar: int) -> Point:
    found: Point = (0, 1, 1, 0)
    for digit, row in enumerate(_multiples(point)):
        found = _add(found, row[scalar >> 4 * digit & 15])
    return found


# --- canonical JSON (RFC 8785), read strictly

_LARGEST = 2**53
_DEEPEST = 64


def load_json(data: bytes, where: str) -> Any:
    """The JSON value in `data`, which must be spelled canonically and be read alike by every program.

    Raises:
        NotWhole: `bad_json`, which names `where` it stands.
    """
    try:
        value = _STRICT.decode(data.decode())
        same = spell_json(value).encode() == data
    except UnicodeError:
        _refuse_json(where, "it is not UTF-8, or holds half a character")
    except (ValueError, RecursionError) as error:
        _refuse_json(where, str(error) if isinstance(error, _OddJson) else "it is not JSON")
    if not same:
        _refuse_json(where, "it is not in its one canonical spelling")
    return value


def spell_json(value: Any, depth: int = 0) -> str:
    """The canonical text of a JSON value (RFC 8785, sections 3.2.2 and 3.2.3)."""
    if isinstance(value, str):
        if "\0" in value:
            raise _OddJson("a text holds the character NUL")
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, float):
        return _spell_float(value)
    if not isinstance(value, dict | list):
        return json.dumps(_checked_integer(value) if isinstance(value, int) else value)
    if depth >= _DEEPEST:
        raise _OddJson("it is nested too deeply")
    if isinstance(value, list):
        return "[" + ",".join(spell_json(item, depth + 1) for item in value) + "]"
    keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
    return "{" + ",".join(spell_json(key) + ":" + spell_json(value[key], depth + 1) for key in keys) + "}"


class _OddJson(ValueError):
    """JSON that Python, JavaScript and PostgreSQL do not read alike."""


def _spell_float(value: float) -> str:
    """A float as ECMAScript spells it (ECMA-262, Number::toString)."""
    if not math.isfinite(value) or _LARGEST <= abs(value) < 1e21:
        raise _OddJson("a number is too large")
    if value == 0:
        return "0"
    sign, numerals, exponent = Decimal(repr(value)).as_tuple()
    assert isinstance(exponent, int)
    digits = "".join(map(str, numerals))
    point = len(digits) + exponent
    digits = digits.rstrip("0")
    if len(digits) <= point <= 21:
        spelled = digits + "0" * (point - len(digits))
    elif 0 < point <= 21:
        spelled = digits[:point] + "." + digits[point:]
    elif -6 < point <= 0:
        spelled = "0." + "0" * -point + digits
    else:
        spelled = digits[0] + ("." + digits[1:] if digits[1:] else "") + f"e{point - 1:+d}"
    return "-" * sign + spelled


def _checked_integer(value: int) -> int:
    if not -_LARGEST < value < _LARGEST:
        raise _OddJson("a number is too large")
    return value


def _read_integer(digits: str) -> int:
    return _checked_integer(int(digits) if len(digits) <= 17 else _LARGEST)


def _read_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _OddJson("a key stands there twice")
    return found


def _refuse_constant(_name: str) -> Never:
    raise _OddJson("a number is not a number")


def _refuse_json(where: str, why: str) -> Never:
    raise NotWhole("bad_json", where=where, why=why) from None


_STRICT = json.JSONDecoder(object_pairs_hook=_read_object, parse_int=_read_integer, parse_constant=_refuse_constant)

# --- the signed texts of the bag (RFC 8493)

INFO, DECLARATION, README, MANIFEST, FETCH, TAG_MANIFEST, SIGNATURE = _TAGS = (
    "bag-info.txt",
    "bagit.txt",
    "README.txt",
    "manifest-sha256.txt",
    "fetch.txt",
    "tagmanifest-sha256.txt",
    "tagmanifest-sha256.txt.sig",
)
OPERATIONS = "data/ops.ndjson"

_VERSION = re.compile(rb"Format: gemba-pack v([1-9][0-9]{0,5})\r?\n")
_SCHEMAS = {"gemba-op v1": (1,), "gemba-op v2": (1, 2)}
"""By `Schema` the versions of operations that may stand in the journal."""
_COUNT = r"(0|[1-9][0-9]{0,14})"
_LABELS = {
    "Format": r"gemba-pack v1",
    "Pack-Id": r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    "Device-Id": r"[0-9a-f]{32}",
    "Device-Key": r"[A-Za-z0-9+/]{43}=",
    "Epoch": r"[A-Za-z0-9-]{1,64}",
    "Seq-Range": rf"{_COUNT}-{_COUNT}",
    "Prev-Pack": r"none|[0-9a-f]{64}",
    "Headquarters": r"[A-Za-z0-9._-]{1,64}",
    "Recipient": r"age1[02-9ac-hj-np-z]{58}",
    "Schema": r"[!-~]{1,20} v[1-9][0-9]{0,5}",
    "Operation-Count": _COUNT,
    "Created": r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z",
    "Bag-Software-Agent": r"[!-~]([ -~]{0,98}[!-~])?",
    "Payload-Oxum": rf"{_COUNT}\.[1-9][0-9]{{0,5}}",
}
_MANIFEST_LINE = re.compile(r"([0-9a-f]{64})  ([!-~]+)")
_FETCH_LINE = re.compile(
    rf"ni://gemba/sha-256;([A-Za-z0-9_-]{{43}}) {_COUNT} (data/blobs/[0-9a-f]{{2}}/[0-9a-f]{{64}})"
)
_BLOB = re.compile(r"data/blobs/([0-9a-f]{2})/(\1[0-9a-f]{62})")
_DOCUMENT = re.compile(r"data/documents/([A-Za-z0-9][A-Za-z0-9._-]{0,99})(?<!\.)")
_DEVICE_NAME = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)


class Info:
    """What `bag-info.txt` says of the pack.

    Args:
        data: its bytes.

    Raises:
        NotWhole: `no_pack_inside`, or `altered` when it is not as the format spells it.
        NotRead: `newer_format`.
    """

    def __init__(self, data: bytes) -> None:
        check_version(data)
        lines = [line.partition(": ")[::2] for line in data.decode("latin-1").split("\n")[:-1]]
        self.recipients = [value for label, value in lines if label == "Recipient"]
        self.said = dict(lines)
        labels = [label for label, _ in lines if label != "Recipient"]
        at = labels.index("Headquarters") + 1 if "Headquarters" in labels else 0
        in_order = labels[:at] + ["Recipient"] * len(self.recipients) + labels[at:]
        fine = (
            [label for label, _ in lines] == in_order
            and list(dict.fromkeys(in_order)) == list(_LABELS)
            and len(labels) == len(_LABELS) - 1
            and data.endswith(b"\n")
            and all(re.fullmatch(_LABELS[label], value) for label, value in lines)
            and self.recipients == sorted(set(self.recipients))
            and len(self.recipients) <= 20
            and self._agrees()
        )
        if not fine:
            raise NotWhole("altered", where=INFO)
        if self.said["Schema"] not in _SCHEMAS:
            raise NotRead("newer_format", version=self.said["Schema"])
        self.versions = _SCHEMAS[self.said["Schema"]]

    def _agrees(self) -> bool:
        """True when the id is that of the key, the date exists and the range does not run backwards."""
        self.key = base64.b64decode(self.said["Device-Key"])
        self.first, self.last = map(int, self.said["Seq-Range"].split("-"))
        self.octets, self.files = map(int, self.said["Payload-Oxum"].split("."))
        try:
            datetime.strptime(self.said["Created"], "%Y-%m-%dT%H:%M:%S%z")
        except ValueError:
            return False
        self.selection = self.last == self.first - 1
        return (
            base64.b64encode(self.key).decode() == self.said["Device-Key"]
            and hashlib.sha256(self.key).hexdigest()[:32] == self.said["Device-Id"]
            and self.last >= self.first - 1
        )


def check_version(info: bytes) -> None:
    """Refuse a pack of another version by the first line of `bag-info.txt`, which all versions share."""
    found = _VERSION.match(info)
    if not found:
        raise NotWhole("no_pack_inside")
    if int(found[1]) > 1:
        raise NotRead("newer_format", version=f"gemba-pack v{int(found[1])}")


def read_manifest(data: bytes) -> dict[str, str]:
    """Path to SHA-256 of every payload file."""
    hashes: dict[str, str] = {}
    for line in _lines(data, MANIFEST):
        found = _MANIFEST_LINE.fullmatch(line)
        if not found:
            raise NotWhole("altered", where=MANIFEST)
        sha256, path = found.groups()
        blob, document = _BLOB.fullmatch(path), _DOCUMENT.fullmatch(path)
        if not (path == OPERATIONS or blob or (document and not _DEVICE_NAME.fullmatch(document[1]))):
            raise NotWhole("bad_name", name=_shown(path))
        if blob and blob[2] != sha256:
            raise NotWhole("altered", where=path)
        hashes[path] = sha256
    one_each = len({path.lower() for path in hashes}) == len(hashes)
    if _manifest(hashes) != data or OPERATIONS not in hashes or not one_each:
        raise NotWhole("altered", where=MANIFEST)
    return hashes


def read_fetch(data: bytes) -> dict[str, int]:
    """Path to bytes of the evidence that travelled in an earlier pack."""
    sizes: dict[str, int] = {}
    for line in _lines(data, FETCH):
        found = _FETCH_LINE.fullmatch(line)
        named = base64.urlsafe_b64decode(found[1] + "=") if found else b""
        if not found or found[3] != f"data/blobs/{named.hex()[:2]}/{named.hex()}" or _ni(named) != found[1]:
            raise NotWhole("odd_address", address=_shown(line.split(" ")[0]))
        if found[3] <= max(sizes, default=""):
            raise NotWhole("altered", where=FETCH)
        sizes[found[3]] = int(found[2])
    return sizes


def check_signature(tags: dict[str, bytes], key: bytes) -> None:
    """Demand that the device has signed the tag manifest, and that the tag manifest is that of the tag files."""
    try:
        said = load_json(tags[SIGNATURE], SIGNATURE)
        signature = base64.b64decode(said["sig"], validate=True)
    except (NotWhole, ValueError, TypeError, KeyError):
        raise NotWhole("bad_signature") from None
    b64 = {"alg": "ed25519", "key": base64.b64encode(key).decode(), "sig": base64.b64encode(signature).decode()}
    if said != b64 or not verify_ed25519(key, b"gemba-pack-v1\0" + tags[TAG_MANIFEST], signature):
        raise NotWhole("bad_signature")
    hashes = {name: hashlib.sha256(tags[name]).hexdigest() for name in _TAGS[:5]}
    if tags[TAG_MANIFEST] != _manifest(hashes):
        raise NotWhole("altered", where=TAG_MANIFEST)
    if tags[DECLARATION] != b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n":
        raise NotWhole("altered", where=DECLARATION)


def _manifest(hashes: dict[str, str]) -> bytes:
    return "".join(f"{hashes[path]}  {path}\n" for path in sorted(hashes)).encode("ascii")


def _lines(data: bytes, where: str) -> list[str]:
    *lines, rest = data.decode("latin-1").split("\n")
    if rest or not data.isascii():
        raise NotWhole("altered", where=where)
    return lines


def _ni(sha256: bytes) -> str:
    return base64.urlsafe_b64encode(sha256).decode().rstrip("=")


def _shown(name: str) -> str:
    """A name that is fit for a terminal."""
    return ascii(name)[1:-1][:120]


# --- the zip, front to back, in the one spelling that a pack may have

_LARGEST_ZIP, _MOST_FILES, _LARGEST_TAG, _LARGEST_LINE = 4_000_000_000, 65_000, 16 << 20, 16 << 20
_LARGEST_JOURNAL, _STEEPEST, _ALWAYS_ALLOWED, _PIECE = 1 << 30, 100, 1 << 20, 1 << 18
_FIELDS = struct.Struct("<HHHHHIIIHH")


def read_pack(stream: BinaryIO, *, journal: bool = True) -> dict[str, Any]:
    """Check the zip in `stream` from the first byte to the last; what it says of itself.

    Args:
        stream: the zip; it need not be able to go back.
        journal: check the operations' own signatures, payloads and numbers, too.

    Raises:
        NotWhole: one byte is not as the format wants it.
        NotRead: it is of a newer format.
    """
    tape = _Tape(stream)
    tags = {INFO: _first_tag(tape)}
    check_version(tags[INFO])
    for name in _TAGS[1:]:
        tags[name] = tape.small(name)
    info = Info(tags[INFO])
    check_signature(tags, info.key)
    hashes, elsewhere = read_manifest(tags[MANIFEST]), read_fetch(tags[FETCH])
    if info.files != len(hashes) or len(hashes) + len(_TAGS) > _MOST_FILES or not elsewhere.keys() <= hashes.keys():
        raise NotWhole("altered", where="what the list of files says")
    left = info.octets - sum(elsewhere.values())
    operations = Journal(info, strict=journal)
    for path in sorted(hashes.keys() - elsewhere.keys()):
        left -= _check_payload(tape, path, hashes[path], left, operations)
    operations.end()
    if left:
        raise NotWhole("altered", where="Payload-Oxum in " + INFO)
    tape.end()
    here = hashes.keys() - elsewhere.keys()
    return {
        "bag_info": {**info.said, "Recipient": info.recipients},
        "operations": operations.count,
        "evidence": sum(path.startswith("data/blobs/") for path in here),
        "evidence_elsewhere": sorted(path.rpartition("/")[2] for path in elsewhere),
        "documents": sorted(path.rpartition("/")[2] for path in here if path.startswith("data/documents/")),
        "forks": operations.forks,
        "unsigned_for": sorted(operations.others),
        "without_personal": operations.blank,
    }


class _Tape:
    """The zip as a tape that runs forward only; each header is built again and must be the same to the byte."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._directory: list[bytes] = []
        self.at = 0

    def pieces(self, size: int) -> Iterator[bytes]:
        """The next `size` bytes, piece by piece."""
        if self.at + size > _LARGEST_ZIP:
            raise NotWhole("bomb", where="the whole")
        while size:
            piece = self._stream.read(min(size, _PIECE))
            if not piece:
                raise NotWhole("altered", where="it ends too early")
            self.at += len(piece)
            size -= len(piece)
            yield piece

    def take(self, size: int) -> bytes:
        """The next `size` bytes, few."""
        return b"".join(self.pieces(size))

    def header(self, path: str) -> tuple[int, int, int]:
        """CRC-32, packed size and size of the member `path`, which must come next."""
        at, start = self.at, self.take(4)
        if start != b"PK\3\4":
            raise NotWhole("misplaced", expected=path, found="no file" if start == b"PK\1\2" else "something else")
        fields = self.take(_FIELDS.size)
        _, _, _, _, _, crc, packed, size, length, _ = _FIELDS.unpack(fields)
        name, method = self.take(length), 8 if path == OPERATIONS else 0
        if name != path.encode("ascii"):
            raise NotWhole("misplaced", expected=path, found=_shown(name.decode("latin-1")))
        if fields != _FIELDS.pack(20, 0, method, 0, 0x21, crc, packed, size, length, 0) or (
            not method and packed != size
        ):
            raise NotWhole("altered", where=f"the zip header of {path}")
        rest = struct.pack("<HHHII", 0, 0, 0, 0, at)
        self._directory.append(b"PK\1\2" + struct.pack("<H", 20) + fields + rest + name)
        return crc, packed, size

    def small(self, name: str) -> bytes:
        """The content of the tag file `name`, which must come next."""
        crc, _, size = self.header(name)
        if size > _LARGEST_TAG:
            raise NotWhole("bomb", where=name)
        content = self.take(size)
        if zlib.crc32(content) != crc:
            raise NotWhole("altered", where=name)
        return content

    def end(self) -> None:
        """The central directory that belongs to these members, and nothing behind it."""
        count, entries, at = len(self._directory), b"".join(self._directory), self.at
        expected = entries + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, count, count, len(entries), at, 0)
        if self.take(len(expected)) != expected or self._stream.read(1):
            raise NotWhole("altered", where="the zip's table of contents")


def _first_tag(tape: _Tape) -> bytes:
    """The description, with which every pack of every version begins; else this is something else."""
    try:
        return tape.small(INFO)
    except NotWhole:
        raise NotWhole("no_pack_inside") from None


def _check_payload(tape: _Tape, path: str, sha256: str, left: int, journal: Journal) -> int:
    """Check one payload file; its size, which may be `left` at most."""
    crc, packed, size = tape.header(path)
    if size > left:
        raise NotWhole("bomb", where=path)
    content = tape.pieces(packed)
    if path == OPERATIONS:
        if size > _LARGEST_JOURNAL or size > max(_ALWAYS_ALLOWED, packed * _STEEPEST):
            raise NotWhole("bomb", where=path)
        content = journal.follow(_inflate(content, size))
    digest, seen = hashlib.sha256(), 0
    for piece in content:
        digest.update(piece)
        seen = zlib.crc32(piece, seen)
    if (digest.hexdigest(), seen) != (sha256, crc):
        raise NotWhole("altered", where=path)
    return size


def _inflate(packed: Iterator[bytes], size: int) -> Iterator[bytes]:
    """The bytes of a deflate stream that must give exactly `size` bytes and end where its last piece does."""
    unpacker = zlib.decompressobj(-15)
    for piece in packed:
        rest, full = piece, True
        while rest or full:
            try:
                raw = unpacker.decompress(rest, _PIECE)
            except zlib.error:
                raise NotWhole("altered", where=OPERATIONS) from None
            rest, full = unpacker.unconsumed_tail, len(raw) == _PIECE
            size -= len(raw)
            if size < 0:
                raise NotWhole("bomb", where=OPERATIONS)
            if unpacker.unused_data:
                raise NotWhole("altered", where=OPERATIONS)
            yield raw
    if size or not unpacker.eof:
        raise NotWhole("altered", where=OPERATIONS)


# --- the journal: operations v 1 and v 2 (docs/data-changes.md)

_UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_WORD = r"[a-z][a-z0-9_]{0,63}"
_HASH = r"[0-9a-f]{64}"
_HEADER = {
    "id": _UUID,
    "device": r"[0-9a-f]{32}",
    "epoch": r"[0-9]{4}-[0-9a-f]{8}",
    "hlc": r"[0-9a-f]{12}-[0-9a-f]{4}",
    "person": _UUID,
    "noun": _WORD,
    "entity": _UUID,
    "payload": _HASH,
}
_LISTS = {"fields": _WORD, "parents": _UUID}


class Journal:
    """The operations of a pack as they pass, one a line.

    Those of a stretch are numbered without gaps, each signed by the pack's device. A pack without a stretch may hold a
    selection: operations of any devices in any order, of which only its own device's signatures can be checked here.

    Args:
        info: what the pack says of itself.
        strict: look into the operations; else each is any canonical JSON object.
    """

    def __init__(self, info: Info, *, strict: bool) -> None:
        self._info, self._strict = info, strict
        self._seq, self._ids = info.first - 1, set[str]()
        self._places = set[tuple[str, str, int]]()
        self.count = self.forks = self.blank = 0
        self.others = set[str]()
        """Devices whose keys are not in the pack, so that their signatures could not be checked."""

    def follow(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """The same pieces; their lines are checked on the way."""
        line = bytearray()
        for piece in pieces:
            for part in io.BytesIO(piece):
                line += part
                if len(line) > _LARGEST_LINE + 1:
                    self._refuse("it is too long")
                if part.endswith(b"\n"):
                    self._check(bytes(line[:-1]))
                    line.clear()
            yield piece
        if line:
            self._refuse("it has no end")

    def end(self) -> None:
        """Demand that there were as many operations as the pack says."""
        if self.count != int(self._info.said["Operation-Count"]):
            raise NotWhole("altered", where="Operation-Count in " + INFO)
        if self._strict and not self._info.selection and self._seq != self._info.last:
            raise NotWhole("altered", where=f"operations {self._seq + 1} to {self._info.last} are not there")

    def _check(self, line: bytes) -> None:
        operation = load_json(line, f"Line {self.count + 1} of the journal")
        if not isinstance(operation, dict):
            self._refuse("it is not an object")
        if self._strict:
            self._check_operation(operation)
        self.count += 1

    def _check_operation(self, operation: dict[str, Any]) -> None:
        header: Any = operation.get("header")
        shaped = _is_header(header) and header["v"] in self._info.versions and _is_shaped(operation)
        if not shaped or (operation["payload"] is None and 2 not in self._info.versions):
            self._refuse("it has not the shape of an operation")
        parts = {name: operation[name] for name in ("payload", "personal") if operation.get(name) is not None}
        if any(hashlib.sha256(spell_json(part).encode()).hexdigest() != header[name] for name, part in parts.items()):
            self._refuse("its content is not the one that was signed")
        own = header["id"] not in header["parents"]
        if not _tells_fields(header, operation) or header["parents"] != sorted(set(header["parents"])) or not own:
            self._refuse("its content is not what its header says")
        self.blank += len(parts) < header["v"]
        self._check_place(header)
        self._check_signature(header, operation["signature"])

    def _check_place(self, header: dict[str, Any]) -> None:
        if header["id"] in self._ids:
            self._refuse("it stands there twice")
        self._ids.add(header["id"])
        if not self._info.selection:
            if (header["device"], header["epoch"]) != (self._info.said["Device-Id"], self._info.said["Epoch"]):
                self._refuse("it is of another device or epoch than the pack")
            self._check_number(header["seq"])
            return
        place = header["device"], header["epoch"], header["seq"]
        self.forks += place in self._places
        self._places.add(place)

    def _check_number(self, seq: int) -> None:
        """Numbers go up by one; one number twice is a fork (a copied disk), which headquarters must see."""
        if seq == self._seq and self.count:
            self.forks += 1
        elif seq != self._seq + 1:
            self._refuse(f"it has number {seq} where {self._seq + 1} must be")
        self._seq = seq

    def _check_signature(self, header: dict[str, Any], spelled: Any) -> None:
        try:
            signature = base64.b64decode(spelled, validate=True)
        except (ValueError, TypeError):
            signature = b""
        if len(signature) != 64 or base64.b64encode(signature).decode() != spelled:
            self._refuse("its signature does not hold")
        if header["device"] != self._info.said["Device-Id"]:
            self.others.add(header["device"])
            return
        message = f"gemba-op-v{header['v']}\0".encode() + spell_json(header).encode()
        if not verify_ed25519(self._info.key, message, signature):
            self._refuse("its signature does not hold")

    def _refuse(self, why: str) -> Never:
        raise NotWhole("bad_operation", line=self.count + 1, why=why)


def _is_header(header: Any) -> bool:
    if not isinstance(header, dict) or type(header.get("v")) is not int or header["v"] not in (1, 2):
        return False
    texts = _HEADER | ({"personal": _HASH} if header["v"] == 2 else {})
    return (
        header.keys() == {"v", "seq", *texts, *_LISTS}
        and type(header["seq"]) is int
        and header["seq"] >= 1
        and all(_matches(pattern, header[key]) for key, pattern in texts.items())
        and all(
            isinstance(header[key], list) and all(_matches(pattern, one) for one in header[key])
            for key, pattern in _LISTS.items()
        )
    )


def _is_shaped(operation: dict[str, Any]) -> bool:
    """True when the parts are there that its version has; of what was erased only the hash is there.

    That is the personal part in v 2, and the whole payload in v 1, which has no part apart.
    """
    payload = operation.get("payload")
    if operation["header"]["v"] == 1:
        return operation.keys() == {"header", "payload", "signature"} and (payload is None or _is_part(payload))
    return (
        operation.keys() == {"header", "payload", "personal", "signature"}
        and _is_part(operation["payload"])
        and (operation["personal"] is None or _is_part(operation["personal"]))
    )


def _tells_fields(header: dict[str, Any], operation: dict[str, Any]) -> bool:
    """True when the header names, sorted, the fields that its parts set, each by one of them."""
    parts = [operation["payload"], *([operation["personal"]] if header["v"] == 2 else [])]
    told = [field for part in parts if part is not None for field in part["set"]]
    fields, whole = header["fields"], None not in parts
    return (
        fields == sorted(set(fields))
        and len(set(told)) == len(told)
        and (set(told) == set(fields) if whole else set(told) <= set(fields))
    )


def _is_part(part: Any) -> bool:
    return (
        isinstance(part, dict)
        and part.keys() == {"salt", "set"}
        and _matches(r"[0-9a-f]{32}", part["salt"])
        and isinstance(part["set"], dict)
    )


def _matches(pattern: str, value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(pattern, value) is not None


# --- audit packs (docs/audit-pack-format.md): a bag for people, open or sealed

_AUDIT_SIGNED = b"gemba-audit-pack-v1\0"
_AUDIT_VERSION = re.compile(rb"Format: gemba-audit-pack v([1-9][0-9]{0,5})\r?\n")
_AUDIT_SMALL = (INFO, DECLARATION, README, MANIFEST, TAG_MANIFEST, SIGNATURE)
_AUDIT_LARGE = ("binder.pdf", "completeness.txt", "ro-crate-metadata.json")
_AUDIT_PAYLOAD = re.compile(
    r"data/completeness\.json|data/(?:tables|evidence)/([A-Za-z0-9][A-Za-z0-9._-]{0,119})(?<!\.)"
)
_AUDIT_LABELS = {
    "Format": r"gemba-audit-pack v1",
    "Pack-Id": _LABELS["Pack-Id"],
    "Device-Id": _LABELS["Device-Id"],
    "Device-Key": _LABELS["Device-Key"],
    "As-Of": _LABELS["Created"],
    "Assessments": _COUNT,
    "Recipient": _LABELS["Recipient"],
    "Bag-Software-Agent": _LABELS["Bag-Software-Agent"],
    "Payload-Oxum": _LABELS["Payload-Oxum"],
}


def is_audit_pack(start: bytes) -> bool:
    """True when a zip that begins with these bytes (at least 80) means to be an audit pack."""
    return start[:4] == b"PK\3\4" and start[30:66] == b"bag-info.txtFormat: gemba-audit-pack"


def read_audit_pack(stream: BinaryIO) -> dict[str, Any]:
    """Check the zip of an audit pack in `stream` from the first byte to the last; what it says of itself.

    Raises:
        NotWhole: one byte is not as the format wants it.
        NotRead: it is of a newer format.
    """
    tape = _Tape(stream)
    tags = {name: tape.small(name) for name in _AUDIT_SMALL}
    said, recipients = _read_audit_info(tags[INFO])
    tagged = _check_audit_tags(tags, base64.b64decode(said["Device-Key"]))
    hashes = _read_audit_manifest(tags[MANIFEST])
    octets, files = map(int, said["Payload-Oxum"].split("."))
    if files != len(hashes) or len(hashes) + len(_AUDIT_SMALL) + len(_AUDIT_LARGE) > _MOST_FILES:
        raise NotWhole("altered", where="what the list of files says")
    for name in _AUDIT_LARGE:
        _check_stored(tape, name, tagged[name], _LARGEST_ZIP)
    left = octets
    for path in sorted(hashes):
        left -= _check_stored(tape, path, hashes[path], left)
    if left:
        raise NotWhole("altered", where="Payload-Oxum in " + INFO)
    tape.end()
    return {
        "format": said["Format"],
        "bag_info": {**said, "Recipient": recipients},
        "evidence": sum(path.startswith("data/evidence/") for path in hashes),
        "tables": sorted(path.rpartition("/")[2] for path in hashes if path.startswith("data/tables/")),
    }


def _read_audit_info(data: bytes) -> tuple[dict[str, str], list[str]]:
    """The lines of `bag-info.txt`, and the recipients among them."""
    found = _AUDIT_VERSION.match(data)
    if not found:
        raise NotWhole("no_pack_inside")
    if int(found[1]) > 1:
        raise NotRead("newer_format", version=f"gemba-audit-pack v{int(found[1])}")
    lines = [line.partition(": ")[::2] for line in data.decode("latin-1").split("\n")[:-1]]
    recipients = [value for label, value in lines if label == "Recipient"]
    wanted = [label for label in _AUDIT_LABELS for _ in range(len(recipients) if label == "Recipient" else 1)]
    fine = (
        [label for label, _ in lines] == wanted
        and data.endswith(b"\n")
        and all(re.fullmatch(_AUDIT_LABELS[label], value) for label, value in lines)
        and recipients == sorted(set(recipients))
        and len(recipients) <= 20
    )
    said = dict(lines)
    key = base64.b64decode(said["Device-Key"]) if fine else b""
    spelled = fine and base64.b64encode(key).decode() == said["Device-Key"]
    if not spelled or hashlib.sha256(key).hexdigest()[:32] != said["Device-Id"]:
        raise NotWhole("altered", where=INFO)
    return {label: value for label, value in said.items() if label != "Recipient"}, recipients


def _check_audit_tags(tags: dict[str, bytes], key: bytes) -> dict[str, str]:
    """Demand the signature and the hashes of the small files; the hash of every file on top, by name."""
    try:
        signature = base64.b64decode(load_json(tags[SIGNATURE], SIGNATURE)["sig"], validate=True)
    except (NotWhole, ValueError, TypeError, KeyError):
        raise NotWhole("bad_signature") from None
    b64 = {"alg": "ed25519", "key": base64.b64encode(key).decode(), "sig": base64.b64encode(signature).decode()}
    signed = verify_ed25519(key, _AUDIT_SIGNED + tags[TAG_MANIFEST], signature)
    if load_json(tags[SIGNATURE], SIGNATURE) != b64 or not signed:
        raise NotWhole("bad_signature")
    tagged: dict[str, str] = {}
    for line in _lines(tags[TAG_MANIFEST], TAG_MANIFEST):
        found = _MANIFEST_LINE.fullmatch(line)
        if not found:
            raise NotWhole("altered", where=TAG_MANIFEST)
        tagged[found[2]] = found[1]
    small = {name: hashlib.sha256(tags[name]).hexdigest() for name in _AUDIT_SMALL[:4]}
    known = tagged.keys() == {*small, *_AUDIT_LARGE} and _manifest(tagged) == tags[TAG_MANIFEST]
    if not known or any(tagged[name] != sha256 for name, sha256 in small.items()):
        raise NotWhole("altered", where=TAG_MANIFEST)
    if tags[DECLARATION] != b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n":
        raise NotWhole("altered", where=DECLARATION)
    return tagged


def _read_audit_manifest(data: bytes) -> dict[str, str]:
    """Path to SHA-256 of every file below `data/`."""
    hashes: dict[str, str] = {}
    for line in _lines(data, MANIFEST):
        found = _MANIFEST_LINE.fullmatch(line)
        if not found:
            raise NotWhole("altered", where=MANIFEST)
        named = _AUDIT_PAYLOAD.fullmatch(found[2])
        if not named or (named[1] and _DEVICE_NAME.fullmatch(named[1])):
            raise NotWhole("bad_name", name=_shown(found[2]))
        hashes[found[2]] = found[1]
    one_each = len({path.lower() for path in hashes}) == len(hashes)
    if _manifest(hashes) != data or "data/completeness.json" not in hashes or not one_each:
        raise NotWhole("altered", where=MANIFEST)
    return hashes


def _check_stored(tape: _Tape, path: str, sha256: str, left: int) -> int:
    """Check a file that stands in the zip as it is; its size, which may be `left` at most."""
    crc, _, size = tape.header(path)
    if size > left:
        raise NotWhole("bomb", where=path)
    digest, seen = hashlib.sha256(), 0
    for piece in tape.pieces(size):
        digest.update(piece)
        seen = zlib.crc32(piece, seen)
    if (digest.hexdigest(), seen) != (sha256, crc):
        raise NotWhole("altered", where=path)
    return size


def _verify_open_audit_pack(file: BinaryIO) -> dict[str, Any]:
    """What can be said of an audit pack that is not sealed."""
    digest = hashlib.sha256()
    for piece in iter(lambda: file.read(_PIECE), b""):
        digest.update(piece)
    sha256, size = digest.hexdigest(), file.tell()
    file.seek(0)
    facts = read_audit_pack(file)
    if facts["bag_info"]["Recipient"]:
        where = "it was sealed to recipients, and its seal was taken off"
        return {"level": "whole", "sha256": sha256, "size": size, **facts, "sentences": _audit_sentences(facts, where)}
    return {"level": "whole", "sha256": sha256, "size": size, **facts, "sentences": _audit_sentences(facts)}


def _audit_sentences(facts: dict[str, Any], where: str = "") -> list[str]:
    said = facts["bag_info"]
    sentences = [
        f"Every byte of this audit pack is as device {said['Device-Id']} signed it.",
        f"Assessments: {said['Assessments']}, evidence: {facts['evidence']}, tables: {len(facts['tables'])}.",
        f"The newest record in it is of {said['As-Of']}.",
        "What it leaves out, and why, is told in completeness.txt.",
    ]
    if where:
        sentences.append(f"Note: {where}.")
    sentences.append("Whose device that is was not checked; compare the id with the one that headquarters names.")
    return sentences


class _Again:
    """A stream whose first bytes were looked at and are given once more."""

    def __init__(self, start: bytes, stream: BinaryIO) -> None:
        self._start, self._stream = start, stream

    def read(self, size: int) -> bytes:
        """At most `size` bytes; none at the end."""
        taken, self._start = self._start[:size], self._start[size:]
        return taken or self._stream.read(size)


def _read_either(stream: BinaryIO, *, journal: bool) -> dict[str, Any]:
    """Check what a seal held: an audit pack, or a pack of the journal."""
    start = b""
    while len(start) < 80 and (piece := stream.read(80 - len(start))):
        start += piece
    again = cast("BinaryIO", _Again(start, stream))
    return read_audit_pack(again) if is_audit_pack(start) else read_pack(again, journal=journal)


# --- the seal: age v1

_INTRO = re.compile(rb"age-encryption\.org/v([1-9][0-9]{0,3})\n")
_MAC = re.compile(rb"\n---( [A-Za-z0-9+/]{43}\n)?")
_LARGEST_HEADER, _NONCE, _TAG, _CHUNK = 1 << 16, 16, 16, 65552
_KEY = re.compile(r"AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}", re.IGNORECASE)


def check_frame(file: BinaryIO) -> int:
    """Bytes of a sealed file whose frame is that of age; leaves it at its beginning."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    start = file.read(_LARGEST_HEADER)
    file.seek(0)
    intro, mac = _INTRO.match(start), _MAC.search(start)
    if not intro:
        cut = size < 22 and b"age-encryption.org/v1\n".startswith(start)
        raise NotWhole("cut_short", size=size) if cut else NotWhole("not_a_pack")
    if int(intro[1]) > 1:
        raise NotRead("newer_format", version=f"age {int(intro[1])}")
    if not mac or not mac[1]:
        raise NotWhole("not_a_pack") if size > _LARGEST_HEADER else NotWhole("cut_short", size=size)
    rest = size - mac.end() - _NONCE
    if rest <= _TAG or 0 < rest % _CHUNK <= _TAG:
        raise NotWhole("cut_short", size=size)
    return size


def unseal(file: BinaryIO, key_file: Path, passphrase: str | None) -> tuple[BinaryIO, Callable[[], str]]:
    """The content of a sealed file as a stream, and what says, at its end, why the seal does not hold (or "")."""
    try:
        import pyrage
    except ImportError:
        return _unseal_by_program(file, key_file, passphrase)
    try:
        identities = [pyrage.x25519.Identity.from_str(key) for key in _keys(key_file, passphrase)]
    except pyrage.IdentityError as error:
        raise NotRead("bad_key", file=key_file, why=error) from None
    reading_end, writing_end = os.pipe()
    said: list[str] = []

    def run() -> None:
        try:
            with os.fdopen(writing_end, "wb") as pipe:
                pyrage.decrypt_io(file, pipe, identities)
        except Exception as error:  # noqa: BLE001 - handed over to the thread that waits
            said.append(str(error) or type(error).__name__)

    thread = threading.Thread(target=run, name="unseal", daemon=True)
    thread.start()

    def why() -> str:
        thread.join()
        return "".join(said)

    return os.fdopen(reading_end, "rb"), why


def _unseal_by_program(file: BinaryIO, key_file: Path, passphrase: str | None) -> tuple[BinaryIO, Callable[[], str]]:
    """The same by the program `age`, which asks for the passphrase of a key file itself."""
    program = shutil.which("age")
    if program is None or passphrase is not None:
        raise NotRead("no_tool")
    if not _is_sealed_key(_read(key_file)):
        _keys(key_file, None)
    run = [program, "--decrypt", "--identity", str(key_file)]
    process = subprocess.Popen(run, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # noqa: S603 - age itself
    content, errors = cast("BinaryIO", process.stdout), cast("BinaryIO", process.stderr)

    def why() -> str:
        with errors:
            message = errors.read().decode("utf-8", "replace")
        return message or "age failed" if process.wait() else ""

    return content, why


def _keys(key_file: Path, passphrase: str | None) -> list[str]:
    """The age identities in a key file, which may itself be sealed with a passphrase."""
    data = _read(key_file)
    if _is_sealed_key(data):
        import pyrage

        if passphrase is None and sys.stdin.isatty():
            passphrase = getpass.getpass(f"Passphrase of {key_file}: ")
        try:
            data = pyrage.passphrase.decrypt(data, passphrase or "")
        except pyrage.DecryptError:
            raise NotRead("bad_key", file=key_file, why="the passphrase does not open it") from None
    lines = data.decode("utf-8", "replace").splitlines()
    keys = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    if not keys or not all(_KEY.fullmatch(key) for key in keys):
        raise NotRead("bad_key", file=key_file, why="one line of it is none" if keys else "it is empty")
    return keys


def _is_sealed_key(data: bytes) -> bool:
    return data.startswith((b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED FILE-----"))


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise NotRead("cannot_read", file=file, why=error.strerror or error) from None


# --- the whole


def verify(
    file: Path, identity: Path | None = None, *, passphrase: str | None = None, journal: bool = True
) -> dict[str, Any]:
    """Check a sealed pack as far as is asked; what can be said of it.

    Args:
        file: the sealed pack.
        identity: file with an age identity that opens it; without one only the outside is checked.
        passphrase: of that file, if it is sealed itself.
        journal: look into the operations, too.

    Raises:
        NotWhole: with a sentence that says what to do.
        NotRead: the same.
    """
    try:
        with file.open("rb", buffering=0) as sealed:
            opened = is_audit_pack(sealed.read(80))
            sealed.seek(0)
            if opened:
                return _verify_open_audit_pack(sealed)
            size = check_frame(sealed)
            sha256 = hashlib.file_digest(sealed, "sha256").hexdigest()
            named = _check_name(file.name, sha256)
            outside = {"sha256": sha256, "size": size, "named": named}
            if identity is None:
                return {"level": "outside", **outside, "sentences": _outside_sentences(named=named)}
            sealed.seek(0)
            facts = _inside(sealed, identity, passphrase, journal=journal)
    except OSError as error:
        raise NotRead("cannot_read", file=file, why=error.strerror or error) from None
    if "format" in facts:
        return {"level": "whole", **outside, **facts, "sentences": _audit_sentences(facts)}
    level = "whole" if journal else "pack"
    return {"level": level, **outside, **facts, "sentences": _inside_sentences(facts, named=named, journal=journal)}


def _inside(sealed: BinaryIO, identity: Path, passphrase: str | None, *, journal: bool) -> dict[str, Any]:
    stream, why = unseal(sealed, identity, passphrase)
    watched = _Watched(stream)
    facts, wrong = {}, None
    with stream:
        try:
            facts = _read_either(cast("BinaryIO", watched), journal=journal)
        except NotWhole as error:
            wrong = error
    message = why()
    # Whoever stopped reading early has broken the seal's pipe himself; at the end, the seal has the last word.
    if message and (watched.ended or wrong is None):
        unmatched = "matching keys" in message or "no identity matched" in message
        raise NotRead("not_for_you") if unmatched else NotWhole("damaged")
    if wrong is not None:
        raise wrong
    return facts


class _Watched:
    """A stream that remembers whether it was read to its end."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self.ended = stream, False

    def read(self, size: int) -> bytes:
        """At most `size` bytes; none at the end."""
        data = self._stream.read(size)
        self.ended = self.ended or not data
        return data


def _check_name(name: str, sha256: str) -> bool:
    """True when the file's name vouches for its bytes; False when it says nothing of them."""
    if not re.fullmatch(r"[0-9a-f]{64}\.gemba", name):
        return False
    if name != f"{sha256}.gemba":
        raise NotWhole("damaged")
    return True


def _outside_sentences(*, named: bool) -> list[str]:
    if not named:
        raise NotRead("nothing_to_go_by")
    return [
        "The file is sealed as a pack is, and its bytes are those that its name vouches for: it came through intact.",
        "Without a key, who signed it and what it holds could not be checked. Give one with --identity to do so.",
    ]


def _inside_sentences(facts: dict[str, Any], *, named: bool, journal: bool) -> list[str]:
    device, documents = facts["bag_info"]["Device-Id"], len(facts["documents"])
    sentences = [
        f"Every byte of this pack is as device {device} signed it.",
        f"It holds operations: {facts['operations']}, evidence: {facts['evidence']}, documents: {documents}.",
    ]
    if elsewhere := len(facts["evidence_elsewhere"]):
        sentences.append(f"Evidence that travelled in earlier packs and could not be checked: {elsewhere}.")
    sentences.append(_journal_sentence(facts, journal=journal))
    if facts["without_personal"]:
        sentences.append(f"Operations whose personal part was erased or left out: {facts['without_personal']}.")
    if facts["forks"]:
        sentences.append(
            f"Numbers of the journal that were given twice: {facts['forks']}. Ask whether a disk was copied."
        )
    if not named:
        sentences.append("The file was renamed; under its own name it could be checked without a key, too.")
    sentences.append("Whether that device may send to headquarters was not checked; headquarters knows.")
    return sentences


def _journal_sentence(facts: dict[str, Any], *, journal: bool) -> str:
    if not journal:
        return "What the operations say, and their own signatures, were not looked at, as was asked."
    if others := len(facts["unsigned_for"]):
        return (
            f"It is a selection, with operations of other devices ({others}): their content is the one that their "
            "headers name, but whether those devices signed it, only who knows their keys can check."
        )
    first, last = map(int, facts["bag_info"]["Seq-Range"].split("-"))
    if last < first:
        return "Each operation is signed by that device; they are a selection, or none, and no stretch of its journal."
    return "Each operation is signed by that device, and none between the first and the last is missing."


def main(arguments: Sequence[str] | None = None) -> int:
    """Verify one pack and say what was found; the exit code."""
    asked = _parser().parse_args(arguments)
    try:
        passphrase = _read(asked.passphrase_file).decode().rstrip("\r\n") if asked.passphrase_file else None
        verdict = verify(asked.pack, asked.identity, passphrase=passphrase, journal=not asked.no_journal)
        code = WHOLE
    except NotWhole as error:
        level = "not read" if isinstance(error, NotRead) else "not whole"
        verdict, code = {"level": level, "code": error.code, "sentences": [str(error)]}, error.exit_code
    if asked.json:
        sys.stdout.write(json.dumps({"file": str(asked.pack), **verdict, "exit": code}, indent=2) + "\n")
    else:
        (sys.stderr if code else sys.stdout).write("\n".join(verdict["sentences"]) + "\n")
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gemba-verify",
        description="Verify a Gemba pack, without Gemba and without a store.",
        epilog="Exit code 0: whole, as far as was asked; 2: not whole; 3: could not be read.",
    )
    parser.add_argument("pack", type=Path, help="a sealed pack (.gemba) or an audit pack (.zip, .zip.age)")
    parser.add_argument("--identity", type=Path, metavar="FILE", help="file with an age key that opens the pack")
    parser.add_argument(
        "--passphrase-file", type=Path, metavar="FILE", help="passphrase of the key file, if that is sealed itself"
    )
    parser.add_argument("--no-journal", action="store_true", help="check the pack, but not the operations in it")
    parser.add_argument("--json", action="store_true", help="say it for programs")
    return parser


if __name__ == "__main__":
    sys.exit(main())
