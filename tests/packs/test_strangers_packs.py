"""Packs by a writer that shares nothing with the program: the plain one is whole, hostile ones are refused by both."""

from __future__ import annotations

import gzip
import json
import struct
import subprocess
import unicodedata
import zlib
from collections.abc import Callable

import pyrage
import pytest
from tests.packs.stranger import Key, Member, NoKey, Pack, canonical, deflated, operation, zipped

from gemba import gemba_verify
from gemba.errors import Refusal
from gemba.packs import identity
from gemba.packs.verifying import verify

IDENTITY = pyrage.x25519.Identity.generate()
RECIPIENT = str(IDENTITY.to_public())
KEY, OTHER = Key(), Key(b"\2" * 32)
Make = Callable[[Pack], bytes]


def sealed(plain: bytes) -> bytes:
    return pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(RECIPIENT)])


@pytest.fixture
def judged(tmp_path, capsys):
    """What the program and the verifier of one file make of sealed bytes: "whole", or why not."""
    key_file = tmp_path / "key.txt"
    key_file.write_text(str(IDENTITY) + "\n")

    def judge(data: bytes) -> tuple[str, int]:
        file = tmp_path / "x.gemba"
        file.write_bytes(data)
        try:
            program = verify(file, [str(IDENTITY)]).level
        except Refusal as refusal:
            program = refusal.code
        code = gemba_verify.main([str(file), "--identity", str(key_file), "--json"])
        assert json.loads(capsys.readouterr().out)["exit"] == code
        return program, code

    return judge


def at(start: str, change: Callable[[Member], object]) -> Make:
    """A pack of which one member is changed."""

    def make(pack: Pack) -> bytes:
        members = pack.members()
        change(next(one for one in members if one.name.startswith(start.encode())))
        return zipped(members)

    return make


def said(start: str, **lies: object) -> Make:
    def lie(member: Member) -> None:
        for name, value in lies.items():
            before = getattr(member, name)
            setattr(member, name, before | value if isinstance(before, dict) else value)  # type: ignore[operator]

    return at(start, lie)


def tag(name: str, change: Callable[[bytes], bytes]) -> Make:
    """A pack of which one tag file says something else, signed all the same."""

    def make(pack: Pack) -> bytes:
        pack.change[name] = change
        return zipped(pack.members())

    return make


def swap(name: str, old: bytes, new: bytes) -> Make:
    def change(body: bytes) -> bytes:
        assert old in body
        return body.replace(old, new)

    return tag(name, change)


def with_documents(*names: str) -> Make:
    def make(pack: Pack) -> bytes:
        pack.documents = {name: bytes([at]) for at, name in enumerate(names)}
        return zipped(pack.members())

    return make


def journal(change: Callable[[list[bytes]], bytes]) -> Make:
    def make(pack: Pack) -> bytes:
        pack.journal = change(pack.lines)
        return zipped(pack.members())

    return make


def described(member: Member, marker: bytes = b"PK\7\x08") -> None:
    """Size and hash behind the content instead of before it."""
    sizes = struct.pack("<III", zlib.crc32(member.body), len(member.packed), len(member.body))
    member.local = {"flags": 8, "crc": 0, "packed": 0, "size": 0}
    member.central, member.after = {"flags": 8}, marker + sizes


def more_members(*more: Member) -> Make:
    return lambda pack: zipped([*pack.members(), *more])


def twin(*, in_local: bool, in_directory: bool, name: str = "bag-info.txt") -> Member:
    made = Member(name, b"Format: something else\n")
    made.in_local, made.in_directory = in_local, in_directory
    return made


_ZIP64 = struct.pack("<HHQQ", 1, 16, 300, 300)
_ZIP64_END = b"PK\6\6" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, 9, 9, 1, 1) + b"PK\6\7" + bytes(16)
_NAME = struct.pack("<HH", 0x7075, 9) + b"\1" + bytes(4) + b"evil"
INFO, MANIFEST, TOP = "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"
BOM, FULL = b"\xef\xbb\xbf", 0xFFFFFFFF

