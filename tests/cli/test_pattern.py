"""`gemba pattern`: from a verified action to other places, and back with honest numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.cli.conftest import Shell

NEW = (
    *("--title", "Two counters at noon", "--problem", "Customers wait for half an hour at noon."),
    *("--context", "Most come between eleven and two.", "--how", "Look at the arrivals.", "--how", "Open a second."),
)


def verified(shell: Shell) -> Any:
    """An action on a finding that was seen to help."""
    shell.ok("place", "add", "Harbour")
    shell.ok("place", "add", "Mill")
    walk = shell.ok("assess", "start", "five_s_area_audit", "--place", "Harbour")["uid"]
    finding = shell.ok(
        *("finding", "raise", walk, "--grade", "major", "--criterion", "Nobody waits long"),
        *("--text", "One counter at noon serves everybody."),
    )
    action = shell.ok(
        *("action", "add", finding["uid"], "--text", "A second counter opens at noon.", "--owner", "Branch manager"),
        *("--due", "2026-03-20", "--kind", "improvement"),
    )
    shell.ok("action", "done", action["uid"], "--proof", "The roster shows two.")
    shell.ok(
        *("action", "verify", action["uid"], "--helped", "--how", "Waits fell from 24 to 9 minutes."),
        *("--similar", "no", "--where", "Both branches."),
    )
    return action


def test_a_pattern_is_made_found_carried_and_told_of(shell: Shell, tmp_path: Path) -> None:
    action = verified(shell)
    made = shell.ok("pattern", "add", "--from-action", action["uid"])["pattern"]
    assert made["title"] == "A second counter opens at noon"
    assert made["problem"] == "One counter at noon serves everybody."
    shell.ok("pattern", "change", made["number"], "--title", "Two counters at noon", "--owner", "Head of service")
    (found,) = shell.ok("pattern", "search", "noon", "counters", "--place", "Mill")
    assert found["pattern"]["title"] == "Two counters at noon"
    said = shell("pattern", "search", "noon").out
    assert "Words: noon" in said
    assert "not carried yet" in said
    assert shell("pattern", "search", "unheard-of").out.strip() == "No pattern answers this yet."
    one = shell.ok(
        *("pattern", "transfer", made["number"], "--place", "Mill", "--owner", "Branch manager"),
        *("--due", "2026-04-01", "--adapted", "Three counters: the hall is larger."),
    )
    assert (one["state"], one["place"]) == ("proposed", "Mill")
    shell.ok("action", "done", one["action"]["number"], "--proof", "Open since Monday.")
    (line,) = shell.ok("pattern", "transfers", "--state", "live")
    assert line["uid"] == one["transfer"]["uid"]
    shell.ok("pattern", "adapt", one["transfer"]["number"], "--adapted", "Three counters, also on Fridays.")
    shown = shell.ok("pattern", "show", made["number"])
    assert (shown["track"]["live"], shown["track"]["holds"]) == (1, 0)
    out = tmp_path / "pattern.pdf"
    assert shell("pattern", "show", made["number"], "--out", out).out.strip() == f"Wrote {out}."
    assert out.read_bytes().startswith(b"%PDF")
    shell.ok("pattern", "stop", one["transfer"]["number"], "--because", "The hall is being rebuilt.")
    assert "1 stopped" in shell("pattern", "show", made["number"]).out
    listed = shell.ok("archive", "list", "--search", "counter")
    assert [one["what"] for one in listed["work"]] == ["transfer", "improvement"]
    assert listed["pilots"] == []
    assert "The hall is being rebuilt." in shell("archive", "show", one["transfer"]["number"]).out
    closed = tmp_path / "closed.pdf"
    assert shell("archive", "show", action["number"], "--out", closed).code == 0
    assert closed.read_bytes().startswith(b"%PDF")
    assert shell("archive", "show", "nowhere").code == 2
    assert shell("archive", "list", "--what", "walk").code == 2
    assert [one["carried"] for one in shell.ok("pattern", "list")] == [1]


def test_a_pattern_written_anew_needs_a_record_that_proves_it(shell: Shell) -> None:
    action = verified(shell)
    for more, words in (
        ((), "an idea, not a pattern"),
        (("--proof", "Waits fell."), "Name at least one record"),
        (("--proof", "Waits fell.", "--link", "action:nowhere"), "proves nothing"),
        (("--proof", "Waits fell.", "--link", "place:nowhere"), "cannot prove a pattern"),
    ):
        refused = shell("pattern", "add", *NEW, *more)
        assert refused.code == 2
        assert words in refused.err
    made = shell.ok("pattern", "add", *NEW, "--proof", "Waits fell.", "--link", f"action:{action['uid']}")
    assert made["pattern"]["how"] == "Look at the arrivals.\nOpen a second."
    number = made["pattern"]["number"]
    shell.ok("pattern", "retire", number)
    assert shell.ok("pattern", "list") == []
    assert [one["retired"] for one in shell.ok("pattern", "list", "--retired")] == [True]
    assert shell.ok("pattern", "search", "noon") == []
    refused = shell("pattern", "transfer", number, "--place", "Mill", "--owner", "Lead", "--due", "2026-04-01")
    assert refused.code == 2
    shell.ok("pattern", "retire", number, "--back")
    assert shell("pattern", "search").code == 2
