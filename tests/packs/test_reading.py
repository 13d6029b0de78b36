"""The strict reader against an enrolled device that went bad, and against chance."""

from __future__ import annotations

import base64
import io
import json
import os
import random
import struct
import zipfile
import zlib

import pytest

from gemba import gemba_verify, wording
from gemba.errors import GembaError, Refusal
from gemba.packs import identity
from gemba.packs.facts import Contents
from gemba.packs.opening import open_pack
from gemba.packs.reading import read_pack

CASES = int(os.environ.get("GEMBA_FUZZ", "3000"))
OPS = "data/ops.ndjson"


def read(data: bytes) -> Contents:
    """What the strict reader says; the stand-alone verifier must say the same."""
    try:
        contents = read_pack(io.BytesIO(data))
    except GembaError:
        with pytest.raises(gemba_verify.NotWhole):
            gemba_verify.read_pack(io.BytesIO(data), journal=False)
        raise
    assert gemba_verify.read_pack(io.BytesIO(data), journal=False)["operations"] == contents.info.operations
    return contents


def refused(data: bytes) -> GembaError:
    """The refusal of these bytes, which must have a sentence for a person."""
    with pytest.raises(Refusal) as caught:
        read(data)
    told = wording.sentence(caught.value)
    assert not told.startswith(caught.value.code)
    assert "?" not in told
    return caught.value


def blob_entry(forger):
    return next(one for one in forger.entries if one.name.startswith("data/blobs/"))


def test_the_forger_can_write_what_we_write(forger, plain):
    assert forger.zip() == plain
    forger.sign()
    assert forger.zip() == plain


def test_a_good_pack_is_read(plain):
    contents = read(plain)
    assert len(contents.members) == 5
    assert contents.info.operations == 3


# --- names


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("data/../../../etc/cron.d/x", "climbs_out"),
        ("../x", "climbs_out"),
        ("/etc/passwd", "climbs_out"),
        ("data/documents/..", "climbs_out"),
        ("data\\documents\\x", "climbs_out"),
        ("C:/x", "climbs_out"),
        ("data/documents/CON", "unlisted"),
        ("data/documents/aux.txt", "unlisted"),
        ("data/documents/x.", "unlisted"),
        ("data/documents/a:b", "unlisted"),
        ("data/documents/-rf", "unlisted"),
        ("data/documents/a/b", "unlisted"),
        ("data/blobs/00/" + "1" * 64, "unlisted"),
        ("data/blobs/AB/" + "AB" * 32, "unlisted"),
        ("data/run.exe", "unlisted"),
        ("autorun.inf", "unlisted"),
    ],
)
def test_a_name_that_may_not_be_is_refused_even_when_signed(forger, name, code):
    forger.add(name, b"evil")
    forger.sort()
    forger.sign()
    assert refused(forger.zip()).code == f"packs.{code}"


def test_a_name_beyond_ascii_is_refused_even_when_signed(forger):
    forger.add("data/documents/\xe9vil", b"evil")
    forger.sort()
    forger.sign()
    assert refused(forger.zip()).code == "packs.altered"


@pytest.mark.parametrize("name", ["../x", "/x", "a\\x", "data/x", "data/documents/zzz", "x" * 60_000])
@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_an_entry_that_the_manifest_does_not_know_is_refused(forger, name, place):
    manifest = forger.manifest()
    entry = forger.add(name, b"evil")
    forger.entries.remove(entry)
    forger.entries.insert({"first": 0, "middle": 8, "last": len(forger.entries)}[place], entry)
    forger.sign(manifest=manifest, oxum=False)
    code = refused(forger.zip()).code
    assert code == "packs.no_pack_inside" if place == "first" else code in {"packs.climbs_out", "packs.unlisted"}


def test_two_documents_that_are_one_on_windows_are_refused(forger):
    forger.add("data/documents/REPORT.pdf", b"one")
    forger.add("data/documents/report.pdf", b"other")
    forger.sort()
    forger.sign()
    assert refused(forger.zip()).code == "packs.altered"


