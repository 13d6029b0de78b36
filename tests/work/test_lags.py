"""From what customers say to what is changed: open ones count, and are never dropped."""

from __future__ import annotations

import pytest
from tests.work.following import START, action, analysis, complaint, day, keep

from gemba.domain.complaint_reviews import ComplaintReview
from gemba.domain.vocabularies import Facet, Vocabulary
from gemba.errors import Refusal
from gemba.methods.survival import kaplan_meier
from gemba.work.desk import Desk
from gemba.work.lags import STAGES, Lag, LagQuestion, Stage, lags
from gemba.work.places import add_place
from gemba.work.which_complaints import Which


def by_stage(desk: Desk, **asked: object) -> dict[Stage, Lag]:
    found = lags(desk, LagQuestion(stages=STAGES, **asked))  # type: ignore[arg-type]
    return {lag.stage: lag for lag in found.whole()}


def test_every_stage_has_its_own_time(desk: Desk, place: str) -> None:
    told = complaint(desk, 0, place=place, assessed_at=day(2), told_at=day(3))
    cause = analysis(desk, 9, complaint=told.uid)
    keep(desk, told, cause, action(desk, place, 10, 40, analysis=cause.uid))
    found = by_stage(desk)
    assert {stage: lag.median.days for stage, lag in found.items() if not lag.open} == {
        Stage.TRIAGED: 2,
        Stage.CAUSE: 7,
        Stage.PLANNED: 1,
        Stage.LIVE: 30,
        Stage.CHANGED: 40,
        Stage.TOLD: 3,
    }
    assert (found[Stage.CLOSED].n, found[Stage.CLOSED].open, found[Stage.CLOSED].median.days) == (1, 1, None)


def test_open_ones_are_censored_as_kaplan_and_meier_do(desk: Desk, place: str) -> None:
    ends = [2, 5, 5, 9, None, None, 30]
    keep(
        desk,
        *(
            complaint(desk, at, place=place, closed_at=None if end is None else day(at + end))
            for at, end in enumerate(ends)
        ),
    )
    lag = by_stage(desk)[Stage.CLOSED]
    now = desk.clock()
    waited = [(now - day(at)).total_seconds() / 86_400 if end is None else end for at, end in enumerate(ends)]
    expected = kaplan_meier(waited, [end is not None for end in ends])
    assert (lag.n, lag.open) == (7, 2)
    assert lag.median.days == expected.quantile(0.5).time == 9
    assert lag.median.low == expected.quantile(0.5).low
    assert lag.ninetieth.days is None  # two of seven are still open
    assert lag.without_open == 5
    assert lag.curve[-1].open == pytest.approx(2 / 7)


def test_a_change_is_live_only_when_no_action_is_open(desk: Desk, place: str) -> None:
    about = complaint(desk, 0, place=place)
    cause = analysis(desk, 5, complaint=about.uid)
    keep(desk, about, cause, *(action(desk, place, 6, done, analysis=cause.uid) for done in (8, None)))
    live = by_stage(desk)[Stage.LIVE]
    assert (live.n, live.open) == (1, 1)


def test_the_analysis_of_a_cluster_answers_for_its_complaints(desk: Desk, place: str) -> None:
    review = ComplaintReview(
        uid=desk.ids(),
        number="R-1",
        title="November",
        begins=START.date(),
        ends=day(20).date(),
        frame_count=2,
        frame_sha256="",
        count=2,
        drawn="",
        drawn_at=day(21),
        person=desk.person.uid,
    )
    inside, outside = (complaint(desk, at, place=place, step="counter", cause="staff") for at in (20, 25))
    keep(desk, review, inside, outside, complaint(desk, 3, place=place, step="counter", cause="other"))
    keep(desk, analysis(desk, 30, review=review.uid, step="counter", cause="staff"))
    found = by_stage(desk)[Stage.CAUSE]
    assert (found.n, found.open, found.median.days) == (1, 0, 0)  # nobody triaged it before: both happened then
    assert by_stage(desk)[Stage.CHANGED].n == 3


def test_times_that_run_backwards_count_as_none_and_are_told(desk: Desk, place: str) -> None:
    keep(desk, complaint(desk, 5, place=place, closed_at=day(1)))
    lag = by_stage(desk)[Stage.CLOSED]
    assert (lag.backwards, lag.median.days) == (1, 0)


def test_seventy_two_hours_are_three_days(desk: Desk, place: str) -> None:
    keep(desk, *(complaint(desk, at / 7, place=place, told_at=day(at / 7 + 3)) for at in range(40)))
    lag = by_stage(desk)[Stage.TOLD]
    assert (lag.median.days, lag.ninetieth.days) == (3, 3)


def test_groups_go_by_today_s_codes(desk: Desk, place: str) -> None:
    versions = (
        Vocabulary(
            uid=desk.ids(),
            facet=Facet.CAUSE,
            version=1,
            terms={"q": "Queue"},
            released_at=day(0),
            person=desk.person.uid,
        ),
        Vocabulary(
            uid=desk.ids(),
            facet=Facet.CAUSE,
            version=2,
            terms={"wait": "Waiting"},
            crosswalk={"q": "wait"},
            released_at=day(1),
            person=desk.person.uid,
        ),
    )
    keep(
        desk, *versions, *(complaint(desk, 0, place=place, cause=code, closed_at=day(2)) for code in ("q", "wait", ""))
    )
    found = lags(desk, LagQuestion(by="cause", stages=(Stage.CLOSED,)))
    assert [(lag.group, lag.title, lag.n) for lag in found.lags] == [("", "", 3), ("wait", "Waiting", 2), ("?", "?", 1)]


def test_a_place_with_all_below_it(desk: Desk) -> None:
    region = add_place(desk, "North").uid
    site, other = add_place(desk, "Port", parent=region).uid, add_place(desk, "South").uid
    keep(desk, *(complaint(desk, 0, place=each, closed_at=day(2)) for each in (site, other)))
    assert by_stage(desk, which=Which(place=region))[Stage.CLOSED].n == 1


def test_nothing_to_tell_and_a_field_that_is_none(desk: Desk) -> None:
    assert lags(desk, LagQuestion()).lags == ()
    with pytest.raises(Refusal, match="lag_by"):
        lags(desk, LagQuestion(by="words"))
