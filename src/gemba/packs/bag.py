"""The texts that make a pack a bag (BagIt, RFC 8493): what lies in it, with hashes, under one signature."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Never

from gemba.errors import Refusal
from gemba.packs import canonical, paths
from gemba.packs.identity import verify
from gemba.wording import text

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
"""The bytes of `bagit.txt`."""
SIGNED = b"gemba-pack-v1\0"
"""Stands before the tag manifest when it is signed, so that the signature means nothing anywhere else."""

_FETCH_LINE = re.compile(
    r"ni://gemba/sha-256;(?P<hash>[A-Za-z0-9_-]{43}) (?P<size>0|[1-9][0-9]{0,14}) (?P<path>[!-~]+)"
)
_MANIFEST_LINE = re.compile(r"([0-9a-f]{64})  ([!-~]+)")


@dataclass(frozen=True, slots=True)
class Reference:
    """Evidence that travelled in an earlier pack.

    Args:
        sha256: hash of its content.
        size: bytes.
    """

    sha256: str
    size: int


def render_manifest(hashes: Mapping[str, str]) -> bytes:
    """The bytes of a manifest (path to SHA-256), sorted by path; `sha256sum -c` reads it."""
    return "".join(f"{hashes[path]}  {path}\n" for path in sorted(hashes)).encode("ascii")


def parse_manifest(data: bytes) -> dict[str, str]:
    """Path to SHA-256 of every payload file.

    Raises:
        Refusal: `packs.climbs_out`, `packs.unlisted` for a name that may not be, `packs.altered` for another spelling.
    """
    hashes: dict[str, str] = {}
    for line in _lines(data):
        found = _MANIFEST_LINE.fullmatch(line)
        if not found:
            _altered(line)
        if not paths.is_payload(found[2]):
            paths.refuse_name(found[2])
        if paths.blob_of(found[2]) not in {None, found[1]}:
            _altered(line)
        hashes[found[2]] = found[1]
    if render_manifest(hashes) != data or paths.OPERATIONS not in hashes or not _distinct(hashes):
        _altered("")
    return hashes


def render_fetch(references: Sequence[Reference]) -> bytes:
    """The bytes of `fetch.txt`, sorted by hash. The address is a name (RFC 6920), never a place to go to."""
    lines = [
        f"{_ni(one.sha256)} {one.size} {paths.blob_path(one.sha256)}\n"
        for one in sorted(references, key=lambda one: one.sha256)
    ]
    return "".join(lines).encode("ascii")


def parse_fetch(data: bytes) -> tuple[Reference, ...]:
    """The evidence that travelled earlier.

    Raises:
        Refusal: `packs.odd_address` for an address that is not the name of the evidence, else `packs.altered`.
    """
    references: list[Reference] = []
    for line in _lines(data):
        found = _FETCH_LINE.fullmatch(line)
        if not found:
            raise Refusal("packs.odd_address", address=_shown(line.split(" ")[0]))
        sha256 = base64.urlsafe_b64decode(found["hash"] + "=").hex()
        if found["path"] != paths.blob_path(sha256):
            raise Refusal("packs.odd_address", address=_shown(line.split(" ")[0]))
        references.append(Reference(sha256, int(found["size"])))
    if render_fetch(references) != data or len({one.sha256 for one in references}) != len(references):
        raise Refusal("packs.altered", where=paths.FETCH)
    return tuple(references)


def tag_manifest(tags: Mapping[str, bytes]) -> bytes:
    """The bytes of the tag manifest over the tag files given by name."""
    return render_manifest({name: hashlib.sha256(content).hexdigest() for name, content in tags.items()})


def sign(manifest: bytes, public_key: bytes, signer: Callable[[bytes], bytes]) -> bytes:
    """The bytes of the signature file over a tag manifest."""
    signature = signer(SIGNED + manifest)
    return canonical.dumps({"alg": "ed25519", "key": _b64(public_key), "sig": _b64(signature)})


def check_signature(data: bytes, manifest: bytes, public_key: bytes) -> None:
    """Refuse a tag manifest that the device named in the pack has not signed.

    Raises:
        Refusal: `packs.bad_signature`.
    """
    try:
        said = canonical.loads_canonical(data)
        signature = base64.b64decode(said["sig"], validate=True)
        good = sign(manifest, public_key, lambda _: signature) == data
    except (Refusal, ValueError, TypeError, KeyError) as error:
        raise Refusal("packs.bad_signature") from error
    if not good or not verify(public_key, SIGNED + manifest, signature):
        raise Refusal("packs.bad_signature")


def _lines(data: bytes) -> list[str]:
    """The lines of an ASCII text; other text is refused."""
    try:
        return data.decode("ascii").splitlines()
    except UnicodeDecodeError:
        _altered("")


def _distinct(hashes: Mapping[str, str]) -> bool:
    """True when no two names are one on a file system that does not tell capitals apart."""
    return len({path.lower() for path in hashes}) == len(hashes)


def _altered(line: str) -> Never:
    raise Refusal("packs.altered", where=_shown(line) or text("the list of files"))


def _shown(line: str) -> str:
    return line[:120]


def _ni(sha256: str) -> str:
    """The RFC 6920 name of what has this hash."""
    return "ni://gemba/sha-256;" + base64.urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip("=")


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