@pytest.mark.parametrize("name", [OPS, "bag-info.txt", "tagmanifest-sha256.txt.sig", "data/documents/A-K7QD-0012.pdf"])
@pytest.mark.parametrize("place", ["beside", "last"])
def test_a_name_that_stands_there_twice_is_refused(forger, name, place):
    entry = forger.entry(name)
    forger.entries.insert(forger.entries.index(entry) + 1 if place == "beside" else len(forger.entries), entry)
    assert refused(forger.zip()).code == "packs.doubled"


def test_a_symlink_is_refused(forger):
    entry = forger.entry("data/documents/A-K7QD-0012.pdf")
    entry.content, entry.attributes = b"/etc/passwd", 0o120777 << 16
    forger.sign()
    assert refused(forger.zip()).code == "packs.altered"


# --- what is there and what is not


def test_listed_evidence_that_is_absent_is_named(forger):
    manifest = forger.manifest()
    entry = blob_entry(forger)
    forger.entries.remove(entry)
    forger.sign(manifest=manifest, oxum=False)
    error = refused(forger.zip())
    assert (error.code, error.facts["name"]) == ("packs.missing_blob", entry.name)


def test_a_journal_that_is_absent_is_named(forger):
    manifest = forger.manifest()
    forger.entries.remove(forger.entry(OPS))
    forger.sign(manifest=manifest, oxum=False)
    assert refused(forger.zip()).code == "packs.missing_blob"


def test_a_pack_without_a_journal_is_refused(forger):
    forger.entries.remove(forger.entry(OPS))
    forger.sign()
    assert refused(forger.zip()).code == "packs.altered"


def test_evidence_under_another_s_hash_is_refused(forger):
    manifest = forger.manifest()
    entry = blob_entry(forger)
    entry.content = entry.content[:-1] + b"X" if entry.content else b"X"
    forger.sign(manifest=manifest, oxum=False)
    assert refused(forger.zip()).code in {"packs.altered", "packs.bomb"}
    forger.sign()
    assert refused(forger.zip()).code == "packs.altered"


def test_evidence_both_here_and_elsewhere_is_refused(forger, world):
    forger.add(f"data/blobs/{world.sha256(world.before)[:2]}/{world.sha256(world.before)}", world.before)
    forger.sort()
    forger.sign()
    assert refused(forger.zip()).code in {"packs.unlisted", "packs.altered", "packs.missing_blob"}


@pytest.mark.parametrize(
    "address",
    [
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "ni:///sha-256;{hash}",
        "ni://elsewhere/sha-256;{hash}",
        "ni://gemba/sha-256;" + "A" * 43,
        "ni://gemba/sha-256;{hash}=",
        "data:,x",
    ],
)
def test_evidence_is_fetched_from_nowhere(forger, address):
    line = forger.entry("fetch.txt").content.decode()
    there, size, path = line.split()
    forger.entry("fetch.txt").content = f"{address.format(hash=there[-43:])} {size} {path}\n".encode()
    forger.sign()
    assert refused(forger.zip()).code == "packs.odd_address"


@pytest.mark.parametrize("change", ["size -", "size +5", "twice", "another path", "no line end", "spaces"])
def test_a_fetch_list_in_another_spelling_is_refused(forger, change):
    line = forger.entry("fetch.txt").content.decode()
    there, size, path = line.split()
    forger.entry("fetch.txt").content = {
        "size -": f"{there} - {path}\n",
        "size +5": f"{there} +5 {path}\n",
        "twice": line + line,
        "another path": f"{there} {size} data/ops.ndjson\n",
        "no line end": line[:-1],
        "spaces": f"{there}  {size} {path}\n",
    }[change].encode()
    forger.sign(manifest=forger.entry("manifest-sha256.txt").content, oxum=False)
    assert refused(forger.zip()).code in {"packs.odd_address", "packs.altered"}


