"""The stand-alone verifier. That it refuses what the strict reader refuses, test_reading and test_envelope hold too."""

from __future__ import annotations

import ast
import base64
import importlib
import io
import json
import os
import shutil
import subprocess
import sys
import tomllib
import zlib
from pathlib import Path

import pyrage
import pytest
import rfc8785
from hypothesis import assume, given
from hypothesis import strategies as st

from gemba import gemba_verify
from gemba.errors import Refusal
from gemba.gemba_verify import NotRead, NotWhole, main, verify, verify_ed25519, verify_ed25519_alone
from gemba.packs import canonical, identity
from gemba.packs.opening import open_pack
from gemba.packs.reading import read_pack
from gemba.packs.sealing import _gather
from gemba.store.operation_lines import read
from gemba.store.operations import Place, make
from gemba.store.operations import line as as_line

PROGRAM = Path(gemba_verify.__file__)
FROZEN = Path(__file__).parent / "frozen"
EPOCH = "0001-1a2b3c4d"
PERSON = "01890a5d-ac96-774b-bcce-b302099a8001"
ORDER = 2**252 + 27742317777372353535851937790883648493


def signed_lines(world, seqs=(1, 2, 3), *, key=None, epoch=EPOCH) -> list[bytes]:
    """Operations as a laptop's journal has them."""
    key = key or world.laptop
    lines = []
    for seq in seqs:
        place = Place(key.id, epoch, seq, f"{seq:012x}-0000", PERSON)
        entity = f"01890a5d-ac96-774b-bcce-{seq:012x}"
        made = make(place, "place", entity, {"name": f"地板 {seq}", "share": 0.1 * seq, "tags": []}, [], key.sign)
        lines.append(as_line(made.header_bytes, made.payload, made.signature))
    return lines


def re_signed(world, line: bytes, key=None, **changes) -> bytes:
    """The operation with another header, signed again: what an enrolled device that went bad can do."""
    said = json.loads(line)
    header = rfc8785.dumps({**said["header"], **changes})
    signature = (key or world.laptop).sign(b"gemba-op-v1\0" + header)
    return as_line(header, rfc8785.dumps(said["payload"]), signature)


@pytest.fixture
def key_file(world, tmp_path):
    file = tmp_path / "key.txt"
    file.write_text(f"# created: never\n# public key: none\n{world.hq_identity}\n")
    return file


@pytest.fixture
def sealed(world, tmp_path):
    return world.seal(tmp_path, operations=signed_lines(world)).path


@pytest.fixture
def run(capsys):
    """Exit code and what was said, as a program reads it."""

    def said(*arguments) -> tuple[int, dict]:
        code = main([str(one) for one in (*arguments, "--json")])
        return code, json.loads(capsys.readouterr().out)

    return said


# --- the whole


def test_with_a_key_everything_is_checked(world, sealed, key_file, run):
    code, verdict = run(sealed, "--identity", key_file)
    assert (code, verdict["level"]) == (0, "whole")
    assert (verdict["operations"], verdict["evidence"], verdict["documents"]) == (3, 3, ["A-K7QD-0012.pdf"])
    assert verdict["evidence_elsewhere"] == [world.sha256(world.before)]
    assert (verdict["sha256"], verdict["named"], verdict["forks"]) == (sealed.stem, True, 0)
    assert verdict["bag_info"]["Device-Id"] == world.laptop.id
    assert "could not be checked: 1" in " ".join(verdict["sentences"])


def test_it_says_so_in_plain_sentences(sealed, key_file, capsys):
    assert main([str(sealed), "--identity", str(key_file)]) == 0
    told = capsys.readouterr()
    assert "Every byte of this pack is as device" in told.out
    assert told.err == ""


def test_without_a_key_it_says_what_it_could_not_check(sealed, run):
    code, verdict = run(sealed)
    assert (code, verdict["level"]) == (0, "outside")
    assert "came through intact" in verdict["sentences"][0]
    assert "could not be checked" in verdict["sentences"][1]


