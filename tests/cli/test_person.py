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


def test_somebody_without_a_laptop_is_entered_by_name_and_given_an_audit(shell: Shell) -> None:
    shell.ok("place", "add", "Harbour")
    entered = shell.ok("person", "add", "--name", "Second auditor", "--role", "auditor")
    assert (entered["name"], entered["role"], entered["same_as"]) == ("Second auditor", "auditor", None)
    made = shell.ok("programme", "add", "--place", "Harbour", "--quarter", "2026-Q3", "--second", "second auditor")
    assert made["second"] == entered["name"]
    assert shell("person", "add", "--name", "second AUDITOR").code == 2
    assert shell("person", "add", "--name", " ").code == 2


def test_who_works_here_says_which_entry_means_them(shell: Shell) -> None:
    entered = shell.ok("person", "add", "--name", "Auditor two")
    me = shell.ok("person", "set", "--name", "Auditor two")
    linked = shell.ok("person", "same", "Auditor two")
    assert (linked["uid"], linked["same_as"]) == (entered["uid"], me["uid"])
    assert shell("person", "same", entered["uid"]).code == 2
