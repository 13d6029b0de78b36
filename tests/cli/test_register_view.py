"""`gemba register view|check|propose` and `gemba report register`: registers from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import Shell
from tests.conftest import Clock, reopen
from tests.work.registering import everything

from gemba.kinds.registers.registry import ALL
from gemba.work.register_views import VIEWS


@pytest.fixture
def full(shell: Shell, prepared_store: tuple[Path, bytes], ticking: Clock) -> Shell:
    desk = reopen(shell.store, prepared_store[1], ticking)
    everything(desk)
    desk.store.close()
    return shell


@pytest.mark.parametrize("code", list(VIEWS))
def test_what_follows_is_shown_in_words_and_as_json(full: Shell, code: str) -> None:
    found = full.ok("register", "view", code)
    assert found["register"] == code
    assert set(found) == {"register", "title", "facts", "gaps", "proposals"}
    assert found["facts"]
    said = full("register", "view", code)
    assert said.code == 0
    assert found["title"] in said.out
    assert all(gap["words"] in said.out for gap in found["gaps"])


def test_the_list_is_grouped_and_says_how_each_stands(full: Shell) -> None:
    found = {one["code"]: one for one in full.ok("register", "list")}
    assert set(found) == set(ALL)
    assert found["maturity"]["entries"] == 6
    assert "Guardrails for decisions" in full("register", "list").out
    assert "Practice" in full("register", "show", "maturity").out
    assert full.ok("register", "show", "maturity")["family"] == "change"


def test_what_is_asked_of_a_view(full: Shell) -> None:
    assert full.ok("register", "view", "metric_audit", "--outcome", "csat", "--lags", "1")["facts"]["lags"] == 1
    there = full.ok("register", "view", "maturity", "--place", "Hill")["facts"]["places"]
    assert [one["name"] for one in there] == ["Hill"]
    turned = full.ok("register", "view", "journey_alignment", "--journey", "Handling", "--process", "The customer")
    assert turned["facts"]["journey"]["title"] == "Handling a request"
    for arguments, sentence in (
        (("metric_audit", "--outcome", "nothing"), "nothing"),
        (("metric_audit", "--lags", "-1"), "-1"),
        (("maturity", "--place", "Nowhere"), "Nowhere"),
        (("trade_off",), "has its entries and no view"),
        (("journey_alignment", "--journey", "Handling", "--process", "Handling"), "cannot be laid beside itself"),
    ):
        said = full("register", "view", *arguments)
        assert said.code == 2
        assert sentence in said.err
        assert "Nowhere" not in str(full.ok("place", "list")), "asking makes no place"


def test_what_is_wanting_is_listed(full: Shell) -> None:
    found = full.ok("register", "check")
    assert set(found) == set(VIEWS)
    assert {gap["code"] for gap in found["ownership"]} == {"no_owner", "two_owners"}
    assert set(full.ok("register", "check", "ownership")) == {"ownership"}
    assert "more than one owner" in full("register", "check").out
    assert "Nothing is wanting" in full("register", "check", "behaviour_adoption").out


def test_proposals_are_listed_and_written(full: Shell) -> None:
    keys = [one["key"] for one in full.ok("register", "propose", "metric_audit")]
    assert sorted(keys) == ["csat", "first", "flat", "handled", "noise", "silent"]
    assert "flat" in full("register", "propose", "metric_audit").out
    assert len(full.ok("register", "propose", "metric_audit", "flat", "noise")) == 2
    assert len(full.ok("register", "propose", "metric_audit", "--all")) == 4
    assert full.ok("register", "propose", "metric_audit") == []
    assert "Nothing is proposed" in full("register", "propose", "metric_audit").out
    assert full("register", "propose", "metric_audit", "flat").code == 2


@pytest.mark.parametrize("code", ["metric_audit", "maturity", "trade_off"])
def test_a_register_is_printed(full: Shell, tmp_path: Path, code: str) -> None:
    out = tmp_path / "register.pdf"
    assert full.ok("report", "register", code, "--out", out)["pages"] >= 1
    assert out.read_bytes().startswith(b"%PDF")
    assert full("report", "register", "nothing", "--out", tmp_path / "x.pdf").code == 2
    assert not (tmp_path / "x.pdf").exists()


def test_an_entry_is_refused_in_words(full: Shell) -> None:
    said = full(
        *("register", "add", "exception_standard", "--title", "Late refund", "--field", "code=late"),
        *("--field", "scenario=refund", "--field", "role=Adviser", "--field", "condition=No fault of theirs"),
        *("--field", "valid_from=2026-06-01", "--field", "valid_until=2026-01-01"),
    )
    assert said.code == 2
    assert "“Valid until” (2026-01-01) cannot come before “Valid from” (2026-06-01)" in said.err


def test_an_impact_is_not_scored_without_evidence(shell: Shell) -> None:
    said = ("--title", "New form", "--field", "what=One form instead of two", "--field", "gate=design")
    refused = shell("register", "add", "impact_assessment", *said, "--field", "impact=4")
    assert refused.code == 2
    assert "Evidence for the impact" in refused.err
    made = shell.ok(
        *("register", "add", "impact_assessment", *said, "--field", "impact=4"),
        *("--field", "impact_evidence=Review of March: 41 of 60 complaints"),
    )
    number = made["entry"]["number"]
    assert shell("register", "change", number, "--field", "impact_evidence=").code == 2
    assert shell("register", "change", number, "--field", "reach=900").code == 2