def test_without_key_and_name_nothing_vouches_and_the_exit_code_says_so(sealed, tmp_path, run, key_file):
    renamed = sealed.rename(tmp_path / "from Berlin.gemba")
    code, verdict = run(renamed)
    assert (code, verdict["code"]) == (3, "nothing_to_go_by")
    code, verdict = run(renamed, "--identity", key_file)
    assert (code, verdict["level"], verdict["named"]) == (0, "whole", False)


def test_a_changed_file_is_not_whole_with_and_without_a_key(sealed, key_file, run):
    data = bytearray(sealed.read_bytes())
    data[-30] ^= 1
    sealed.write_bytes(data)
    for arguments in ([], ["--identity", key_file]):
        code, verdict = run(sealed, *arguments)
        assert (code, verdict["level"], verdict["code"]) == (2, "not whole", "damaged")


def test_the_sentence_of_what_is_not_whole_goes_to_the_error_stream(sealed, capsys):
    sealed.write_bytes(sealed.read_bytes()[:-1])
    assert main([str(sealed)]) == 2
    told = capsys.readouterr()
    assert (told.out, told.err) == (
        "",
        "The file was cut short or changed on the way. Copy it again, or ask whoever sent it.\n",
    )


def test_what_cannot_be_read_is_told_from_what_is_not_whole(world, sealed, key_file, tmp_path, run):
    other = tmp_path / "other.txt"
    other.write_text(identity.make_age_identity())
    assert run(sealed, "--identity", other)[1]["code"] == "not_for_you"
    other.write_text("AGE-SECRET-KEY-1NONE")
    assert run(sealed, "--identity", other)[1]["code"] == "bad_key"
    other.write_text("")
    assert run(sealed, "--identity", other)[1]["code"] == "bad_key"
    for arguments in ([tmp_path / "gone"], [sealed, "--identity", tmp_path / "gone"], [tmp_path]):
        code, verdict = run(*arguments)
        assert (code, verdict["level"], verdict["code"]) == (3, "not read", "cannot_read")


def test_a_key_file_may_be_sealed_with_a_passphrase(world, sealed, tmp_path, run):
    key, passphrase = tmp_path / "key.age", tmp_path / "passphrase.txt"
    key.write_bytes(pyrage.passphrase.encrypt(world.hq_identity.encode(), "spider nickel"))
    passphrase.write_text("spider nickel\n")
    assert run(sealed, "--identity", key, "--passphrase-file", passphrase)[0] == 0
    passphrase.write_text("spider pistol\n")
    code, verdict = run(sealed, "--identity", key, "--passphrase-file", passphrase)
    assert (code, verdict["code"]) == (3, "bad_key")


def test_a_frozen_pack_is_whole_as_a_pack_and_its_playthings_are_no_operations(run):
    pack, key = next(FROZEN.glob("*.gemba")), FROZEN / "headquarters.key"
    code, verdict = run(pack, "--identity", key, "--no-journal")
    assert (code, verdict["level"]) == (0, "pack")
    assert "were not looked at" in " ".join(verdict["sentences"])
    code, verdict = run(pack, "--identity", key)
    assert (code, verdict["code"]) == (2, "bad_operation")


def test_a_newer_format_asks_for_a_newer_verifier(world, forger, key_file, tmp_path, run):
    forger.info("Format", "gemba-pack v2")
    code, verdict = run(world.sealed(tmp_path, forger.zip()), "--identity", key_file)
    assert (code, verdict["code"]) == (3, "newer_format")


@pytest.mark.parametrize("how", ["age", "pyrage"])
def test_a_pack_sealed_badly_is_refused_whatever_opens_it(world, forger, key_file, tmp_path, how):
    # Large enough that the unsealing still has much to say when the reader has heard enough.
    forger.entry("README.txt").content = bytes(4 << 20)
    file = world.sealed(tmp_path, forger.zip())
    done = started(how, file, "--identity", key_file, "--no-journal")
    assert (done.returncode, json.loads(done.stdout)["code"]) == (2, "altered")


