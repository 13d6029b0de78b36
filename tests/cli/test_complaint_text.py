"""`gemba complaint themes|near|language|redact|suggest|code|agreement` as a person uses them."""

from __future__ import annotations

import pytest
from tests.cli.conftest import Shell
from tests.conftest import Clock, reopen
from tests.work.labelling import with_causes, with_labels

from gemba.store import keys

LATE = "My parcel was promised for Monday and it is still not here, nobody answers the phone."


def add(shell: Shell, words: str, *more: str) -> str:
    return shell.ok("complaint", "add", "--words", words, *more)["number"]


@pytest.fixture
def labelled(shell: Shell, ticking: Clock) -> Shell:
    desk = reopen(shell.store, keys.find_key(shell.store, passphrase=None), ticking)
    with_causes(desk)
    with_labels(desk)
    desk.store.close()
    return shell


def test_themes_of_a_set(shell: Shell):
    for at in range(5):
        add(shell, f"The delivery date moved again, {at}.", "--severity", "high")
    for at in range(20):
        add(shell, f"The fee was too high, case {at}.")
    found = shell.ok("complaint", "themes", "--where", "severity=high")
    assert found["themes"][0]["phrase"] == "delivery date moved"
    assert (found["read"], found["compared"]) == (5, 20)
    assert "delivery date moved" in shell("complaint", "themes", "--where", "severity=high").out


def test_near_duplicates_are_named_by_number(shell: Shell):
    first, second = add(shell, LATE), add(shell, LATE + " Please call.")
    found = shell.ok("complaint", "near")
    assert [(one["first_number"], one["second_number"]) for one in found] == [(first, second)]
    shell.ok("complaint", "merge", second, "--into", first)
    assert "No two" in shell("complaint", "near").out


def test_the_language_is_told_and_kept(shell: Shell):
    number = add(shell, "Meine Karte ist immer noch nicht da.")
    assert shell.ok("complaint", "language", number) == {"number": number, "language": "de"}
    assert shell.ok("complaint", "language") == {}


def test_redaction_is_shown_and_kept_only_when_it_is_said(shell: Shell):
    number = add(shell, "Anna Berg, call 0171 1234567.", "--customer", "Anna Berg")
    shown = shell.ok("complaint", "redact", number)
    assert (shown["redacted_words"], shown["redaction"]) == ("[name], call [phone].", "raw")
    kept = shell.ok("complaint", "redact", number, "--check", "--leave", "Anna Berg")
    assert (kept["redacted_words"], kept["redaction"]) == ("Anna Berg, call [phone].", "checked")
    assert shell("complaint", "redact", number, "--propose").code == 2


def test_a_code_is_suggested_chosen_and_the_agreement_told(labelled: Shell):
    number = add(labelled, "I was charged twice, refund the fee and interest on my account")
    offered = labelled.ok("complaint", "suggest", number)["offers"][0]
    assert offered["code"] == "fee"
    assert "Fee (" in labelled("complaint", "suggest", number).out
    kept = labelled.ok("complaint", "code", number, "--of", "cause", "--as", "delay")
    assert (kept["code"], kept["offered"]["code"]) == ("delay", "fee")
    told = labelled.ok("complaint", "agreement", "--minutes", "2", "--check-minutes", "0.5")
    assert (told["n"], told["right"], told["minutes_saved"]) == (1, 0, -0.5)
    assert "0 of 1" in labelled("complaint", "agreement").out


def test_without_labels_suggesting_says_how_many_it_needs_and_coding_goes_on(shell: Shell):
    number = add(shell, LATE)
    said = shell("complaint", "suggest", number)
    assert (said.code, said.out) == (2, "")
    assert "50" in said.err
    kept = shell.ok("complaint", "code", number, "--of", "step", "--as", "delivery")
    assert (kept["code"], kept["offered"], kept["not_asked"]) == ("delivery", None, "methods.labels_too_few")


@pytest.mark.parametrize("asked", [("suggest", "--of", "weather"), ("themes", "--where", "severity"), ("agreement",)])
def test_what_cannot_be_answered_is_one_sentence(shell: Shell, asked: tuple[str, ...]):
    said = shell("complaint", *asked)
    assert said.code == 2
    assert said.err.strip()
    assert said.out == ""
