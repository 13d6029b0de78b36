"""`gemba timestudy`: begun with its elements, watched cycle by cycle, told, fed to the map, exported."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import Shell

ELEMENTS = ("-e", "Greet=value_adding", "-e", "Check=necessary", "-e", "Wait=wait")


@pytest.fixture
def study(shell: Shell) -> str:
    shell.ok("map", "make", "Account")
    shell.ok("map", "step", "add", "Account", "--code", "open", "--title", "Opening")
    made = shell.ok(
        *("timestudy", "start", "Open an account", "--place", "Harbour branch", *ELEMENTS),
        *("--map", "Account", "--demand", "60", "--available", "2 h", "--role", "Clerk"),
    )
    assert [each["element"]["title"] for each in made["elements"]] == ["Greet", "Check", "Wait"]
    return str(made["study"]["number"])


def test_a_study_from_the_first_lap_to_the_map(shell: Shell, study: str, tmp_path: Path) -> None:
    shell.ok("timestudy", "lap", study, "20", "30", "40")
    shell.ok("timestudy", "lap", study, "24,5", "30", "44")
    shell.ok("timestudy", "lap", study, "greet=90", "Check=31", "Wait=41")
    told = shell.ok("timestudy", "leave-out", study, "Greet:3", "--why", "A call between")
    assert told["elements"][0]["median"] == pytest.approx(22.25)
    said = shell("timestudy", "show", study).out
    assert "Takt: 2 min" in said
    assert "Process-cycle efficiency on this path: 23.9 %" in said
    assert "Fewer than 10 cycles" in said
    for title in ("Greet", "Check", "Wait"):
        shell.ok("timestudy", "element", study, title, "--step", "open")
    ended = shell.ok("timestudy", "finish", study, "--feed-map")
    assert (ended["steps"][0]["now"]["wait"], ended["steps"][0]["then"]["wait"]) == (None, 41)
    assert shell.ok("map", "show", "Account")["steps"][0]["cycle"] == pytest.approx(52.25)
    shell.ok("timestudy", "export", study, "--out", tmp_path / "times.csv")
    rows = (tmp_path / "times.csv").read_text(encoding="utf-8-sig").splitlines()
    assert rows[0] == "Cycle,Element,Category,Step,Seconds,Left out because"
    assert len(rows) == 10
    assert [one["number"] for one in shell.ok("timestudy", "list")] == [study]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("lap", "STUDY", "20", "thirty", "40"), "thirty is no time of an element"),
        (("lap", "STUDY", "1", "2", "3", "4"), "4 is no time of an element"),
        (("lap", "STUDY", "0"), "0.0 is no seconds; give a number above 0"),
        (("leave-out", "STUDY", "Greet:9", "--why", "x"), "Greet:9"),
        (("start", "Work", "--place", "Harbour branch", "-e", "Greet=fun"), "Greet=fun is no element"),
        (("finish", "STUDY"), "No time has been taken yet"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(
    shell: Shell, study: str, arguments: tuple[str, ...], words: str
) -> None:
    said = shell("timestudy", *(study if one == "STUDY" else one for one in arguments))
    assert (said.code, said.out) == (2, "")
    assert words in said.err


def test_a_study_is_changed_put_in_order_fed_after_a_look_and_printed(shell: Shell, study: str, tmp_path: Path) -> None:
    changed = shell.ok("timestudy", "change", study, "--role", "Front desk", "--lead-time", "5 min")
    assert (changed["study"]["role"], changed["lead_time"]) == ("Front desk", 300)
    moved = shell.ok("timestudy", "element", study, "Wait", "--before", "Greet", "--step", "open")
    assert [one["element"]["title"] for one in moved["elements"]] == ["Wait", "Greet", "Check"]
    shell.ok("timestudy", "lap", study, "40", "20", "30")
    assert shell("timestudy", "element", study, "Wait", "--before", "Nothing").code == 2
    looked = shell.ok("timestudy", "feed", study, "--dry-run")
    assert (looked["taken_over"], looked["steps"][0]["then"]["wait"]) == (False, 40)
    assert shell.ok("map", "show", "Account")["steps"][0]["wait"] is None
    assert "40 s" in shell("timestudy", "feed", study).out
    assert shell.ok("map", "show", "Account")["steps"][0]["wait"] == 40
    assert "The map says so already." in shell("timestudy", "feed", study, "--dry-run").out
    shell.ok("timestudy", "print", study, "--out", tmp_path / "times.pdf")
    assert (tmp_path / "times.pdf").read_bytes().startswith(b"%PDF")
    shell.ok("timestudy", "finish", study)
    assert shell.ok("timestudy", "go-on", study)["study"]["ended_at"] is None