GEOMETRY: dict[str, Make] = {
    "zip64 sizes": said("data/blobs", extra=_ZIP64, local={"packed": FULL, "size": FULL}),
    "zip64 field with honest sizes": said("data/blobs", extra=_ZIP64),
    "zip64 in the directory": said("data/blobs", central_extra=_ZIP64, central={"packed": FULL, "size": FULL}),
    "zip64 end": lambda pack: zipped(pack.members(), behind=_ZIP64_END),
    "zip64 counts": lambda pack: zipped(pack.members(), here=0xFFFF, all=0xFFFF, size=FULL, at=FULL),
    "another name in a field": said("data/blobs", extra=_NAME),
    "descriptor, stored": at("data/blobs", described),
    "descriptor, deflated": at("data/ops", described),
    "descriptor without its mark": at("data/ops", lambda one: described(one, b"")),
    "stray descriptor": said("data/blobs", before=b"PK\7\x08" + bytes(12)),
    "flag in the directory": said("README", central={"flags": 0x800}),
    "name in the directory": said("README", central={"name": b"README.TXT"}),
    "method in the directory": said("data/blobs", central={"method": 8}),
    "hash in the directory": said("data/blobs", central={"crc": 0}),
    "symlink": said("data/blobs", central={"outside": 0o120777 << 16, "made": 0x314}),
    "made elsewhere": said("data/blobs", central={"made": 0x314}),
    "another disk": said("data/blobs", central={"disk": 1}),
    "another's offset": said("data/blobs", central={"at": 0}),
    "comment of a member": said("data/blobs", comment=b"x"),
    "newer version": said("data/blobs", local={"needed": 45}, central={"needed": 45}),
    "not in the directory": said("data/blobs", in_directory=False),
    "in the directory alone": said("data/documents", in_local=False),
    "description twice, unlisted": more_members(twin(in_local=True, in_directory=False)),
    "description twice": more_members(twin(in_local=True, in_directory=True)),
    "description twice in the directory": more_members(twin(in_local=False, in_directory=True)),
    "description from the root": more_members(twin(in_local=True, in_directory=True, name="/bag-info.txt")),
    "folder": more_members(Member("data/", b"")),
    "zip behind the zip": lambda pack: zipped(pack.members()) * 2,
    "zip in the zip": lambda pack: zipped([Member("pack.zip", zipped(pack.members()))]),
    "program before the zip": lambda pack: b"MZ" + zipped(pack.members()),
    "a byte behind": lambda pack: zipped(pack.members()) + b"\n",
    "comment": lambda pack: zipped(pack.members(), comment=b"x"),
    "no directory": lambda pack: zipped(pack.members()).partition(b"PK\1\2")[0],
    "end record alone": lambda pack: zipped(pack.members())[-22:],
    "payload before the signature": lambda pack: zipped([*pack.members()[:5], *pack.members()[:4:-1]]),
}

NAMES: dict[str, Make] = {
    **{
        f"document {name!r}": with_documents(name)
        for name in ("a.", "AuX.txt", "con.tar.gz", "com0", "a:b", "A~1", "x/y", ".hid", "", "-rf", "%2e%2e", "a" * 101)
    },
    "composed": with_documents(unicodedata.normalize("NFC", "é.txt")),
    "decomposed": with_documents(unicodedata.normalize("NFD", "é.txt")),
    "both": with_documents(unicodedata.normalize("NFC", "é.txt"), unicodedata.normalize("NFD", "é.txt")),
    "Kelvin for K": with_documents("\u212a.txt"),
    "superscript": with_documents("com\u00b9"),
    "right to left": with_documents("a\u202etxt.exe"),
    "case alone": with_documents("A.txt", "a.txt"),
}

TAGS: dict[str, Make] = {
    **{f"{name} with CRLF": swap(name, b"\n", b"\r\n") for name in (INFO, MANIFEST, TOP, "fetch.txt")},
    **{f"{name} with BOM": tag(name, lambda body: BOM + body) for name in (INFO, MANIFEST, TOP, "fetch.txt")},
    "digits of another script": swap(INFO, b"Range: 1-2", "Range: ١-2".encode()),
    "folded line": swap(INFO, b"stranger 1", b"stranger\n 1"),
    "vertical tab": swap(INFO, b"stranger 1", b"stranger\x0b1"),
    "label in small letters": swap(INFO, b"Epoch:", b"epoch:"),
    "leap second": swap(INFO, b"01:00:00Z", b"01:00:60Z"),
    "hour 24": swap(INFO, b"01:00:00Z", b"24:00:00Z"),
    "key in a second spelling": swap(INFO, KEY.base64.encode(), KEY.base64[:-2].encode() + b"1="),
    "hash in capitals": tag(MANIFEST, lambda body: body[:64].swapcase() + body[64:]),
    "binary mark": swap(MANIFEST, b"  data/ops", b" *data/ops"),
    "escaped manifest": tag(MANIFEST, lambda body: b"\\" + body),
    "remark": tag(MANIFEST, lambda body: b"# made by hand\n" + body),
    **{
        f"tag manifest without {name}": tag(
            TOP, lambda body, name=name: b"".join(one for one in body.splitlines(True) if name.encode() not in one)
        )
        for name in (INFO, MANIFEST, "fetch.txt", "README.txt", "bagit.txt")
    },
    "tag manifest with itself": tag(TOP, lambda body: body + b"0" * 64 + b"  tagmanifest-sha256.txt\n"),
    "signature twice": swap(f"{TOP}.sig", b'{"alg"', b'{"alg":"none","alg"'),
    "signature escaped": swap(f"{TOP}.sig", b"ed25519", b"\\u0065d25519"),
    "signature with a line end": tag(f"{TOP}.sig", lambda body: body + b"\n"),
    "signed with the other's key": tag(f"{TOP}.sig", lambda body: canonical({**json.loads(body), "key": OTHER.base64})),
    "address with a question": swap("fetch.txt", b" 144 ", b"?ct=image/jpeg 144 "),
    "address with padding": swap("fetch.txt", b" 144 ", b"= 144 "),
    "size of what came earlier": swap("fetch.txt", b" 144 ", b" 0144 "),
}

