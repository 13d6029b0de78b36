"""On a full disk the command line says when the room that was kept for it has been given up."""

from __future__ import annotations

import shutil
from typing import NamedTuple

import pytest
from tests.cli.conftest import Shell


class Usage(NamedTuple):
    """What a disk tells of itself."""

    total: int
    used: int
    free: int


def test_a_command_that_needs_the_reserve_says_so_once(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    (shell.store / "reserve").write_bytes(b"x")
    before = shell("place", "list")
    assert (before.code, "reserve" in before.err) == (0, False)
    # A full disk cannot be had everywhere: what the system says of it is all that differs.
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage(10**9, 10**9 - 1000, 1000))
    first = shell("place", "list")
    assert first.code == 0
    assert "given up the room that it kept in reserve" in first.err
    assert "make room on the disk" in first.err
    assert not (shell.store / "reserve").exists()
    again = shell("place", "list")
    assert (again.code, "reserve" in again.err) == (0, False)
