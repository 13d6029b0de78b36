"""How far two auditors agree: per audit and goal, per pair and auditor, with the words for it."""

from __future__ import annotations

from typing import Any

import pytest
from tests.work.auditing import judge
from tests.work.conducting import as_person, ready

from gemba.domain.judgements import AlignmentVerdict, Judgement
from gemba.domain.places import Place
from gemba.domain.programmes import Audit
from gemba.errors import Refusal
from gemba.methods.agreement.krippendorff import Level, krippendorff
from gemba.work.agreement import Strength, of_audit, of_auditors, of_verdicts, strength_of
from gemba.work.agreement_words import alpha_words, percent_words, sentences

A, P, C, X = AlignmentVerdict  # aligned, in part, contrary, cannot tell


def judged(desk, said, **fields: Any) -> str:
    """An audit in which two judged so many decisions against one goal, and handed in."""
    made = ready(desk, decisions=len(said), goals=1, double=len(said), **fields)
    now = desk.clock()
    for decision, (lead, second) in zip(made.decisions, said, strict=True):
        judge(desk, made.audit, decision, made.goals[0], lead, handed_in_at=now)
        other = as_person(desk, made.second)
        judge(other, made.audit, decision, made.goals[0], second, is_lead=False, handed_in_at=now)
    return made.audit


def agreement(desk, audit: str):
    with desk.reader() as reader:
        return of_audit(reader, audit)


def test_alpha_is_ordinal_and_cannot_tell_is_no_place_in_the_order(desk):
    said = [(A, A)] * 8 + [(A, P)] * 3 + [(C, C)] * 3 + [(P, C), (X, A), (X, X)]
    found = agreement(desk, judged(desk, said)).overall
    place = {C: 1, P: 2, A: 3, X: None}
    ordinal = krippendorff([[place[a], place[b]] for a, b in said], Level.ORDINAL).alpha
    nominal = krippendorff([[a.value, b.value] for a, b in said], Level.NOMINAL).alpha
    assert (found.alpha, found.nominal, found.cases, found.told) == (ordinal, nominal, 17, 15)
    assert (found.alike, found.percent) == (12, 12 / 17)
    assert found.prevalence["aligned"] == 20 / 34
    assert found.low < found.alpha < found.high
    assert any("2 cases are left out of alpha" in words for words in sentences(found))


def test_the_same_verdicts_give_the_same_interval(desk):
    said = [(A, A)] * 8 + [(A, P)] * 3 + [(C, C)] * 3
    one = of_verdicts(said)
    assert (one.low, one.high) == (of_verdicts(said).low, of_verdicts(said).high)


@pytest.mark.parametrize(
    ("alpha", "told", "strength"),
    [
        (0.80, 10, Strength.RELIABLE),
        (0.799, 10, Strength.TENTATIVE),
        (0.667, 10, Strength.TENTATIVE),
        (0.666, 10, Strength.LOW),
        (1.0, 9, Strength.TOO_FEW),
        (None, 30, Strength.ALL_ALIKE),
    ],
)
def test_how_alpha_is_read(alpha, told, strength):
    assert strength_of(alpha, told) is strength


def test_too_few_cases_say_nothing_but_their_counts(desk):
    found = agreement(desk, judged(desk, [(A, A)] * 8 + [(A, C)])).overall
    assert (found.strength, found.alpha, found.low, found.nominal) == (Strength.TOO_FEW, None, None, None)
    assert (alpha_words(found), percent_words(found)) == ("–", "8 of 9 (89\u00a0%)")


def test_verdicts_that_are_all_the_same_are_told_as_that(desk):
    found = agreement(desk, judged(desk, [(A, A)] * 12)).overall
    assert (found.strength, found.alpha, found.percent) == (Strength.ALL_ALIKE, None, 1.0)


def test_each_goal_is_told_by_its_code(desk):
    made = ready(desk, decisions=12, goals=2, double=12)
    now, other = desk.clock(), as_person(desk, made.second)
    for decision in made.decisions:
        for goal, second in zip(made.goals, ("aligned", "contrary"), strict=True):
            judge(desk, made.audit, decision, goal, "aligned", handed_in_at=now)
            judge(other, made.audit, decision, goal, second, is_lead=False, handed_in_at=now)
    found = agreement(desk, made.audit)
    assert [(one.key, one.percent) for one in found.by_goal] == [("goal-1", 1.0), ("goal-2", 0.0)]
    assert (found.overall.cases, found.unsettled) == (24, 12)


def test_nothing_is_told_while_it_is_blind(desk):
    audit = judged(desk, [(A, A)] * 12)
    with desk.reader() as reader:
        own = reader.find(Judgement, audit=audit, is_lead=False)
    with desk.unit() as unit:
        for one in own:
            unit.change(Judgement, one.uid, handed_in_at=None)
    with pytest.raises(Refusal, match=r"work\.still_blind"):
        agreement(desk, audit)
    with desk.reader() as reader:
        assert of_auditors(reader).overall is None


def test_one_auditor_agrees_with_nobody(desk):
    audit = judged(desk, [(A, A)])
    with desk.unit() as unit:
        unit.change(Audit, audit, second=None)
    with pytest.raises(Refusal, match=r"work\.judged_by_one"):
        agreement(desk, audit)


def test_auditors_are_told_across_audits(desk):
    judged(desk, [(A, A)] * 6 + [(C, C)] * 6)
    with desk.reader() as reader:
        first = reader.find(Audit)[0]
    with desk.unit() as unit:
        unit.change(Place, first.place, name="Harbour North")
    judged(desk, [(A, C)] * 3 + [(C, C)] * 6)
    with desk.reader() as reader:
        found = of_auditors(reader)
        none = of_auditors(reader, quarters=("2025-Q1",))
    assert (found.overall.cases, found.overall.alike) == (21, 18)
    assert sorted(one.cases for one in found.pairs) == [9, 12]
    lead = next(one for one in found.auditors if one.key == desk.person.uid)
    assert (lead.cases, len(found.auditors)) == (21, 3)
    assert none.overall is None


def test_the_published_example_stands_behind_the_numbers():
    """Krippendorff 2011, nominal and ordinal: 0.743 and 0.815."""
    raters = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, None],
        [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 3],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    ]
    units = list(zip(*raters, strict=True))
    assert round(krippendorff(units, Level.NOMINAL).alpha, 3) == 0.743
    assert round(krippendorff(units, Level.ORDINAL).alpha, 3) == 0.815
