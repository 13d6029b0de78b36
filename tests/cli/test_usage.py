"""Words that a command does not understand."""

from __future__ import annotations

from tests.cli.conftest import Shell


def test_a_day_that_no_calendar_has_is_refused_in_words(shell: Shell) -> None:
    refused = shell("boundary", "list", "--on", "31/02/2026")
    assert refused.code == 2
    assert "'31/02/2026' is no day of the calendar, written as 2026-12-31" in refused.err
    assert "Value error" not in refused.err
    assert "%" not in refused.err