# --- alone


def started(how: str, *arguments) -> subprocess.CompletedProcess[str]:
    """The one file as a program of its own, without any package when age opens the seal."""
    if how == "age" and not shutil.which("age"):
        pytest.skip("the program age is not installed (Debian: apt install age)")
    alone = ["-I", "-S"] if how == "age" else ["-I"]
    run = [sys.executable, *alone, PROGRAM, *arguments, "--json"]
    return subprocess.run(run, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("how", ["age", "pyrage"])
def test_the_file_alone_checks_everything(world, sealed, key_file, tmp_path, how):
    done = started(how, sealed, "--identity", key_file)
    assert (done.returncode, json.loads(done.stdout)["level"]) == (0, "whole")
    for line in signed_lines(world, [1]):
        forged = re_signed(world, line, key=identity.make_device_key())
        file = world.seal(tmp_path, operations=[forged], last_seq=1).path
        done = started(how, file, "--identity", key_file)
        assert (done.returncode, json.loads(done.stdout)["code"]) == (2, "bad_operation")
    key_file.write_text(identity.make_age_identity())
    done = started(how, sealed, "--identity", key_file)
    assert (done.returncode, json.loads(done.stdout)["code"]) == (3, "not_for_you")


def test_damage_is_found_by_the_program_age_too(world, sealed, key_file, tmp_path):
    renamed = tmp_path / "copy.gemba"
    data = bytearray(sealed.read_bytes())
    for at in (len(data) - 100, len(data) - 3000):
        data[at] ^= 1
        renamed.write_bytes(data)
        done = started("age", renamed, "--identity", key_file)
        assert (done.returncode, json.loads(done.stdout)["code"]) == (2, "damaged")


def test_where_nothing_opens_a_seal_it_says_what_to_install(sealed, key_file):
    run = [sys.executable, "-I", "-S", PROGRAM, sealed, "--identity", key_file, "--json"]
    done = subprocess.run(run, capture_output=True, text=True, env={"PATH": ""}, timeout=60, check=False)
    assert (done.returncode, json.loads(done.stdout)["code"]) == (3, "no_tool")


def test_it_imports_nothing_of_gemba():
    names = set()
    for node in ast.walk(ast.parse(PROGRAM.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            names.add((node.module or "").split(".")[0])
    assert names - sys.stdlib_module_names == {"cryptography", "pyrage"}


# --- the journal


def test_a_number_given_twice_is_told_and_does_not_hide_the_rest(world, tmp_path, key_file):
    lines = signed_lines(world, (1, 2, 2, 3))
    file = world.seal(tmp_path, operations=lines).path
    verdict = verify(file, key_file)
    assert verdict["forks"] == 1
    assert "given twice: 1" in " ".join(verdict["sentences"])


@pytest.mark.parametrize(
    ("seqs", "code"),
    [
        ((1, 3), "bad_operation"),
        ((2, 1, 3), "bad_operation"),
        ((2, 3), "bad_operation"),
        ((1, 2), "altered"),
        ((1, 2, 3, 4), "altered"),
        ((), "altered"),
    ],
)
def test_a_journal_with_gaps_is_not_whole(world, tmp_path, key_file, seqs, code):
    file = world.seal(tmp_path, operations=signed_lines(world, seqs)).path
    with pytest.raises(NotWhole) as caught:
        verify(file, key_file)
    assert caught.value.code == code


def test_a_pack_that_brings_evidence_only_is_whole(world, tmp_path, key_file):
    file = world.seal(tmp_path, operations=[], first_seq=4, last_seq=3).path
    assert verify(file, key_file)["operations"] == 0


def twin(signature: str) -> str:
    """The same 64 bytes in base64 that differs in bits which are left over."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    other = signature[:-3] + letters[letters.index(signature[-3]) ^ 1] + "=="
    assert base64.b64decode(other, validate=True) == base64.b64decode(signature)
    return other


def forgeries(world) -> dict[str, list[bytes]]:
    one, two, three = signed_lines(world)
    stranger = identity.make_device_key()
    said = json.loads(two)
    other_payload = {**said, "payload": {**said["payload"], "set": {**said["payload"]["set"], "name": "forged"}}}
    uid, uid_before = said["header"]["id"], json.loads(one)["header"]["id"]
    return {
        "payload changed": [one, canonical.dumps(other_payload), three],
        "signature of a stranger": [one, re_signed(world, two, key=stranger), three],
        "signature of another": [one, canonical.dumps({**said, "signature": json.loads(one)["signature"]}), three],
        "signature cut": [one, canonical.dumps({**said, "signature": said["signature"][:-4]}), three],
        "signature no base64": [one, canonical.dumps({**said, "signature": "ä"}), three],
        "signature none": [one, canonical.dumps({**said, "signature": None}), three],
        "signature in a second spelling": [one, canonical.dumps({**said, "signature": twin(said["signature"])}), three],
        "something more": [one, canonical.dumps({**said, "more": 1}), three],
        "header more": [one, re_signed(world, two, more=1), three],
        "version": [one, re_signed(world, two, v=2), three],
        "version true": [one, re_signed(world, two, v=True), three],
        "number zero": [re_signed(world, one, seq=0), two, three],
        "number text": [one, re_signed(world, two, seq="2"), three],
        "other device": [one, re_signed(world, two, device=stranger.id), three],
        "other epoch": [one, re_signed(world, two, epoch="0002-1a2b3c4d"), three],
        "fields hidden": [one, re_signed(world, two, fields=["name"]), three],
        "fields twice": [one, re_signed(world, two, fields=["name", "name", "share", "tags"]), three],
        "own parent": [one, re_signed(world, two, parents=[uid]), three],
        "parents unsorted": [one, re_signed(world, two, parents=sorted([PERSON, uid_before])[::-1]), three],
        "parents no list": [one, re_signed(world, two, parents=PERSON), three],
        "id no uuid": [one, re_signed(world, two, id="../x"), three],
        "id with line end": [one, re_signed(world, two, id=uid + "\n"), three],
        "same id": [one, re_signed(world, two, id=uid_before), three],
        "clock": [one, re_signed(world, two, hlc="now"), three],
        "no header": [one, canonical.dumps({**said, "header": None}), three],
        "no object": [one, b"{}", three],
    }


@pytest.mark.parametrize(
    "forgery",
    [
        "payload changed",
        "signature of a stranger",
        "signature of another",
        "signature cut",
        "signature no base64",
        "signature none",
        "signature in a second spelling",
        "something more",
        "header more",
        "version",
        "version true",
        "number zero",
        "number text",
        "other device",
        "other epoch",
        "fields hidden",
        "fields twice",
        "own parent",
        "parents unsorted",
        "parents no list",
        "id no uuid",
        "id with line end",
        "same id",
        "clock",
        "no header",
        "no object",
    ],
)
def test_a_forged_operation_is_refused_by_its_line(world, tmp_path, key_file, forgery):
    file = world.seal(tmp_path, operations=forgeries(world)[forgery]).path
    with open_pack(file, [world.hq_identity], scratch=tmp_path) as pack:
        assert len(list(pack.operations())) == 3, "to the pack format it is any canonical JSON"
    with pytest.raises(NotWhole) as caught:
        verify(file, key_file)
    assert caught.value.code == "bad_operation"
    assert f"Line {1 if forgery == 'number zero' else 2} " in str(caught.value)


def test_every_forgery_of_the_list_is_tried(world):
    marks = next(
        mark for mark in test_a_forged_operation_is_refused_by_its_line.pytestmark if mark.name == "parametrize"
    )
    assert set(marks.args[1]) == forgeries(world).keys()


@given(st.data())
def test_no_operation_passes_that_the_journal_refuses(world, data):
    one, two, three = signed_lines(world)
    header = json.loads(two)["header"]
    key = data.draw(st.sampled_from(sorted(header)))
    odd = (
        st.none() | st.booleans() | st.integers(-2, 3) | st.text(max_size=4) | st.lists(st.text(max_size=3), max_size=2)
    )
    near = st.just(header[key]) | st.from_regex(r"[0-9a-f]{12}-[0-9a-f]{4}\n?", fullmatch=True)
    value = data.draw(odd | near)
    assume("\0" not in json.dumps(value, ensure_ascii=False) and "\\u0000" not in json.dumps(value))
    forged = re_signed(world, two, **{key: value})
    try:
        read(canonical.loads_canonical(forged))
        refused = False
    except Refusal:
        refused = True
    info = gemba_verify.Info(bag_info(world))
    journal = gemba_verify.Journal(info, strict=True)
    try:
        list(journal.follow(iter([b"".join(line + b"\n" for line in (one, forged, three))])))
        journal.end()
    except NotWhole:
        return
    assert not refused


def bag_info(world) -> bytes:
    return _gather(world.request()).tags["bag-info.txt"]


# --- canonical JSON

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_values_are_spelled_as_rfc_8785_spells_them(value):
    try:
        expected = canonical.dumps(value)
    except Refusal:
        with pytest.raises(ValueError, match=r"text|number"):
            gemba_verify.spell_json(value)
        return
    assert gemba_verify.spell_json(value).encode() == expected == rfc8785.dumps(value)
    assert gemba_verify.load_json(expected, "x") == value


@pytest.mark.parametrize(
    ("value", "spelled"),
    [
        # RFC 8785, appendix B
        (5e-324, "5e-324"),
        (-5e-324, "-5e-324"),
        (1.7976931348623157e308, "1.7976931348623157e+308"),
        (2.956e21 * 1e2, "2.956e+23"),
        (9.999999999999997e22, "9.999999999999997e+22"),
        (1e23, "1e+23"),
        (1e21, "1e+21"),
        (9.999999999999997e-7, "9.999999999999997e-7"),
        (0.000001, "0.000001"),
        (333333333.3333332, "333333333.3333332"),
        (-0.0000033333333333333333, "-0.0000033333333333333333"),
        (1424953923781206.2, "1424953923781206.2"),
        (-0.0, "0"),
        (1.0, "1"),
        (10.0, "10"),
    ],
)
def test_numbers_are_spelled_as_in_the_appendix_of_the_rfc(value, spelled):
    assert gemba_verify.spell_json(value) == spelled


@given(
    st.text('{}[]",:0123456789.eE+-\\u dtrufalsn\n\0\ud7ff\uffff', max_size=12)
    | st.sampled_from(["NaN", "[1e999]", '{"a":1,"a":1}', '"\\ud800"', '"\\u0000"', "[" * 65 + "]" * 65, "9" * 5000])
)
def test_what_the_strict_reader_refuses_is_refused_and_the_rest_is_the_same(text):
    data = text.encode()
    try:
        expected = canonical.loads_canonical(data)
    except Refusal:
        with pytest.raises(NotWhole):
            gemba_verify.load_json(data, "x")
    else:
        assert gemba_verify.load_json(data, "x") == expected


@pytest.mark.parametrize("number", ["9007199254740991", "9007199254740992", "-9007199254740992", "1e+21", "1e+20"])
def test_numbers_end_where_the_strict_reader_ends_them(number):
    try:
        canonical.loads_canonical(number.encode())
    except Refusal:
        with pytest.raises(NotWhole):
            gemba_verify.load_json(number.encode(), "x")
    else:
        assert gemba_verify.load_json(number.encode(), "x") == float(number)


@pytest.mark.parametrize("depth", [1, 63, 64, 65, 100_000])
def test_nesting_ends_where_the_strict_reader_ends_it(depth):
    data = b"[" * depth + b"]" * depth
    if depth > 64:
        with pytest.raises(NotWhole):
            gemba_verify.load_json(data, "x")
    else:
        gemba_verify.load_json(data, "x")


# --- Ed25519

VECTORS = {  # RFC 8032, section 7.1: public key, message, signature
    "TEST 1": (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24"
            "655141438e7a100b"
        ),
    ),
    "TEST 2": (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aee"
            "b00d291612bb0c00"
        ),
    ),
    "TEST 3": (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28d"
            "c027beceea1ec40a"
        ),
    ),
    "TEST SHA(abc)": (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        (
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e"
            "2a9ac94fa54ca49f"
        ),
        (
            "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17a"
            "d9bef1177331a704"
        ),
    ),
}


@pytest.mark.parametrize("name", VECTORS)
@pytest.mark.parametrize("check", [verify_ed25519, verify_ed25519_alone])
def test_the_vectors_of_the_rfc_hold_and_nothing_near_them(name, check):
    key, message, signature = map(bytes.fromhex, VECTORS[name])
    assert check(key, message, signature)
    assert not check(key, message + b"x", signature)
    for at in range(0, 64, 7):
        changed = bytearray(signature)
        changed[at] ^= 1
        assert not check(key, message, bytes(changed))
    assert not check(bytes([key[0] ^ 1]) + key[1:], message, signature)


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=200))
def test_what_a_key_signs_holds(private, message):
    key = identity.DeviceKey(private)
    assert verify_ed25519_alone(key.public, message, key.sign(message))


@given(st.integers(0, 2**512 - 1) | st.integers(0, 255), st.integers(0, 2**256 - 1) | st.integers(0, 3), st.booleans())
def test_nothing_holds_that_the_library_refuses(signature, key, top):
    packed = (key | (top << 255)).to_bytes(33, "little")[:32]
    said = signature.to_bytes(64, "little")
    assert verify_ed25519(packed, b"x", said) or not verify_ed25519_alone(packed, b"x", said)


def test_a_second_spelling_of_a_signature_is_refused(world):
    signature = world.laptop.sign(b"x")
    scalar = int.from_bytes(signature[32:], "little") + ORDER
    for check in (verify_ed25519, verify_ed25519_alone):
        assert not check(world.laptop.public, b"x", signature[:32] + scalar.to_bytes(32, "little"))
        assert not check(world.laptop.public, b"x", signature[:63])
        assert not check(world.laptop.public, b"x", signature + b"\0")
        assert not check(world.laptop.public[:31], b"x", signature)
        assert not check(((2**255 - 19) + 1).to_bytes(32, "little"), b"x", signature)


def test_a_key_that_is_no_point_of_the_curve_or_is_spelled_otherwise_is_refused():
    prime = 2**255 - 19
    d = -121665 * pow(121666, -1, prime) % prime
    for y in range(2, 60):
        square = (y * y - 1) * pow(d * y * y + 1, -1, prime) % prime
        on_curve = pow(square, (prime - 1) // 2, prime) in {0, 1}  # Euler's criterion
        assert (gemba_verify._point(y.to_bytes(32, "little")) is not None) == on_curve
    # For the neutral point (0, 1) as key, R = (0, 1) and S = 0 satisfy the equation for every message.
    signature = (1).to_bytes(32, "little") + bytes(32)
    for spelling in (1, prime + 1, 1 | 1 << 255, prime + 1 | 1 << 255):
        for check in (verify_ed25519, verify_ed25519_alone, identity.verify):
            assert not check(spelling.to_bytes(32, "little"), b"x", signature)


@pytest.mark.parametrize("point", sorted(identity._SMALL_ORDER))
def test_a_key_of_small_order_signs_nothing(point):
    for sign in (0, 0x80):
        key = point[:31] + bytes([point[31] | sign])
        for check in (verify_ed25519, verify_ed25519_alone, identity.verify):
            for message in map(bytes, [[n] for n in range(16)]):  # one in eight would hold by chance
                assert not check(key, message, key + bytes(32))
                assert not check(key, message, (1).to_bytes(32, "little") + bytes(32))
    assert not identity.is_of_small_order(point[:31])


# --- chance


def test_a_pack_cut_or_changed_anywhere_is_refused_and_says_so(sealed, tmp_path, key_file):
    good, copy = sealed.read_bytes(), tmp_path / "copy.gemba"
    step = 1 + len(good) // int(os.environ.get("GEMBA_FUZZ", "300"))
    for at in range(0, len(good), step):
        changed = bytearray(good)
        changed[at] ^= 1 << at % 8
        for data in (good[:at], bytes(changed)):
            copy.write_bytes(data)
            with pytest.raises(NotWhole) as caught:
                verify(copy, key_file)
            # A header without its lines for us may as well be that of a pack for somebody else.
            assert isinstance(caught.value, NotRead) == (caught.value.code in {"not_for_you", "newer_format"})


def test_every_sentence_shows_the_way_out():
    for sentence in gemba_verify._SENTENCES.values():
        assert sentence.count(".") >= 2
        assert sentence.endswith((".", "..."))


def test_names_in_sentences_cannot_steer_a_terminal(forger):
    forger.add("data/documents/\x1b[2J", b"evil")
    forger.sort()
    forger.sign()
    with pytest.raises(NotWhole) as caught:
        gemba_verify.read_pack(io.BytesIO(forger.zip()), journal=False)
    assert str(caught.value).isprintable()


# --- what only a reader's fine print refuses; both readers must


def refused_by_both(data: bytes) -> None:
    with pytest.raises(Refusal):
        read_pack(io.BytesIO(data))
    with pytest.raises(NotWhole):
        gemba_verify.read_pack(io.BytesIO(data), journal=False)


@pytest.mark.parametrize("label", ["Format", "Epoch", "Headquarters", "Recipient", "Schema", "Payload-Oxum"])
@pytest.mark.parametrize("change", ["doubled", "gone", "moved", "more"])
def test_a_description_with_other_lines_is_refused(forger, label, change):
    entry = forger.entry("bag-info.txt")
    lines = entry.content.splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if line.startswith(label.encode()))
    if change == "doubled":
        lines.insert(at, lines[at])
    elif change == "gone":
        lines = [line for line in lines if not line.startswith(label.encode())]
    elif change == "moved":
        lines.insert(3, lines.pop(at))
    else:
        lines.insert(at + 1, b"Contact-Name: x\n")
    entry.content = b"".join(lines)
    forger.sign(oxum=False)
    refused_by_both(forger.zip())


@pytest.mark.parametrize("count", [0, 20, 21])
def test_recipients_are_one_to_twenty(forger, count):
    entry = forger.entry("bag-info.txt")
    lines = [line for line in entry.content.splitlines(keepends=True) if not line.startswith(b"Recipient")]
    letters = "023456789acdefghjklmnpqrstuvwxyz"
    lines[8:8] = [b"Recipient: age1" + letter.encode() * 58 + b"\n" for letter in letters[:count]]
    entry.content = b"".join(lines)
    forger.sign()
    if count == 20:
        assert read_pack(io.BytesIO(forger.zip())).info.recipients
        assert gemba_verify.read_pack(io.BytesIO(forger.zip()), journal=False)
    else:
        refused_by_both(forger.zip())


@pytest.mark.parametrize("rest", [b"x", b"\n", b"\xff\n", b" "])
def test_something_behind_the_last_line_is_refused(forger, rest):
    for name in ("fetch.txt", "manifest-sha256.txt", "bag-info.txt"):
        entry = forger.entry(name)
        kept, entry.content = entry.content, entry.content + rest
        good = forger.entry("manifest-sha256.txt").content
        forger.sign(manifest=good, oxum=False)
        refused_by_both(forger.zip())
        entry.content = kept


def test_a_pack_without_a_journal_is_refused_though_it_counts_none(forger):
    forger.entries.remove(forger.entry("data/ops.ndjson"))
    forger.info("Operation-Count", "0")
    forger.info("Seq-Range", "1-0")
    forger.sign()
    refused_by_both(forger.zip())


@pytest.mark.parametrize(("content", "count"), [(b"{}", 0), (b"{}\n{}", 1), (b"{}\n{}\n", 1), (b"{}\n", 2)])
def test_a_journal_whose_last_line_has_no_end_is_refused_whatever_it_counts(forger, content, count):
    forger.entry("data/ops.ndjson").content = content
    forger.info("Operation-Count", str(count))
    forger.sign()
    refused_by_both(forger.zip())


@pytest.mark.parametrize("said", [0, 1, 1 << 20])
def test_a_bomb_is_called_one_before_it_goes_off(forger, said):
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = b"".join([*(packed.compress(bytes(1 << 20)) for _ in range(8)), packed.flush()])
    entry = forger.entry("data/ops.ndjson")
    entry.packed, entry.size = bomb, said
    forger.sign()
    with pytest.raises(NotWhole) as caught:
        gemba_verify.read_pack(io.BytesIO(forger.zip()), journal=False)
    assert caught.value.code == "bomb"


def test_a_name_of_evidence_in_a_second_spelling_is_refused(forger):
    entry = forger.entry("fetch.txt")
    there, size, path = entry.content.decode().split()
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    last = letters[letters.index(there[-1]) ^ 1]  # differs in bits that base64 leaves over
    entry.content = f"{there[:-1]}{last} {size} {path}\n".encode()
    forger.sign()
    refused_by_both(forger.zip())


def test_what_is_larger_than_signed_for_is_refused_by_its_header(forger):
    entry = forger.entry("data/documents/A-K7QD-0012.pdf")
    manifest = forger.manifest()
    entry.content += bytes(10_000)
    forger.sign(manifest=manifest, oxum=False)
    with pytest.raises(NotWhole) as caught:
        gemba_verify.read_pack(io.BytesIO(forger.zip()), journal=False)
    assert caught.value.code == "bomb"


def test_a_journal_that_packs_like_a_bomb_is_refused(forger):
    forger.operations(canonical.dumps({"a": "x" * 1_500_000}))
    forger.sign()
    refused_by_both(forger.zip())


def test_more_than_a_zip_may_hold_is_refused_by_its_header(forger):
    entry = forger.entry("data/documents/A-K7QD-0012.pdf")
    entry.size = entry.packed_size = 4_000_000_000
    octets, files = map(int, forger.entry("bag-info.txt").content.decode().split("Oxum: ")[1].split("."))
    forger.info("Payload-Oxum", f"{octets - len(entry.content) + entry.size}.{files}")
    forger.sign(oxum=False)
    with pytest.raises(NotWhole) as caught:
        gemba_verify.read_pack(io.BytesIO(forger.zip()), journal=False)
    assert caught.value.code == "bomb"


def test_a_file_that_ends_where_no_chunk_can_end_is_called_short_without_a_key(sealed):
    good = sealed.read_bytes()
    payload = good.index(b"\n--- ") + 49 + 16
    for size in (0, 1, 30, payload - 16, payload, payload + 16):
        sealed.write_bytes(good[:size])
        with pytest.raises(NotWhole) as caught:
            verify(sealed)
        assert caught.value.code == "cut_short"


def test_the_command_is_installed_with_gemba():
    scripts = tomllib.loads((PROGRAM.parents[2] / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    module, _, function = scripts["gemba-verify"].partition(":")
    assert getattr(importlib.import_module(module), function) is main
