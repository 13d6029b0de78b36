"""`gemba privacy rule|sweep|find|disclose` and `gemba complaint export`."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Shell


def test_a_rule_is_added_listed_and_retired(shell: Shell) -> None:
    assert "No rule" in shell("privacy", "rule", "list").out
    made = shell.ok("privacy", "rule", "add", "--days", "365", "--basis", "Order 4", "--needs-consent")
    assert (made["days"], made["needs_consent"]) == (365, True)
    assert "Order 4" in shell("privacy", "rule", "list").out
    shell.ok("privacy", "rule", "retire", made["uid"])
    assert shell.ok("privacy", "rule", "list") == []
    assert shell("privacy", "rule", "add", "--days", "-1").code == 2


def test_a_sweep_shows_first_and_erases_with_a_reason(shell: Shell) -> None:
    uid = shell.ok("complaint", "add", "--words", "Ada waited.")["uid"]
    shell.ok("complaint", "change", uid, "--delete-by", "2026-03-01")
    plan = shell.ok("privacy", "sweep")
    assert plan["count"] == 1
    assert "Nothing is erased yet" in shell("privacy", "sweep").out
    assert shell.ok("privacy", "sweep", "--reason", "its day has come") == {"erased": 1}
    assert shell.ok("privacy", "sweep")["count"] == 0
    assert "Ada" not in shell("complaint", "show", uid).out


def test_what_is_kept_of_a_person_is_found_and_told(shell: Shell, tmp_path: Path) -> None:
    shell.ok("complaint", "add", "--words", "Ada Lovelace waited.", "--customer", "Ada Lovelace")
    assert {one["field"] for one in shell.ok("privacy", "find", "ada love")} == {"customer", "words"}
    out = tmp_path / "ada.pdf"
    done = shell.ok("privacy", "disclose", "ada lovelace", "--reason", "asked", "--out", out)
    assert out.exists()
    assert done["complaints"] == 1
    assert shell("privacy", "disclose", "ada lovelace", "--reason", "asked", "--out", tmp_path / "ada.txt").code == 2
    assert not (tmp_path / "ada.txt").exists()
    refused = shell("privacy", "disclose", "nobody here", "--reason", "asked", "--out", tmp_path / "no.pdf")
    assert (refused.code, refused.err.count("\n")) == (2, 1)


def test_an_export_says_what_it_leaves_out(shell: Shell, tmp_path: Path) -> None:
    shell.ok("complaint", "add", "--words", "Ada Lovelace waited.", "--customer", "Ada Lovelace", "--severity", "high")
    shell.ok("complaint", "add", "--words", "It was cold.")
    said = shell("complaint", "export", "--out", tmp_path / "all.csv")
    assert "Left out" in said.out
    assert "Lovelace" not in (tmp_path / "all.csv").read_text("utf-8-sig")
    done = shell.ok(
        "complaint", "export", "--out", tmp_path / "high.csv", "--where", "severity=high", "--with-personal"
    )
    assert done["count"] == 1
    assert "Lovelace" in (tmp_path / "high.csv").read_text("utf-8-sig")
    for where in ("severity", "colour=red"):
        assert shell("complaint", "export", "--out", tmp_path / "x.csv", "--where", where).code == 2
