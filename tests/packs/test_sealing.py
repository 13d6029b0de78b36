from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import bagit
import pyrage
import pytest

from gemba.errors import Refusal, Trouble
from gemba.packs import identity, limits
from gemba.packs.opening import open_pack
from gemba.packs.part_file import part_file
from gemba.packs.sealing import clear_unfinished, seal


@pytest.fixture
def unpacked(world, plain, tmp_path) -> Path:
    """A pack unpacked by strangers' tools only."""
    with zipfile.ZipFile(io.BytesIO(plain)) as opened:
        assert opened.testzip() is None
        opened.extractall(tmp_path / "bag")
    return tmp_path / "bag"


def place(bag: Path, world) -> None:
    """Put the evidence that travelled earlier where the bag wants it."""
    sha256 = world.sha256(world.before)
    (bag / "data/blobs" / sha256[:2]).mkdir(exist_ok=True, parents=True)
    (bag / "data/blobs" / sha256[:2] / sha256).write_bytes(world.before)


def test_a_pack_is_a_valid_bag_once_earlier_evidence_is_placed(unpacked, world):
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(unpacked)).validate()
    place(unpacked, world)
    bag = bagit.Bag(str(unpacked))
    bag.validate()
    assert bag.info["Pack-Id"] == "01890a5d-ac96-774b-bcce-b302099a8057"
    assert bag.info["Seq-Range"] == "1-3"
    assert len(bag.info["Recipient"]) == 2


def test_a_bag_that_lost_a_byte_is_no_longer_valid(unpacked, world):
    place(unpacked, world)
    (unpacked / "data/ops.ndjson").write_bytes((unpacked / "data/ops.ndjson").read_bytes()[:-1])
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(unpacked)).validate()


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="needs coreutils")
@pytest.mark.parametrize("manifest", ["manifest-sha256.txt", "tagmanifest-sha256.txt"])
def test_sha256sum_reads_the_manifests(unpacked, world, manifest):
    place(unpacked, world)
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", manifest], cwd=unpacked, check=True)


def test_the_readme_says_how_to_read_a_pack_without_gemba(unpacked):
    readme = (unpacked / "README.txt").read_text("ascii")
    assert all(word in readme for word in ["age --decrypt", "unzip", "sha256sum --check", "Ed25519", "RFC 8493"])


def test_the_signature_is_over_the_tag_manifest(unpacked, world):
    import base64
    import json

    said = json.loads((unpacked / "tagmanifest-sha256.txt.sig").read_bytes())
    message = b"gemba-pack-v1\0" + (unpacked / "tagmanifest-sha256.txt").read_bytes()
    assert identity.verify(base64.b64decode(said["key"]), message, base64.b64decode(said["sig"]))
    assert base64.b64decode(said["key"]) == world.laptop.public


def test_the_file_is_named_after_its_bytes_and_nothing_else_remains(world, tmp_path):
    sealed = world.seal(tmp_path)
    assert sealed.path.name == world.sha256(sealed.path.read_bytes()) + ".gemba"
    assert (sealed.sha256, sealed.size) == (sealed.path.name[:64], sealed.path.stat().st_size)
    assert (sealed.operations, sealed.blobs) == (3, 3)
    assert list(tmp_path.iterdir()) == [sealed.path]


def test_the_name_and_the_outside_tell_nothing(world, tmp_path):
    data = world.seal(tmp_path).path.read_bytes()
    assert not re.search(rb"Boden|report|A-K7QD|bag-info|2026", data)


def test_with_our_own_key_the_finished_pack_is_checked_as_a_whole(world, tmp_path):
    assert world.seal(tmp_path).verified == "outer"
    assert world.seal(tmp_path, identity=world.laptop_identity).verified == "whole"


def test_the_zip_is_the_same_for_the_same_content(world, tmp_path):
    one, other = world.seal(tmp_path), world.seal(tmp_path)
    assert one.sha256 != other.sha256, "age never gives the same bytes twice"
    assert world.plain(one.path) == world.plain(other.path)


