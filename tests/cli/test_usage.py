"""Words that a command does not understand."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import Shell


def test_a_day_that_no_calendar_has_is_refused_in_words(shell: Shell) -> None:
    refused = shell("boundary", "list", "--on", "31/02/2026")
    assert refused.code == 2
    assert "'31/02/2026' is no day of the calendar, written as 2026-12-31" in refused.err
    assert "Value error" not in refused.err
    assert "%" not in refused.err


@pytest.mark.parametrize("command", ["action", "finding", "assess", "rotation", "promise", "escalation"])
def test_a_state_that_a_list_does_not_have_is_refused_with_those_it_has(shell: Shell, command: str) -> None:
    refused = shell(command, "list", "--state", "opne")
    assert refused.code == 2
    assert "“opne”; it has: " in refused.err
    assert shell.ok(command, "list", "--state", "all") == []


@pytest.mark.parametrize("name", ["", ".", "a-folder"])
@pytest.mark.parametrize("command", ["action board", "escalation log", "calendar ical"])
def test_a_file_without_a_name_is_trouble_told_in_one_sentence(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, name: str
) -> None:
    (tmp_path / "a-folder").mkdir()
    monkeypatch.chdir(tmp_path)
    said = shell(*command.split(), "--out", name)
    assert said.code == 3
    assert len(said.err.strip().splitlines()) == 1
    assert not list(tmp_path.glob("*.part"))


def test_what_was_typed_comes_back_on_one_line_and_not_a_page_long(shell: Shell) -> None:
    for typed in ("x" * 10_000, "a\u202eb\nc\x07"):
        said = shell("action", "list", "--sort", typed)
        assert said.code == 2
        assert len(said.err.strip().splitlines()) == 1
        assert len(said.err) < 900
        assert "\u202e" not in said.err
