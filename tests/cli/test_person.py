"""`gemba person`."""

from __future__ import annotations

from tests.cli.conftest import Shell


def test_who_is_known_is_listed_by_name(shell: Shell) -> None:
    shell.ok("person", "set", "--name", "Lead auditor")
    listed = shell.ok("person", "list")
    assert [(one["name"], one["role"]) for one in listed] == [("Lead auditor", "auditor")]
    assert "Lead auditor" in shell("person", "list").out


def test_an_auditor_who_is_not_known_here_is_told_with_the_way_out(shell: Shell) -> None:
    shell.ok("place", "add", "Harbour")
    refused = shell("programme", "add", "--place", "Harbour", "--quarter", "2026-Q3", "--second", "Somebody else")
    assert refused.code == 2
    assert "gemba person list" in refused.err
