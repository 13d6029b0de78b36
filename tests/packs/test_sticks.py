"""Sticks that are full, fill up, or are pulled out while a pack is written: a sentence each, and nothing left behind.

The sticks are small file systems in memory, which only root can mount.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from gemba.errors import Trouble
from gemba.packs.sealing import clear_unfinished, seal

pytestmark = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("mount") is None, reason="only root can mount"
)


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[Path]:
    """A stick of 4 MB."""
    folder = tmp_path / "stick"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "gemba-test", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("this system does not let us mount: " + mounted.stderr.decode())
    yield folder
    subprocess.run(["umount", "-l", folder], capture_output=True, check=False)


def test_a_stick_that_is_too_small_is_told_before_anything_is_written(world, stick):
    with pytest.raises(Trouble, match=r"packs\.no_room") as caught:
        world.seal(stick, blobs=[world.blob(os.urandom(5_000_000))])
    assert caught.value.facts["missing_mb"] in {1, 2}
    assert list(stick.iterdir()) == []


def test_a_stick_that_fills_up_meanwhile_is_told_and_left_as_it_was(world, stick):
    other = stick / "somebody else's film"

    def fill(_done: int, _total: int) -> None:
        with other.open("ab") as film:
            film.write(bytes(100_000))

    request = world.request(blobs=[world.blob(os.urandom(1_000_000)) for _ in range(3)])
    with pytest.raises(Trouble, match=r"packs\.no_room"):
        seal(request, stick, lambda done, total: fill(done, total) if done > 500_000 else None)
    assert [file for file in stick.iterdir() if file != other] == []


@pytest.mark.parametrize("at", [0.1, 0.5, 1.0])
def test_a_stick_that_is_pulled_out_is_told_and_no_pack_is_claimed(world, stick, at):
    pulled = []

    def pull(done: int, total: int) -> None:
        if done >= at * total and not pulled:
            pulled.append(subprocess.run(["umount", "-l", stick], check=True))

    request = world.request(blobs=[world.blob(os.urandom(1_000_000)) for _ in range(3)])
    with pytest.raises(Trouble, match=r"packs\.(folder_gone|disk_error|no_file)"):
        seal(request, stick, pull)
    assert list(stick.iterdir()) == []


def test_what_a_killed_program_left_is_cleared_by_the_next(world, tmp_path):
    left = tmp_path / "01890a5d-ac96-774b-bcce-b302099a8057.gemba.part"
    left.write_bytes(b"half")
    sealed = world.seal(tmp_path, pack_id=OTHER)
    assert clear_unfinished(tmp_path) == 1
    assert list(tmp_path.iterdir()) == [sealed.path]


OTHER = "01890a5d-ac96-774b-bcce-b302099a8059"