def test_a_pack_may_hold_nothing_but_evidence(world, tmp_path):
    sealed = world.seal(tmp_path, operations=[], first_seq=4, last_seq=3, documents=(), referenced=())
    with open_pack(sealed.path, [world.hq_identity], scratch=tmp_path) as pack:
        assert list(pack.operations()) == []
        assert (pack.facts.first_seq, pack.facts.last_seq, pack.facts.operations) == (4, 3, 0)


def test_progress_is_told_and_may_cancel(world, tmp_path):
    seen: list[tuple[int, int]] = []
    seal(world.request(), tmp_path, lambda done, total: seen.append((done, total)))
    assert seen == sorted(seen)
    assert seen[-1][0] == seen[-1][1]

    def cancel(done: int, total: int) -> None:
        raise KeyboardInterrupt

    (tmp_path / "cancelled").mkdir()
    with pytest.raises(KeyboardInterrupt):
        seal(world.request(), tmp_path / "cancelled", cancel)
    assert list((tmp_path / "cancelled").iterdir()) == []


def test_large_evidence_is_read_twice_and_arrives(world, tmp_path):
    large = os.urandom(1 << 20) * 9
    sealed = world.seal(tmp_path, blobs=[world.blob(large)], identity=world.laptop_identity)
    with open_pack(sealed.path, [world.hq_identity], scratch=tmp_path) as pack:
        assert pack.blobs[world.sha256(large)]().read() == large


@pytest.mark.parametrize("size", [100, 9 << 20], ids=["small", "large"])
@pytest.mark.parametrize("lie", ["content", "shorter", "longer", "gone"])
def test_evidence_that_changed_is_never_sealed(world, tmp_path, size, lie):
    good = bytes(size)
    given = {"content": b"x" + good[1:], "shorter": good[:-1], "longer": good + b"x", "gone": b""}[lie]
    missing = tmp_path / "missing"
    opener = (lambda: missing.open("rb")) if lie == "gone" else (lambda: io.BytesIO(given))
    with pytest.raises(Trouble) as caught:
        world.seal(tmp_path, blobs=[(world.sha256(good), size, opener)])
    assert caught.value.code == ("packs.evidence_missing" if lie == "gone" else "packs.evidence_changed")
    assert caught.value.facts["sha256"] == world.sha256(good)
    assert list(tmp_path.iterdir()) == []


def test_large_evidence_that_changes_between_two_readings_is_never_sealed(world, tmp_path):
    good = bytes(9 << 20)
    for other in (b"x" + good[1:], good[:-1], good + b"x"):
        readings = iter([good, other])
        with pytest.raises(Trouble, match=r"packs\.evidence_changed"):
            world.seal(tmp_path, blobs=[(world.sha256(good), len(good), lambda r=readings: io.BytesIO(next(r)))])
        assert list(tmp_path.iterdir()) == []


def test_a_disk_that_gives_back_other_bytes_is_found_out(world, tmp_path):
    def failing_disk(done: int, total: int) -> None:
        if done == total:
            with next(tmp_path.glob("*.part")).open("r+b") as part:
                part.seek(100_000)
                kept = part.read(1)[0]
                part.seek(100_000)
                part.write(bytes([kept ^ 1]))  # never the byte that happens to stand there

    with pytest.raises(Trouble, match=r"packs\.not_written"):
        seal(world.request(blobs=[world.blob(os.urandom(3_000_000))]), tmp_path, failing_disk)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("line", [b'{"a":NaN}', b'{"b":1,"a":1}', b"[]", b'{"a":1}\n', b"", b"\xff"])
def test_an_operation_that_nobody_would_read_is_not_sealed(world, tmp_path, line):
    with pytest.raises(Refusal, match=r"packs\.bad_operation") as caught:
        world.seal(tmp_path, operations=[b"{}", line])
    assert caught.value.facts["line"] == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["../x", "a/b", "CON", "nul.pdf", "x.", "", ".hidden", "ü.pdf", "x" * 101, "a\\b", "a b"]
)
def test_a_document_with_an_odd_name_is_refused(world, tmp_path, name):
    with pytest.raises(Refusal, match=r"packs\.bad_document"):
        world.seal(tmp_path, documents=[(name, b"")])


