"""`gemba sample`: drawn, shown, proved, and drawn again."""

from __future__ import annotations

import pytest
from tests.conftest import reopen
from tests.work.auditing import decide
from tests.work.sampling import BEGINS, audit_of, items, region

from gemba.domain.samples import Sample, SampleItem


@pytest.fixture
def drawing(shell, prepared_store, ticking):
    """The shell, an audit's number, and a function that changes the store behind it."""

    def at(change):
        desk = reopen(shell.store, prepared_store[1], ticking)
        try:
            return change(desk)
        finally:
            desk.store.close()

    def make(desk):
        made = region(desk)
        return made, audit_of(desk, made.audit).number

    made, number = at(make)
    return shell, number, made, at


def test_a_sample_from_draw_to_proof(drawing):
    shell, number, made, at = drawing
    shown = shell.ok("sample", "draw", number, "--method", "simple", "--n", "13", "--seed", "one", "--double", "0.2")
    assert (shown["facts"]["sample"]["count"], len(shown["items"])) == (13, 13)
    assert sum(one["is_double"] for one in shown["items"]) == 3
    words = shell("sample", "show", number).out
    assert "13 of 40 decisions: simple random sample" in words
    assert "still allows 20.6\u00a0% bad ones" in words
    assert "Two auditors judge 3 of them" in words
    assert shell.ok("sample", "redraw", number)["is_same"]
    at(lambda desk: decide(desk, made.place, BEGINS))
    assert "1 decision was recorded after it" in shell("sample", "redraw", number).out
    again = ("sample", "draw", number, "--method", "all")
    assert shell(*again).code == 2
    shell.ok(*again, "--reason", "late decisions")
    assert [line["count"] for line in shell.ok("sample", "list", "--audit", number)] == [41, 13]
    first = shown["facts"]["sample"]["uid"]
    assert "late decisions" in shell("sample", "show", first).out


def test_strata_spreads_and_filters_are_named_by_people(drawing):
    shell, number, _, _ = drawing
    shown = shell.ok(
        *("sample", "draw", number, "--method", "neyman", "--strata", "place", "--n", "12"),
        *("--spread", "Harbour=0.5", "--spread", "station=0.1", "--spread", "Market=0.1"),
        *("--where", "place=Region North", "--where", "scenario=refund"),
    )
    drawn = {one["name"]: one["drawn"] for one in shown["facts"]["strata"]}
    assert drawn == {"Harbour": 6, "Station": 3, "Market": 3}
    assert "Harbour" in shell("sample", "show", number).out


def test_an_acceptance_plan_says_that_it_only_accepts_or_rejects(drawing):
    shell, number, _, _ = drawing
    said = shell("sample", "draw", number, "--method", "acceptance", "--aql", "10")
    assert "rejected with 3 or more" in said.out
    assert "does not tell how many are bad" in said.out


def test_a_sample_that_was_tampered_with_is_refused(drawing):
    shell, number, _, at = drawing
    shell.ok("sample", "draw", number, "--method", "simple", "--n", "10")

    def tamper(desk):
        with desk.reader() as reader:
            sample = reader.find(Sample)[0]
        with desk.unit() as unit:
            unit.change(SampleItem, items(desk, sample)[0].uid, position=99)

    at(tamper)
    said = shell("sample", "redraw", number)
    assert (said.code, "not the same sample" in said.err) == (2, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ("draw", "{number}", "--method", "discovery"),
        ("draw", "{number}", "--method", "simple", "--n", "5", "--where", "scenario"),
        ("draw", "{number}", "--method", "simple", "--n", "5", "--where", "place=Nowhere"),
        ("draw", "{number}", "--method", "neyman", "--strata", "role", "--n", "5", "--spread", "Branch lead=much"),
        ("draw", "Q-NONE", "--method", "all"),
        ("show", "{number}"),
        ("redraw", "{number}"),
        ("keep", "no such sample", "--reason", "x"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(drawing, arguments):
    shell, number, _, _ = drawing
    said = shell("sample", *(part.format(number=number) for part in arguments))
    assert (said.code, said.out) == (2, "")
    assert said.err.count("\n") == 1


def test_an_audit_is_shared_with_its_sample(drawing, tmp_path):
    shell, number, _, _ = drawing
    shell.ok("sample", "draw", number, "--method", "simple", "--n", "10")
    shell.ok("take-in", shell.ok("hq", "init", "--store", tmp_path / "hq", store=False)["file"])
    share = ("pack", "share", "--with", "headquarters", "--out", tmp_path)
    shared = shell.ok(*share, "--audit", number)
    assert shared["operations"] >= 22  # audit, sample, ten items, ten decisions
    assert shared["blobs"] >= 1
    assert shell(*share).code == 2
    assert shell(*share, "--calibration", "B-NONE").code == 2