@pytest.mark.parametrize("change", ["reversed", "doubled", "crlf", "star", "upper", "blank line", "no line end", "lie"])
def test_a_manifest_in_another_spelling_is_refused(forger, change):
    good = forger.manifest()
    lines = good.splitlines(keepends=True)
    forger.sign(
        manifest={
            "reversed": b"".join(reversed(lines)),
            "doubled": good + lines[-1],
            "crlf": good.replace(b"\n", b"\r\n"),
            "star": good.replace(b"  ", b" *"),
            "upper": good.replace(b"a", b"A"),
            "blank line": good + b"\n",
            "no line end": good[:-1],
            "lie": b"0" * 64 + good[64:],
        }[change]
    )
    refused(forger.zip())


# --- signatures


def test_another_device_s_signature_does_not_pass_for_the_one_named(forger):
    forger.sign(key=identity.make_device_key())
    assert refused(forger.zip()).code == "packs.bad_signature"


def test_an_unknown_device_cannot_pass_for_a_known_one(forger, world):
    stranger = identity.make_device_key()
    forger.info("Device-Key", base64.b64encode(stranger.public).decode())
    forger.sign(key=stranger)
    assert refused(forger.zip()).code == "packs.altered", "the id must be that of the key"
    forger.info("Device-Id", stranger.id)
    forger.sign(key=stranger)
    assert read(forger.zip()).info.device_id == stranger.id != world.laptop.id


def test_a_signature_by_another_key_than_the_one_it_names_is_refused(forger, world):
    stranger = identity.make_device_key()
    forger.sign(key=identity.DeviceKey(world.laptop.private))
    read(forger.zip())
    signed = forger.entry("tagmanifest-sha256.txt").content
    said = json.loads(forger.entry("tagmanifest-sha256.txt.sig").content)
    for message in (b"gemba-pack-v1\0" + signed, signed):
        key = stranger if message != signed else world.laptop
        said["sig"] = base64.b64encode(key.sign(message)).decode()
        forger.entry("tagmanifest-sha256.txt.sig").content = json.dumps(said, separators=(",", ":")).encode()
        assert refused(forger.zip()).code == "packs.bad_signature"


@pytest.mark.parametrize("said", [b"", b"{}", b"[]", b"null", b"{", b'{"alg":"none","key":"","sig":""}'])
def test_a_signature_file_that_is_none_is_refused(forger, said):
    forger.entry("tagmanifest-sha256.txt.sig").content = said
    assert refused(forger.zip()).code == "packs.bad_signature"


def test_a_signature_with_more_to_say_is_refused(forger):
    entry = forger.entry("tagmanifest-sha256.txt.sig")
    for other in (entry.content + b"\n", entry.content[:-1] + b',"x":1}', entry.content.replace(b":", b": ")):
        entry.content = other
        assert refused(forger.zip()).code == "packs.bad_signature"


@pytest.mark.parametrize("name", ["bag-info.txt", "README.txt", "manifest-sha256.txt", "fetch.txt", "bagit.txt"])
def test_nothing_signed_can_be_changed_without_the_key(forger, name):
    forger.entry(name).content += b"\n"
    refused(forger.zip())


def test_nothing_is_unpacked_before_the_signature_is_known_to_hold(forger):
    forger.entry("tagmanifest-sha256.txt.sig").content = b"{}"
    forger.operations(b"not JSON at all")
    assert refused(forger.zip()).code == "packs.bad_signature"


# --- versions


@pytest.mark.parametrize("rest", ["", "and bytes that only a newer reader understands"])
def test_a_newer_format_asks_for_an_update(forger, rest):
    forger.info("Format", "gemba-pack v2")
    forger.entry("bag-info.txt").content += rest.encode()
    forger.entries = forger.entries[:1]
    error = refused(forger.zip())
    assert (error.code, error.facts["version"]) == ("packs.newer_format", 2)
    assert "update" in wording.sentence(error)


