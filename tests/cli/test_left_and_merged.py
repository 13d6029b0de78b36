"""`gemba person waiting|give` and `gemba place merge|part`."""

from __future__ import annotations

from tests.cli.conftest import Shell


def test_what_waits_for_who_left_is_listed_and_given_on(shell: Shell) -> None:
    shell.ok("place", "add", "Harbour branch")
    for name in ("Old hand", "New hand"):
        shell.ok("person", "add", "--name", name, "--role", "leader")
    rule = ("--rule", "FREQ=MONTHLY", "--starts", "2026-01-01", "--subject", "review", "--owner", "Old hand")
    shell.ok("schedule", "add", "Review", *rule)
    assert shell.ok("person", "waiting") == []
    assert shell("person", "give", "Old hand", "--to", "New hand").code == 2
    shell.ok("person", "leave", "Old hand")
    assert [one["title"] for one in shell.ok("person", "waiting")] == ["Review"]
    assert "Review" in shell("person", "waiting", "Old hand").out
    assert shell.ok("person", "give", "Old hand", "--to", "New hand")["given"] == 1
    assert "Nothing waits" in shell("person", "waiting").out


def test_a_place_goes_on_in_another_and_back(shell: Shell) -> None:
    for name in ("Old town", "New town"):
        shell.ok("place", "add", name)
    merged = shell.ok("place", "merge", "Old town", "--into", "New town")
    assert merged["merged_into"] == merged["parent"]
    said = shell("place", "merge", "New town", "--into", "Old town")
    assert (said.code, "goes on in the other place already" in said.err) == (2, True)
    assert shell.ok("place", "part", "Old town")["merged_into"] is None