def test_there_must_be_somebody_to_seal_for(world, tmp_path):
    with pytest.raises(Refusal, match=r"packs\.no_recipient"):
        world.seal(tmp_path, recipients=[])
    with pytest.raises(Refusal, match=r"packs\.bad_key"):
        world.seal(tmp_path, recipients=["age1nonsense"])


@pytest.mark.parametrize(
    "wrong",
    [
        {"pack_id": "../../etc"},
        {"device_id": "0" * 32},
        {"first_seq": 5, "last_seq": 3},
        {"epoch": "a\nb"},
        {"program": "Gemba\nFormat: x"},
        {"to": ""},
        {"referenced": [("x", 1)]},
        {"identity": "own but not among the recipients"},
        {"blobs": "twice"},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_request_that_contradicts_itself_is_a_mistake_of_the_program(world, tmp_path, wrong):
    if "identity" in wrong:
        wrong = {"identity": identity.make_age_identity()}
    if "blobs" in wrong:
        wrong = {"blobs": [world.blob(b"a"), world.blob(b"a")]}
    with pytest.raises(ValueError, match=r"\w"):
        world.seal(tmp_path, **wrong)
    assert list(tmp_path.iterdir()) == []


def test_more_than_a_pack_can_carry_is_refused_before_anything_is_written(world, tmp_path):
    with pytest.raises(Refusal, match=r"packs\.too_large"):
        world.seal(tmp_path, blobs=[("ab" * 32, limits.LARGEST_ZIP, io.BytesIO)])
    with pytest.raises(Refusal, match=r"packs\.too_many"):
        world.seal(tmp_path, referenced=[(f"{n:064x}", 1) for n in range(limits.MOST_FILES)])
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_nothing_behind(world, tmp_path, full_disk):
    with full_disk(1 << 20), pytest.raises(Trouble, match=r"packs\.no_room") as caught:
        world.seal(tmp_path, blobs=[world.blob(bytes(3_000_000))])
    assert caught.value.facts["missing_mb"] >= 1
    assert list(tmp_path.iterdir()) == []
    world.seal(tmp_path, blobs=[world.blob(bytes(3_000_000))])


def test_a_folder_that_is_gone_is_named(world, tmp_path):
    with pytest.raises(Trouble, match=r"packs\.folder_gone") as caught:
        world.seal(tmp_path / "unplugged")
    assert "unplugged" in caught.value.facts["folder"]


def test_a_lack_of_room_is_told_before_the_work_begins(tmp_path):
    free = shutil.disk_usage(tmp_path).free
    with pytest.raises(Trouble, match=r"packs\.no_room") as caught, part_file(tmp_path, "x", free + 10**12):
        pytest.fail("a file was opened")
    assert caught.value.facts["missing_mb"] > 900_000
    assert list(tmp_path.iterdir()) == []


READ_ONLY = """
import os, sys
from pathlib import Path
from gemba.errors import Trouble
from gemba.packs.part_file import part_file
folder = Path(sys.argv[1])
if os.geteuid() == 0:
    os.setuid(65534)
try:
    with part_file(folder, "x.gemba", 1):
        sys.exit("a file was opened")
except Trouble as error:
    print(error.code)
"""


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX permissions")
def test_a_read_only_folder_is_named(tmp_path):
    import tempfile

    with tempfile.TemporaryDirectory() as folder:  # pytest's own folder is closed to the user the child becomes
        Path(folder).chmod(0o555)
        ran = subprocess.run([sys.executable, "-c", READ_ONLY, folder], capture_output=True, text=True, check=False)
        assert ran.stdout.strip() == "packs.read_only", ran.stderr
        assert list(Path(folder).iterdir()) == []


def test_what_a_killed_sealing_left_is_cleared(world, tmp_path):
    sealed = world.seal(tmp_path)
    (tmp_path / "01890a5d-ac96-774b-bcce-b302099a8057.gemba.part").write_bytes(b"half")
    (tmp_path / "letter.part").write_bytes(b"not ours")
    assert clear_unfinished(tmp_path) == 1
    assert sorted(tmp_path.iterdir()) == sorted([sealed.path, tmp_path / "letter.part"])


def test_a_kill_while_sealing_leaves_nothing_that_bears_a_pack_s_name(world, tmp_path):
    child = subprocess.Popen(
        [sys.executable, "-c", ENDLESS, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert child.stdin is not None
    assert child.stdout is not None
    assert child.stdout.readline() == b"half way\n"
    child.kill()
    child.wait()
    child.stdin.close()
    child.stdout.close()
    assert [one.suffix for one in tmp_path.iterdir()] == [".part"]


ENDLESS = """
import datetime, hashlib, io, sys
from pathlib import Path
from gemba.packs import identity
from gemba.packs.request import SealRequest
from gemba.packs.part_file import part_file
from gemba.packs.sealing import seal
key, own = identity.make_device_key(), identity.make_age_identity()
data = bytes(3_000_000)

def progress(done, total):
    if done > total // 2:
        print("half way", flush=True)
        sys.stdin.read()

seal(SealRequest(pack_id="01890a5d-ac96-774b-bcce-b302099a8057", device_id=key.id, sign=key.sign, public_key=key.public,
    epoch="e", first_seq=1, last_seq=0, prev_pack=None, recipients=[identity.recipient_of(own)], to="hq",
    created=datetime.datetime.now(datetime.UTC), operations=[],
    blobs=[(hashlib.sha256(data).hexdigest(), len(data), lambda: io.BytesIO(data))]), Path(sys.argv[1]), progress)
"""

MEMORY = """
import datetime, hashlib, io, sys
from pathlib import Path
from gemba.packs import identity
from gemba.packs.opening import open_pack
from gemba.packs.request import SealRequest
from gemba.packs.part_file import part_file
from gemba.packs.sealing import seal
from gemba.packs.verifying import verify

def peak():
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) // 1024

class Film(io.RawIOBase):
    left = 200 << 20
    def readable(self):
        return True
    def readinto(self, buffer):
        size = min(len(buffer), self.left)
        buffer[:size] = bytes(size)
        self.left -= size
        return size

digest = hashlib.sha256()
for _ in range(200):
    digest.update(bytes(1 << 20))
film = (digest.hexdigest(), 200 << 20, Film)
key, own = identity.make_device_key(), identity.make_age_identity()
out = Path(sys.argv[1])
import pyrage, cryptography.hazmat.primitives.asymmetric.ed25519
before = peak()
sealed = seal(SealRequest(pack_id="01890a5d-ac96-774b-bcce-b302099a8057", device_id=key.id, sign=key.sign,
    public_key=key.public, epoch="e", first_seq=1, last_seq=0, prev_pack=None,
    recipients=[identity.recipient_of(own)], to="hq", created=datetime.datetime.now(datetime.UTC),
    operations=[], blobs=[film]), out)
assert verify(sealed.path, [own]).level == "whole"
with open_pack(sealed.path, [own], scratch=out) as pack:
    with pack.blobs[film[0]]() as opened:
        assert hashlib.file_digest(opened, "sha256").hexdigest() == film[0]
print(before, peak() - before)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads Linux's own account of memory")
def test_a_film_of_200_mb_travels_in_constant_memory(tmp_path):
    ran = subprocess.run([sys.executable, "-c", MEMORY, str(tmp_path)], capture_output=True, text=True, check=True)
    assert int(ran.stdout.split()[1]) < 24, "MB on top of what the program takes anyway"


def test_age_itself_opens_what_we_seal(world, tmp_path):
    own = pyrage.x25519.Identity.from_str(world.laptop_identity)
    assert pyrage.decrypt(world.seal(tmp_path).path.read_bytes(), [own])[:4] == b"PK\3\4"