def test_newer_operations_ask_for_an_update(forger):
    forger.info("Schema", "gemba-op v3")
    forger.sign()
    assert refused(forger.zip()).code == "packs.newer_format"


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("Created", "0001-01-01T00:00:00Z"),
        ("Created", "0999-12-31T23:59:59Z"),
        ("Pack-Id", "../../x"),
        ("Device-Id", "0" * 32),
        ("Device-Key", "AAAA"),
        ("Epoch", "a b"),
        ("Seq-Range", "3-1"),
        ("Seq-Range", "01-3"),
        ("Seq-Range", "1-9999999999999999"),
        ("Prev-Pack", "None"),
        ("Headquarters", ""),
        ("Recipient", "age1x"),
        ("Operation-Count", "4"),
        ("Operation-Count", "-1"),
        ("Created", "2026-02-30T00:00:00Z"),
        ("Created", "2026-02-20 00:00:00"),
        ("Bag-Software-Agent", "x\x1b[2J"),
        ("Bag-Software-Agent", " x"),
        ("Payload-Oxum", "1.7"),
        ("Payload-Oxum", "99999999.7"),
    ],
)
def test_a_description_that_says_odd_things_is_refused(forger, label, value):
    forger.info(label, value)
    forger.sign(oxum=label != "Payload-Oxum")
    assert refused(forger.zip()).code in {"packs.altered", "packs.bomb"}


@pytest.mark.parametrize(("octets", "files"), [(1, 0), (-1, 0), (0, 1), (0, -1)])
def test_a_description_that_counts_otherwise_is_refused(forger, octets, files):
    forger.sign()
    said = forger.entry("bag-info.txt").content.decode().split("Payload-Oxum: ")[1].strip().split(".")
    forger.info("Payload-Oxum", f"{int(said[0]) + octets}.{int(said[1]) + files}")
    forger.sign(oxum=False)
    assert refused(forger.zip()).code in {"packs.altered", "packs.bomb"}


def test_evidence_elsewhere_that_the_manifest_does_not_know_is_refused(forger):
    lines = forger.manifest().splitlines(keepends=True)
    gone = forger.entry("fetch.txt").content.split()[2]
    forger.sign(manifest=b"".join(line for line in lines if gone not in line))
    assert refused(forger.zip()).code == "packs.altered"


def test_recipients_in_another_order_are_refused(forger):
    lines = forger.entry("bag-info.txt").content.splitlines(keepends=True)
    at = [number for number, line in enumerate(lines) if line.startswith(b"Recipient")]
    lines[at[0]], lines[at[1]] = lines[at[1]], lines[at[0]]
    forger.entry("bag-info.txt").content = b"".join(lines)
    forger.sign()
    assert refused(forger.zip()).code == "packs.altered"


@pytest.mark.parametrize("name", ["bagit.txt", "README.txt"])
def test_a_bag_declaration_is_fixed_and_a_readme_is_not(forger, name):
    forger.entry(name).content = b"BagIt-Version: 0.97\n"
    forger.sign()
    if name == "README.txt":
        read(forger.zip())
    else:
        refused(forger.zip())


# --- the journal


@pytest.mark.parametrize(
    "line",
    [
        b'{"a":NaN}',
        b'{"a":1e999}',
        b'{"a":1,"a":1}',
        b'{"a":"\\u0000"}',
        b'{"a":"\\ud800"}',
        b'{"a":' + b"9" * 5000 + b"}",
        b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"a":"\xff"}',
        b'{"a": 1}',
        b"[]",
        b"",
        b"{}\r",
    ],
    ids=["NaN", "1e999", "twice", "NUL", "surrogate", "huge", "deep", "not UTF-8", "space", "list", "empty", "CRLF"],
)
def test_an_operation_that_others_cannot_read_is_refused_by_its_line(forger, line):
    forger.operations(b"{}", line)
    forger.sign()
    error = refused(forger.zip())
    assert (error.code, error.facts["line"]) == ("packs.bad_operation", 2)


def test_a_journal_without_its_last_line_end_is_refused(forger):
    forger.operations(b"{}")
    for content in (b"{}", b"{}x", b"{} "):
        forger.entry(OPS).content = content
        forger.sign()
        assert refused(forger.zip()).code == "packs.bad_operation"


def test_a_line_that_never_ends_is_refused(forger):
    forger.operations(b'{"a":"' + os.urandom(9 << 20).hex().encode() + b'"}')
    forger.sign()
    assert refused(forger.zip()).code == "packs.bad_operation"


def test_a_journal_that_counts_otherwise_is_refused(forger):
    forger.operations(b"{}", b"{}")
    forger.info("Operation-Count", "1")
    forger.sign()
    assert refused(forger.zip()).code == "packs.altered"


