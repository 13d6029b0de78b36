"""`gemba finding` and `gemba action photo`: contained, put right, looked for elsewhere, found again, shown in pairs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Shell

from gemba.shipped import resource

TOLD = ("--grade", "major", "--criterion", "Told in time", "--text", "Nobody called")


@pytest.fixture
def walk(shell: Shell) -> str:
    template = next(one for one in shell.ok("template", "list") if one["kind"] == "walk")
    return str(shell.ok("assess", "start", template["uid"], "--place", "Harbour branch")["uid"])


@pytest.fixture
def photo() -> Path:
    return Path(str(resource("demo", "sign-behind-the-plant.jpg")))


def raised(shell: Shell, walk: str, *said: str | Path) -> Any:
    return shell.ok("finding", "raise", walk, *TOLD, *said)


def test_a_finding_is_contained(shell: Shell, walk: str) -> None:
    said = shell("finding", "raise", walk, *TOLD)
    assert "not contained yet" in said.out
    (line,) = shell.ok("finding", "list")
    assert line["contained"] == ""
    assert "not yet" in shell("finding", "list").out
    number = line["number"]
    assert f"{number} is contained since" in shell("finding", "contain", number, "--what", "All are called").out
    (line,) = shell.ok("finding", "list")
    assert (line["contained"], bool(line["contained_at"])) == ("All are called", True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("contain", "FINDING", "--what", " "), "Say in a sentence what was done at once"),
        (("contain", "FINDING", "--what", "x", "--at", "2020-01-01 10:00"), "cannot lie before that day"),
        (("contain", "FINDING", "--what", "x", "--at", "2099-01-01 10:00"), "still to come"),
        (("put-right", "FINDING"), "or add a photo"),
        (("similar", "FINDING", "--answer", "no"), "say where it was looked"),
        (
            ("similar", "FINDING", "--answer", "no", "--where", "x", "--look", "Harbour branch"),
            "go with the answer yes",
        ),
        (("recurrence", "--place", "Harbour branch"), "--step, --cause, or both"),
        (("recurrence", "--place", "Nowhere", "--step", "greet"), "Nowhere"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(
    shell: Shell, walk: str, arguments: tuple[str, ...], words: str
) -> None:
    number = raised(shell, walk)["number"]
    said = shell("finding", *(number if one == "FINDING" else one for one in arguments))
    assert (said.code, said.out) == (2, "")
    assert words in said.err


def test_put_right_on_the_spot_is_one_step(shell: Shell, walk: str, photo: Path) -> None:
    made = raised(shell, walk, "--photo", photo, "--put-right", "Sign moved", "--after", photo)
    (action,) = shell.ok("action", "list")
    assert (action["state"], action["sort"], action["finding"]) == ("done", "correction", made["uid"])
    (pair,) = shell.ok("action", "photo", action["number"])
    assert pair["after"]["beside"] == pair["before"]["uid"]
    assert made["state"] == "open"
    said = shell("finding", "similar", made["number"], "--answer", "no", "--where", "Looked at the kiosk")
    assert said.out == f"{made['number']} is closed.\n"


def test_done_tells_what_keeps_the_finding_open(shell: Shell, walk: str) -> None:
    finding = raised(shell, walk)["number"]
    words = ("--text", "Call", "--owner", "Lead", "--due", "2099-01-01")
    made = shell.ok("action", "add", finding, "--kind", "correction", *words)
    said = shell("action", "done", made["number"], "--proof", "All called")
    assert f"gemba finding similar {finding}" in said.out
    shell.ok("place", "add", "Hill")
    said = shell("finding", "similar", finding, "--answer", "yes", "--look", "Hill")
    assert said.out == f"{finding} is closed. The next walk at 1 place is asked to look.\n"
    (alert,) = shell.ok("alert", "list")
    assert "Nobody called" in alert["question"]


def test_what_was_found_before_is_told(shell: Shell, walk: str) -> None:
    coded = ("--step", "greet", "--cause", "no_staff")
    assert raised(shell, walk, *coded)["recurrence"]["count"] == 0
    again = raised(shell, walk, *coded)["recurrence"]
    assert (again["count"], len(again["earlier"])) == (1, 1)
    said = shell("finding", "recurrence", "--place", "Harbour branch", *coded)
    assert "The same step and cause at this place: 2 times in the last 12 months" in said.out
    assert "Nothing was done about it." in said.out


def test_photos_of_after_stand_beside_those_of_before(shell: Shell, walk: str, photo: Path, tmp_path: Path) -> None:
    made = raised(shell, walk, "--photo", photo)
    action = shell.ok("action", "add", made["number"], "--text", "Move", "--owner", "Lead", "--due", "2099-01-01")
    (pair,) = shell.ok("action", "photo", action["number"])
    assert (pair["before"]["name"], pair["after"]) == (photo.name, None)
    shell.ok("action", "photo", action["number"], "--after", photo)
    (pair,) = shell.ok("action", "photo", action["number"])
    assert pair["after"]["stance"] == "after"
    words = tmp_path / "words.txt"
    words.write_text("no picture")
    said = shell("action", "photo", action["number"], "--after", words)
    assert (said.code, "cannot be shown as a picture" in said.err) == (2, True)
    said = shell("action", "photo", action["number"], "--after", photo, "--beside", "nothing")
    assert (said.code, "no photo of how it was" in said.err) == (2, True)


def test_nobody_who_left_gets_an_action(shell: Shell, walk: str) -> None:
    finding = raised(shell, walk)["number"]
    me = shell.ok("person", "show")["name"]
    assert shell("person", "leave", me).code == 2
    assert shell("person", "leave", "Nobody At All").code == 2
    early = shell("action", "add", finding, "--text", "Call", "--owner", "Lead", "--due", "2020-01-01")
    assert (early.code, "give a later day" in early.err) == (2, True)


def test_an_action_on_a_nonconformity_is_corrective_unless_said_otherwise(shell: Shell, walk: str) -> None:
    words = ("--text", "Call", "--owner", "Lead", "--due", "2099-01-01")
    for grade, kind in (("major", "corrective"), ("minor", "corrective"), ("opportunity", "improvement")):
        made = shell.ok("finding", "raise", walk, "--grade", grade, "--text", f"One {grade}", "--criterion", "None")
        assert shell.ok("action", "add", made["number"], *words)["sort"] == kind
    action = shell.ok("action", "list")[0]["number"]
    said = shell("action", "done", action, "--proof", "All called")
    assert f"gemba action verify {action}" in said.out
