"""Calibration: the same cases for all, apart; then the anchors anew, and once more."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.work.auditing import another_person, decide, promise
from tests.work.conducting import as_person

from gemba.domain.calibration import CalibrationRating, CalibrationSession, CalibrationState
from gemba.domain.goals import Goal
from gemba.errors import Refusal
from gemba.work.calibration import NewSession, close, close_round, make, rate, to_goal, write_anchors
from gemba.work.calibration_facts import facts_of
from gemba.work.places import add_place

CASES = {f"case-{n}": f"The branch waived the fee of customer {n}." for n in range(1, 9)}
FIRST = {
    "lead": ["contrary", "contrary", "part", "part", "aligned", "aligned", "aligned", "part"],
    "other": ["aligned", "contrary", "contrary", "aligned", "aligned", "part", "aligned", "contrary"],
}
SECOND = {
    "lead": ["contrary", "contrary", "part", "part", "aligned", "aligned", "aligned", "part"],
    "other": ["contrary", "contrary", "part", "part", "aligned", "aligned", "part", "part"],
}
RIGHT = dict(zip(CASES, SECOND["lead"], strict=True))


def session_of(desk, **said: Any) -> str:
    return make(desk, NewSession(**{"title": "Waived fees", "cases": CASES, **said})).uid


def rate_all(desk, session, levels):
    for case, level in zip(CASES, levels, strict=True):
        rate(desk, session, case, level)


def facts(desk, session, viewer=None):
    with desk.reader() as reader:
        return facts_of(reader, session, viewer or desk.person.uid)


@pytest.fixture
def other(desk):
    return as_person(desk, another_person(desk))


def refused(code, function, *arguments):
    with pytest.raises(Refusal) as found:
        function(*arguments)
    assert found.value.code == code


def test_a_session_from_the_first_round_to_what_was_learned(desk, other):
    session = session_of(desk, standards=RIGHT)
    rate_all(desk, session, FIRST["lead"])
    rate_all(other, session, FIRST["other"])
    close_round(desk, session)
    before = facts(desk, session)
    assert (before.rounds[0].is_closed, before.rounds[0].cases, before.change) == (True, 8, None)
    assert before.rounds[0].alpha < 0.667
    assert before.hardest
    write_anchors(desk, session, {"part": "Told late, and put right without being asked"})
    rate_all(desk, session, SECOND["lead"])
    rate_all(other, session, SECOND["other"])
    close(desk, session, "In part means: put right without being asked.")
    after = facts(desk, session)
    first, second = after.rounds
    assert after.session.state is CalibrationState.CLOSED
    assert second.alpha > 0.8 > first.alpha
    assert after.change == pytest.approx(second.alpha - first.alpha)
    assert after.change_low < after.change < after.change_high
    rater = {one.name: one for one in second.raters}["Auditor two"]
    assert (rater.right, rater.of, rater.band.value) == (7, 8, "marginal")
    assert after.session.learned.startswith("In part means")


def test_nobody_sees_the_others_ratings_while_a_round_is_open(desk, other):
    session = session_of(desk, standards=RIGHT)
    rate_all(desk, session, FIRST["lead"])
    rate(other, session, "case-1", "aligned", "Nobody was told")
    mine, theirs = facts(desk, session), facts(desk, session, other.person.uid)
    assert [one.name for one in mine.rounds[0].raters] == [desk.person.name]
    assert (mine.session.standards, mine.rounds[0].raters[0].right) == ({}, None)
    assert (mine.rounds[0].alpha, mine.rounds[0].percent, mine.hardest) == (None, None, ())
    assert set(theirs.rounds[0].levels["case-1"]) == {"Auditor two"}
    assert (len(theirs.left), mine.left) == (7, ())
    assert mine.progress == {desk.person.name: 8, "Auditor two": 1}
    assert facts(desk, session, "nobody").rounds[0].raters == ()


def test_a_rating_may_be_changed_until_the_round_is_closed(desk, other):
    session = session_of(desk)
    rate(desk, session, "case-1", "aligned")
    rate(desk, session, "case-1", "part", "On second thoughts")
    rate(other, session, "case-1", "part")
    with desk.reader() as reader:
        assert [one.level for one in reader.find(CalibrationRating, session=session)] == ["part", "part"]
    close_round(desk, session)
    refused("work.no_round_open", rate, desk, session, "case-1", "aligned")


def test_rounds_follow_one_another_and_only_who_made_it_closes_them(desk, other):
    session = session_of(desk)
    rate(desk, session, "case-1", "part")
    refused("work.too_few_raters", close_round, desk, session)
    rate(other, session, "case-1", "part")
    refused("work.not_your_session", close_round, other, session)
    refused("work.not_at_anchors", write_anchors, desk, session, {"part": "x"})
    refused("work.first_round_open", close, desk, session, "x")
    close_round(desk, session)
    refused("work.first_round_closed", close_round, desk, session)
    refused("work.no_such_level", write_anchors, desk, session, {"green": "x"})
    refused("work.same_anchors", write_anchors, desk, session, {"part": " "})
    refused("work.nothing_learned", close, desk, session, " ")
    write_anchors(desk, session, {"part": "Late"})
    refused("work.too_few_raters", close, desk, session, "Much")
    for who in (desk, other):
        rate(who, session, "case-1", "part")
    close(desk, session, "Much")
    refused("work.session_closed", close, desk, session, "More")
    refused("work.no_such_case", rate, *_open(desk), "no such case", "part")


def _open(desk):
    return desk, session_of(desk)


def test_a_session_may_end_without_a_second_round(desk, other):
    session = session_of(desk)
    for who in (desk, other):
        rate_all(who, session, SECOND["lead"])
    close_round(desk, session)
    close(desk, session, "We see it alike already.")
    found = facts(desk, session)
    assert (len(found.rounds), found.rounds[0].percent, found.rounds[0].alpha) == (1, 1.0, 1.0)


def test_rewritten_anchors_become_a_new_version_of_the_goal(desk, other):
    goal = promise(desk, anchors={"aligned": "Told before they ask", "cannot_tell": "No file"})
    session = session_of(desk, goal=goal)
    with desk.reader() as reader:
        about = reader.get(CalibrationSession, session)
    assert about.anchors == {"aligned": "Told before they ask"}
    for who in (desk, other):
        rate(who, session, "case-1", "part")
    close_round(desk, session)
    refused("work.no_anchors_for_goal", to_goal, desk, session)
    write_anchors(desk, session, {"part": "Told late"})
    made = to_goal(desk, session, date(2026, 4, 1)).uid
    with desk.reader() as reader:
        now = reader.get(Goal, made)
    assert (now.version, now.replaces) == (2, goal)
    assert now.anchors == {"aligned": "Told before they ask", "part": "Told late", "cannot_tell": "No file"}


def test_a_case_may_be_a_decision(desk):
    place = add_place(desk, "Harbour").uid
    uid = decide(desk, place, date(2026, 2, 1), why="No receipt")
    session = session_of(desk, cases={"one": f"decision:{uid}", "two": "Words"})
    said = facts(desk, session).cases["one"]
    assert said.endswith("No refund without the receipt · No receipt")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"title": " "}, "work.session_without_title"),
        ({"levels": ("one",)}, "work.session_levels"),
        ({"levels": ("one", "one")}, "work.session_levels"),
        ({"cases": {"one": "Words"}}, "work.session_cases"),
        ({"cases": {"one": "Words", "two": " "}}, "work.session_case"),
        ({"cases": {"one": "Words", "two": "decision:none"}}, "work.unknown_record"),
        ({"standards": {"case-1": "green"}}, "work.session_standard"),
        ({"standards": {"none": "part"}}, "work.session_standard"),
        ({"anchors": {"green": "x"}}, "work.no_such_level"),
        ({"goal": "none"}, "work.unknown_record"),
    ],
)
def test_what_no_session_can_be_made_of_is_refused(desk, said, code):
    refused(code, lambda: session_of(desk, **said))


def test_few_cases_say_no_alpha(desk, other):
    session = session_of(desk, cases={"case-1": "One", "case-2": "Two"})
    for who in (desk, other):
        rate(who, session, "case-1", "part")
    close_round(desk, session)
    found = facts(desk, session).rounds[0]
    assert (found.cases, found.alpha, found.percent) == (1, None, 1.0)
