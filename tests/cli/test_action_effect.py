"""`gemba action verify`, `live`, `reopen` and `check`: an action is followed until its change is seen to hold."""

from __future__ import annotations

import pytest
from tests.cli.conftest import Shell


@pytest.fixture
def action(shell: Shell) -> str:
    """Number of a corrective action that is done."""
    template = next(one for one in shell.ok("template", "list") if one["kind"] == "walk")
    walk = shell.ok("assess", "start", template["uid"], "--place", "Harbour branch")
    finding = shell.ok(
        *("finding", "raise", walk["uid"], "--grade", "major", "--criterion", "Told in time", "--text", "Nobody called")
    )
    made = shell.ok(
        *("action", "add", finding["number"], "--text", "Call by a list", "--owner", "Lead", "--due", "2099-01-01"),
        *("--kind", "corrective"),
    )
    done = shell.ok("action", "done", made["number"], "--proof", "It hangs at the desk")
    assert done["live_on"] is not None
    return str(made["number"])


def test_a_change_is_verified_and_checked_until_it_regresses(shell: Shell, action: str) -> None:
    said = shell(
        *(
            "action",
            "verify",
            action,
            "--helped",
            "--how",
            "No complaint",
            "--similar",
            "no",
            "--where",
            "All four branches",
        )
    )
    assert (said.code, said.out) == (0, f"{action} helped.\n")
    waiting = shell.ok("action", "check", "list", "--within", "100")
    assert [one["days"] for one in waiting] == [30, 60, 90]
    assert shell.ok("action", "check", "list") == []
    assert shell.ok("action", "check", "begin", action, "60")["assessment"]
    shell.ok("action", "check", "look", action, "30", "--result", "holds")
    said = shell("action", "check", "look", action, "60", "--result", "regressed", "--note", "An old list")
    assert f"{action} is open again." in said.out
    again = shell.ok("action", "reopen", action, "--because", "Looked once more")
    assert (again["state"], again["reopened"]) == ("open", 2)
    told = shell("action", "check", "list", "--action", action).out
    assert "as it was before" in told
    assert "An old list" in told


def test_what_did_not_help_is_open_again(shell: Shell, action: str) -> None:
    said = shell(
        *("action", "verify", action, "--did-not-help", "--how", "As many complaints"),
        *("--similar", "yes", "--where", "Also at the kiosk"),
    )
    assert said.out == f"{action} did not help and is open again.\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("verify", "ACTION", "--how", "x", "--similar", "no", "--where", "x"), "Say whether the action helped"),
        (("verify", "ACTION", "--helped", "--how", "x", "--similar", "maybe", "--where", "x"), "with yes or no"),
        (("live", "ACTION", "--on", "2099-01-01"), "still to come"),
        (("check", "look", "ACTION", "45", "--result", "holds"), "no check after 45 days"),
        (("check", "look", "ACTION", "30", "--result", "partly"), "does not hold fully"),
    ],
)
def test_what_makes_no_sense_is_refused(shell: Shell, action: str, arguments: tuple[str, ...], words: str) -> None:
    said = shell("action", *(action if one == "ACTION" else one for one in arguments))
    assert (said.code, said.out) == (2, "")
    assert words in said.err