STREAMS: dict[str, Make] = {
    "zlib's wrapper": at("data/ops", lambda one: setattr(one, "packed", zlib.compress(one.body))),
    "gzip's wrapper": at("data/ops", lambda one: setattr(one, "packed", gzip.compress(one.body))),
    "two streams": at("data/ops", lambda one: setattr(one, "packed", one.packed * 2)),
    "never final": at("data/ops", lambda one: setattr(one, "packed", deflated(one.body)[:-2] + b"\0\0")),
    "stored journal": at("data/ops", lambda one: vars(one).update(packed=one.body, method=0)),
    "deflated photo": at("data/blobs", lambda one: vars(one).update(packed=deflated(one.body), method=8)),
    "journal with CRLF": journal(lambda lines: b"".join(one + b"\r\n" for one in lines)),
    "journal with BOM": journal(lambda lines: BOM + b"".join(one + b"\n" for one in lines)),
    "journal as a list": journal(lambda lines: b"[" + b",".join(lines) + b"]\n"),
    "blank line": journal(lambda lines: lines[0] + b"\n\n" + lines[1] + b"\n"),
}


@pytest.mark.parametrize("name", ["plain", "stored blocks", "another clock"])
def test_what_the_page_allows_is_whole(judged, name):
    def in_blocks(one: Member) -> None:
        one.packed = b"".join(b"\0\1\0\xfe\xff" + bytes([byte]) for byte in one.body) + b"\1\0\0\xff\xff"

    makes: dict[str, Make] = {
        "plain": lambda pack: zipped(pack.members()),
        "stored blocks": at("data/ops", in_blocks),
        "another clock": swap(INFO, b"2026-11", b"2099-11"),
    }
    assert judged(sealed(makes[name](Pack(KEY, RECIPIENT)))) == ("whole", 0)


@pytest.mark.parametrize("name", GEOMETRY | NAMES | TAGS | STREAMS)
def test_a_hostile_pack_is_refused_by_both(judged, name):
    program, code = judged(sealed((GEOMETRY | NAMES | TAGS | STREAMS)[name](Pack(KEY, RECIPIENT))))
    assert program.startswith("packs.")
    assert code == 2


def test_a_signature_by_another_key_than_the_one_named_is_refused(judged):
    pack = Pack(KEY, RECIPIENT)
    pack.signer = OTHER
    assert judged(sealed(zipped(pack.members()))) == ("packs.bad_signature", 2)
    pack.change[f"{TOP}.sig"] = lambda body: canonical({**json.loads(body), "key": KEY.base64})
    assert judged(sealed(zipped(pack.members()))) == ("packs.bad_signature", 2)


def test_a_key_with_which_everything_is_signed_signs_nothing(judged):
    assert judged(sealed(zipped(Pack(NoKey(), RECIPIENT).members()))) == ("packs.bad_signature", 2)
    assert not identity.verify(NoKey().public, b"x", b"\1" + bytes(63))


@pytest.mark.parametrize("seqs", [(2, 1), (1, 3), (1, 1), (2, 3)])
def test_another_stretch_than_was_said_is_found_by_the_verifier(judged, seqs):
    pack = Pack(KEY, RECIPIENT)
    pack.lines = [operation(KEY, seq) for seq in seqs]
    assert judged(sealed(zipped(pack.members())))[1] == 2


AGE: dict[str, Callable[[bytes], bytes]] = {
    "armored": lambda plain: (
        subprocess.run(
            ["age", "--armor", "--recipient", RECIPIENT],
            input=plain,
            capture_output=True,
            check=True,
        ).stdout
    ),
    "a byte behind": lambda plain: sealed(plain) + b"\0",
    "two files": lambda plain: sealed(plain) * 2,
    "newer version": lambda plain: sealed(plain).replace(b"/v1", b"/v2", 1),
    "BOM": lambda plain: BOM + sealed(plain),
    "CRLF": lambda plain: sealed(plain).replace(b"\n", b"\r\n", 3),
    "no stanza": lambda plain: (
        b"age-encryption.org/v1\n" + sealed(plain).partition(b"\n-> ")[2].partition(b"\n--- ")[2]
    ),
    "endless header": lambda _: b"age-encryption.org/v1\n-> X25519 " + b"A" * 3_000_000,
    "first line alone": lambda _: b"age-encryption.org/v1\n",
    "sealed twice": lambda plain: sealed(sealed(plain)),
    "nothing in it": lambda _: sealed(b""),
}


@pytest.mark.parametrize("name", AGE)
def test_a_seal_that_is_not_quite_one_is_refused_by_both(judged, name):
    program, code = judged(AGE[name](zipped(Pack(KEY, RECIPIENT).members())))
    assert program.startswith("packs.")
    assert code in {2, 3}
