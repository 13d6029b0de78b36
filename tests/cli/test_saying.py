"""What a command says reaches whoever asked, whatever signs are in it."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest
from tests.cli.conftest import Shell

from gemba.cli.saying import say, table

FOREIGN = os.fsdecode(b"bak\xff")
"""A name that another system gave: it is not UTF-8."""

needs_any_name = pytest.mark.skipif(sys.platform != "linux", reason="names of files are UTF-8 here")


@needs_any_name
def test_a_backup_to_a_name_that_is_not_utf_8_is_made_and_told_of(shell: Shell, tmp_path: Path) -> None:
    said = shell("backup", tmp_path / f"{FOREIGN}.backup")
    assert said.code == 0, said.err
    assert (tmp_path / f"{FOREIGN}.backup").is_file()
    assert "bak\\udcff.backup" in said.out


@needs_any_name
def test_names_that_are_not_utf_8_are_spelled_out_in_json(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / f"{FOREIGN}.card").write_bytes(b"no card")
    said = shell("take-in", tmp_path, "--json")
    assert said.code == 2
    assert list(said.json["refused"]) == ["bak\\udcff.card"]
    made = shell.ok("backup", tmp_path / f"{FOREIGN}.backup")
    assert "bak\\udcff.backup" in str(made["file"])


def test_signs_that_the_terminal_does_not_know_are_spelled_out(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    shell.ok("place", "add", "مكتب")
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="latin-1")
    monkeypatch.setattr(sys, "stdout", narrow)
    code = shell("place", "list").code
    narrow.seek(0)
    assert code == 0
    assert "\\u0645\\u0643" in narrow.read()


@pytest.mark.parametrize(
    "command",
    [
        ("assess", "start", "leader_gemba_walk", "--place", FOREIGN),
        ("assess", "show", FOREIGN),
        ("--person", FOREIGN, "key", "show"),
        ("carrier", "add", "c8", f"/x/{FOREIGN}"),
    ],
)
def test_what_is_typed_and_no_text_is_refused(shell: Shell, command: tuple[str, ...]) -> None:
    said = shell(*command, store=command[0] != "--person")
    assert said.code == 2
    assert said.err.count("\n") == 1
    assert "bak\\udcff” is not; type it anew" in said.err
    assert shell.ok("place", "list") == []


def test_nothing_that_somebody_wrote_commands_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [["A\x1b[31mred\x07B\u202e", 1], ["مكتب\u200f \u0661\u200c", 2]]
    say(rows, table(rows, ("Name", "Number")) + "\nTab\tand\u202f1\x9b2J", as_json=False)
    assert capsys.readouterr().out.splitlines() == [
        "Name       Number",
        "A[31mredB  1",
        "مكتب\u200f \u0661\u200c   2",
        "Tab\tand\u202f12J",
    ]
    say(rows, "", as_json=True)
    assert "\\u001b[31m" in capsys.readouterr().out
