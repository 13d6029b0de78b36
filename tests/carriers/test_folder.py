from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from gemba import wording
from gemba.carriers.folder import _check_room, send
from gemba.errors import Trouble


@pytest.fixture
def pack(tmp_path) -> Path:
    file = tmp_path / "outbox" / "abc.gemba"
    file.parent.mkdir()
    file.write_bytes(os.urandom(3_000_000))
    return file


@pytest.fixture
def stick(tmp_path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@contextmanager
def full_disk() -> Iterator[None]:
    """A disk that takes no file larger than a megabyte."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def trouble(pack: Path, stick: Path) -> Trouble:
    with pytest.raises(Trouble) as caught:
        send(pack, stick)
    told = wording.sentence(caught.value)
    assert not told.startswith(caught.value.code)
    assert "?" not in told
    return caught.value


def test_a_file_arrives_under_its_own_name(pack, stick):
    assert send(pack, stick) == stick / "abc.gemba"
    assert (stick / "abc.gemba").read_bytes() == pack.read_bytes()
    assert [one.name for one in stick.iterdir()] == ["abc.gemba"]


def test_sending_twice_is_sending_once(pack, stick):
    first = send(pack, stick).stat()
    again = send(pack, stick).stat()
    assert (first.st_ino, first.st_mtime_ns) == (again.st_ino, again.st_mtime_ns)


def test_a_damaged_copy_and_a_half_one_are_replaced(pack, stick):
    (stick / "abc.gemba").write_bytes(b"damaged")
    (stick / "abc.gemba.part").write_bytes(b"half")
    send(pack, stick)
    assert (stick / "abc.gemba").read_bytes() == pack.read_bytes()
    assert len(list(stick.iterdir())) == 1


def test_an_empty_file_arrives(stick, tmp_path):
    (tmp_path / "empty.receipt").touch()
    assert send(tmp_path / "empty.receipt", stick).read_bytes() == b""


def test_a_stick_that_is_not_there_is_named(pack, stick):
    assert trouble(pack, stick / "gone").code == "carriers.gone"
    assert trouble(pack, pack).code == "carriers.gone"


def test_a_file_that_is_not_there_is_named(pack, stick):
    assert trouble(pack.with_name("x"), stick).code == "carriers.no_file"
    assert list(stick.iterdir()) == []


def test_a_full_stick_says_how_much_is_missing_and_keeps_nothing_half(pack, stick):
    with full_disk():
        error = trouble(pack, stick)
    assert (error.code, error.facts["missing_mb"]) == ("carriers.no_room", 3)
    assert list(stick.iterdir()) == []


def test_a_full_stick_keeps_the_copy_it_had(pack, stick):
    (stick / "abc.gemba").write_bytes(b"older")
    with full_disk():
        trouble(pack, stick)
    assert (stick / "abc.gemba").read_bytes() == b"older"


def test_a_lack_of_room_is_told_before_anything_is_copied(stick):
    with pytest.raises(Trouble, match=r"carriers\.no_room") as caught:
        _check_room(stick, shutil.disk_usage(stick).free + 10**12)
    assert caught.value.facts["missing_mb"] > 900_000


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux")
def test_a_stick_that_fails_is_told_apart(pack, stick):
    (stick / "abc.gemba.part").symlink_to("/dev/full")
    assert trouble(pack, stick).code == "carriers.no_room"
    assert list(stick.iterdir()) == []


READ_ONLY = """
import os, sys
from pathlib import Path
from gemba.carriers.folder import _check_room, send
from gemba.errors import Trouble
if os.geteuid() == 0:
    os.setuid(65534)
try:
    send(Path(sys.argv[1]) / "abc.gemba", Path(sys.argv[1]) / "stick")
except Trouble as error:
    print(error.code)
"""


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX permissions")
def test_a_write_protected_stick_is_named():
    with tempfile.TemporaryDirectory() as folder:  # pytest's own folder is closed to the user the child becomes
        Path(folder).chmod(0o755)
        (Path(folder) / "abc.gemba").write_bytes(b"pack")
        (Path(folder) / "stick").mkdir(0o555)
        ran = subprocess.run([sys.executable, "-c", READ_ONLY, folder], capture_output=True, text=True, check=False)
        assert ran.stdout.strip() == "carriers.read_only", ran.stderr
        assert list((Path(folder) / "stick").iterdir()) == []