def test_a_bomb_is_refused_before_it_goes_off(forger):
    forger.entry(OPS).content = b"{}\n" * (4 << 20)
    forger.sign()
    assert refused(forger.zip()).code == "packs.bomb"


@pytest.mark.parametrize("said", [0, 1, 100, 1 << 20, 0xFFFFFFFF])
def test_a_bomb_that_lies_about_its_size_is_refused(forger, said):
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = b"".join([*(packed.compress(bytes(1 << 20)) for _ in range(64)), packed.flush()])
    entry = forger.entry(OPS)
    entry.packed, entry.size = bomb, said
    forger.sign()
    assert refused(forger.zip()).code == "packs.bomb"


def test_a_journal_that_claims_to_be_larger_is_refused(forger):
    entry = forger.entry(OPS)
    entry.size = len(entry.content) + 10
    forger.sign()
    octets, files = forger.entry("bag-info.txt").content.decode().split("Payload-Oxum: ")[1].strip().split(".")
    forger.info("Payload-Oxum", f"{int(octets) + 10}.{files}")
    forger.sign(oxum=False)
    assert refused(forger.zip()).code == "packs.altered"


def test_evidence_larger_than_signed_for_is_refused_unread(forger):
    manifest = forger.manifest()
    blob_entry(forger).content += bytes(10_000)
    forger.sign(manifest=manifest, oxum=False)
    assert refused(forger.zip()).code == "packs.bomb"


@pytest.mark.parametrize("junk", [b"\0", b"PK", bytes(1000)])
def test_bytes_behind_the_deflate_stream_are_refused(forger, junk):
    entry = forger.entry(OPS)
    entry.packed = entry.data() + junk
    assert refused(forger.zip()).code == "packs.altered"


def test_a_deflate_stream_without_an_end_is_refused(forger):
    entry = forger.entry(OPS)
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    entry.packed = packer.compress(entry.content) + packer.flush(zlib.Z_SYNC_FLUSH)
    assert refused(forger.zip()).code == "packs.altered"


def test_a_tag_file_without_bounds_is_refused(forger):
    forger.entry("README.txt").content = bytes((16 << 20) + 1)
    forger.sign()
    assert refused(forger.zip()).code == "packs.bomb"


# --- the shape of the zip


@pytest.mark.parametrize(
    "lie",
    [
        {"flags": 1},
        {"flags": 8},
        {"flags": 0x800},
        {"extra": b"UT\5\0\0\0\0\0\0"},
        {"time": 1},
        {"attributes": 1},
        {"crc": 0},
        {"method": 8},
        {"method": 12},
        {"size": 0},
        {"size": 0xFFFFFFFF},
        {"packed_size": 0},
        {"packed_size": 0xFFFFFFFF, "size": 0xFFFFFFFF},
        {"central_name": "../../evil"},
        {"central_name": "data/documents/x.pdf"},
    ],
    ids=str,
)
@pytest.mark.parametrize("name", ["README.txt", "data/documents/A-K7QD-0012.pdf"])
def test_a_header_that_lies_is_refused(forger, name, lie):
    for key, value in lie.items():
        setattr(forger.entry(name), key, value)
    refused(forger.zip())


def test_comments_and_bytes_behind_the_end_are_refused(forger, plain):
    refused(plain + b"\0")
    forger.comment = b"hello"
    refused(forger.zip())


def test_bytes_before_and_between_are_refused(forger, plain):
    refused(b"\0" + plain)
    at = plain.index(b"PK\x03\x04", 4)
    refused(plain[:at] + b"\0" + plain[at:])


def test_members_in_another_order_are_refused(forger):
    forger.entries[8], forger.entries[9] = forger.entries[9], forger.entries[8]
    refused(forger.zip())
    forger.entries[0], forger.entries[1] = forger.entries[1], forger.entries[0]
    assert refused(forger.zip()).code == "packs.no_pack_inside"


