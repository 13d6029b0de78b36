"""`gemba rotation` and `gemba promise`: from a fair plan to a sheet that tells the team what was kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Shell

SAID = ("--said", "The second counter never opens at noon.", "--to", "the counter team", "--role", "Head of operations")


def planned(shell: Shell, *more: str) -> Any:
    shell.ok("place", "add", "Harbour")
    made = shell.ok("rotation", "plan", "--place", "Harbour", "--role", "Front counter", "--on", "2026-03-02", *more)
    return made["rotation"]


def promised(shell: Shell, *more: str, due: str = "2026-03-20") -> Any:
    made = shell.ok("promise", "add", *SAID, "--text", "A second counter opens at noon.", "--due", due, *more)
    return made["commitment"]


def test_it_counts_with_its_observation_record_only(shell: Shell) -> None:
    number = planned(shell, "--shift", "early")["number"]
    begun = shell.ok("rotation", "start", number)
    assert begun["rotation"]["rotation"]["state"] == "begun"
    assert begun["arrival"]["looks"] == []
    without = shell("rotation", "finish", number)
    assert without.code == 2
    assert "has begun no observation record at Harbour since arriving" in without.err
    shell.ok("assess", "start", "customer_friction_observation", "--place", "Harbour")
    promised(shell, "--rotation", number)
    done = shell.ok("rotation", "finish", number)
    assert (done["counts"], done["rotation"]["state"]) == (True, "done")
    assert [one["state"] for one in done["promised"]] == ["open"]
    said = shell("rotation", "arrival", "Harbour").out
    assert "Front counter" in said
    assert "A second counter opens at noon." in said
    assert shell("rotation", "cancel", number, "--reason", "Too late for it.").code == 2


def test_a_plan_is_proposed_taken_over_moved_and_called_off(shell: Shell, tmp_path: Path) -> None:
    shell.ok("place", "add", "Harbour")
    nobody = shell("rotation", "propose", "--role", "Front counter")
    assert nobody.code == 2
    assert nobody.err.startswith("No leader is known here")
    shell.ok("person", "set", "--role", "leader")
    (one,) = shell.ok("rotation", "propose", "--role", "Front counter", "--quarter", "2026-Q2")
    assert (one["place"], one["stint"]["planned_on"]) == ("Harbour", "2026-04-01")
    assert shell.ok("rotation", "list") == []
    shell.ok("rotation", "propose", "--role", "Front counter", "--quarter", "2026-Q2", "--take")
    (kept,) = shell.ok("rotation", "list", "--quarter", "2026-Q2", "--state", "planned")
    assert shell("rotation", "move", kept["number"], "--on", "2026-04-08").code == 2
    shell.ok("rotation", "move", kept["number"], "--on", "2026-04-08", "--reason", "The site takes stock.")
    assert shell.ok("rotation", "show", kept["number"])["rotation"]["planned_on"] == "2026-04-08"
    found = shell.ok("rotation", "coverage", "--quarter", "2026-Q2", "--out", tmp_path / "coverage.csv")
    assert [site["place"] for site in found["sites"]] == ["Harbour"]
    assert "1 planned" in (tmp_path / "coverage.csv").read_text("utf-8-sig")
    assert "Nobody has been at" in shell("rotation", "coverage").out
    shell.ok("rotation", "cancel", kept["number"], "--reason", "The leader is ill.")
    assert "called off – The leader is ill." in shell("rotation", "list").out
    assert shell("rotation", "coverage", "--quarters", "99").code == 2
    assert shell("rotation", "coverage", "--quarter", "spring").code == 2


def test_promises_are_kept_or_told_why_not_and_printed_for_the_team(shell: Shell, tmp_path: Path) -> None:
    shell.ok("place", "add", "Harbour")
    first, second, third = (promised(shell, "--place", "Harbour")["number"] for _ in range(3))
    shell.ok("promise", "keep", first, "--outcome", "It has opened since Monday.")
    shell.ok("promise", "break", second, "--reason", "The region lends nobody.")
    shell.ok("promise", "withdraw", third, "--reason", "The counter is given up.")
    promised(shell, "--place", "Harbour", "--on", "2026-02-01", due="2026-02-20")
    assert [one["state"] for one in shell.ok("promise", "list", "--state", "overdue")] == ["overdue"]
    shares = shell.ok("promise", "list", "--shares")["whole"]
    assert (shares["kept"], shares["broken"], shares["overdue"]) == (1, 1, 1)
    assert "1 of 3, too few to say" in shell("promise", "list", "--shares").out
    made = shell.ok("promise", "sheet", "--place", "Harbour", "--out", tmp_path / "sheet.pdf")
    assert made["pages"] == 1
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    shell.ok("rotation", "arrival", "Harbour", "--out", tmp_path / "arrival.pdf")
    assert (tmp_path / "arrival.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--due", "2026-02-01"), "cannot be due on 2026-02-01 before it"),
        (("--due", "2026-03-09", "--place", "Nowhere"), "Nowhere"),
        (("--due", "2026-03-09", "--said", "n/a"), "Write what they said"),
        (("--due", "yesterday"), "yesterday"),
        ((), "--due"),
    ],
)
def test_promises_that_do_not_stand_up_are_refused(shell: Shell, more: tuple[str, ...], said: str) -> None:
    shell.ok("place", "add", "Harbour")
    asked = shell("promise", "add", *SAID, "--text", "A second counter opens.", "--place", "Harbour", *more)
    assert asked.code == 2
    assert said in asked.err