def test_overlapping_members_are_refused(forger, plain):
    # The classic overlap bomb: many directory entries that point at one member.
    start = plain.index(b"PK\x01\x02")
    entry = plain[start : plain.index(b"PK\x01\x02", start + 1)]
    end = plain.index(b"PK\x05\x06")
    body = plain[start:end] + entry * 20
    count = 12 + 20
    forged = plain[:start] + body + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(body), start, 0)
    refused(forged)


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"PK\x05\x06" + bytes(18), b"\x1f\x8b", b"SQLite format 3\0", bytes(100)]
)
def test_what_is_no_pack_is_called_so(content):
    assert refused(content).code == "packs.no_pack_inside"


def test_an_ordinary_zip_is_no_pack():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("bag-info.txt", "Format: gemba-pack v1\n")
    assert refused(out.getvalue()).code == "packs.no_pack_inside"


# --- chance


def test_a_pack_cut_anywhere_is_refused(plain):
    for size in range(0, len(plain), 1 + len(plain) // CASES):
        refused(plain[:size])


def same(contents: Contents, data: bytes, good: Contents, plain: bytes) -> bool:
    """True when a mutated zip that was accepted still says the same."""
    return contents == good and all(
        data[one.content_at : one.end] == plain[one.content_at : one.end]
        for one in good.members.values()
        if one.name != OPS
    )


def test_a_bit_flipped_anywhere_is_refused(plain):
    good = read(plain)
    for bit in range(0, len(plain) * 8, 1 + len(plain) * 8 // CASES):
        data = bytearray(plain)
        data[bit // 8] ^= 1 << bit % 8
        try:
            contents = read(bytes(data))
        except GembaError:
            continue
        assert same(contents, bytes(data), good, plain), f"bit {bit} of the zip can be flipped unseen"


def test_chance_mutations_are_refused_or_change_nothing(plain):
    good, rng = read(plain), random.Random(20261121)
    for _ in range(CASES):
        data = mutated(plain, rng)
        try:
            contents = read(data)
        except GembaError:
            continue
        assert same(contents, data, good, plain)


def test_a_forger_s_chance_mutations_are_refused_or_read_whole(forger):
    rng, good = random.Random(20261122), forger.manifest()
    for _ in range(CASES // 10):
        entry = rng.choice([one for one in forger.entries if not one.name.startswith("tagmanifest")])
        kept, entry.content = entry.content, mutated(entry.content or b"x", rng)
        manifest = {"manifest-sha256.txt": entry.content, "fetch.txt": good}.get(entry.name)
        forger.sign(manifest=manifest, oxum=False)
        try:
            read(forger.zip())
        except GembaError:
            pass
        else:
            assert entry.content == kept or not entry.name.startswith("data/blobs/")
        entry.content = kept


def mutated(data: bytes, rng: random.Random) -> bytes:
    """Bytes changed, inserted, removed, doubled or moved."""
    changed = bytearray(data)
    for _ in range(rng.choice([1, 1, 1, 2, 5])):
        at, to = sorted(rng.randrange(len(changed) + 1) for _ in range(2))
        to = min(to, at + rng.choice([1, 4, 30, 300]))
        how = rng.randrange(5)
        if how == 0 and at < len(changed):
            changed[at] = rng.randrange(256)
        elif how == 1:
            changed[at:at] = rng.randbytes(rng.choice([1, 2, 4, 30]))
        elif how == 2:
            del changed[at:to]
        elif how == 3:
            changed[at:at] = changed[at:to]
        else:
            changed[at:to] = rng.randbytes(to - at)
        changed = changed or bytearray(b"x")
    return bytes(changed)


@pytest.mark.parametrize("name", ["../x", "data/documents/CON"])
def test_opening_a_hostile_pack_leaves_nothing_in_the_scratch_folder(forger, world, tmp_path, name):
    forger.add(name, b"evil")
    forger.sort()
    forger.sign()
    file = world.sealed(tmp_path, forger.zip())
    scratch = tmp_path / "a" / "b"
    scratch.mkdir(parents=True)
    with pytest.raises(Refusal), open_pack(file, [world.hq_identity], scratch=scratch):
        pytest.fail("it was opened")
    assert list((tmp_path / "a").rglob("*")) == [scratch]
