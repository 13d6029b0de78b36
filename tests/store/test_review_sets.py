"""Frames, cases counted for clusters, and closed actions, in both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from gemba.domain.actions import Action, ActionState
from gemba.domain.causes import CauseAnalysis
from gemba.domain.complaints import Complaint, Severity
from gemba.domain.vocabularies import Facet, Vocabulary
from gemba.store import review_sets
from gemba.store.lists import Query
from gemba.store.review_lists import CAUSES, REVIEWS
from gemba.store.review_sets import Cases

pytestmark = pytest.mark.on_both
DAY = date(2026, 2, 3)
PERIOD = (date(2026, 2, 1), date(2026, 2, 28))


@pytest.fixture
def put(store, records):
    """Puts a complaint; gives its uid."""
    records.begin(store)
    counter = iter(range(1000))

    def one(*, hour: float = 12, **fields: object) -> str:
        made = Complaint(
            uid=records.uid(),
            number=f"K-{next(counter)}",
            source="",
            received_at=datetime(DAY.year, DAY.month, DAY.day, tzinfo=UTC) + timedelta(hours=hour),
            recorded_at=records.time(),
            person=records.person.uid,
            **fields,  # type: ignore[arg-type]
        )
        with store.unit(records.person.uid) as unit:
            unit.put(made)
        return made.uid

    return one


def test_a_frame_has_the_days_of_the_period_and_no_linked_duplicates(store, put):
    inside = [put(hour=0), put(hour=24 * 25 + 23.9)]
    put(hour=24 * 26)
    put(hour=-24 * 3)
    put(duplicate_of=inside[0])
    with store.reader() as reader:
        assert review_sets.frame(reader, {}, None, *PERIOD) == sorted(inside)
        assert review_sets.frame_count(reader, {}, None, *PERIOD) == 2


def test_cases_are_counted_by_step_cause_place_day_and_shift(store, put, records):
    uids = [
        put(step="send", cause="late", place=records.place.uid, severity=Severity.HIGH, more={"Shift": "early"}),
        put(step="send", cause="late", place=records.place.uid, more={"Shift": "early"}),
        put(step="send", cause="late", hour=23.99),
    ]
    put(step="send", cause="late")
    with store.reader() as reader:
        assert review_sets.columns_told(reader, uids) == ["Shift"]
        found = sorted(review_sets.cases_of(reader, uids, "Shift"))
    assert found == [
        Cases("send", "late", "", DAY, "", 1, 0),
        Cases("send", "late", records.place.uid, DAY, "early", 2, 1),
    ]


def test_a_column_may_be_called_anything(store, put):
    uid = put(step="send", more={'Sh"ift $.x': "late"})
    with store.reader() as reader:
        assert review_sets.cases_of(reader, [uid], 'Sh"ift $.x')[0].people == "late"


def test_codes_of_any_time_are_todays(store, put, records):
    for version, (terms, heirs) in enumerate((({"late": "Late"}, {}), ({"slow": "Slow"}, {"late": "slow"})), 1):
        with store.unit(records.person.uid) as unit:
            unit.put(
                Vocabulary(
                    uid=records.uid(),
                    facet=Facet.CAUSE,
                    version=version,
                    terms=terms,
                    crosswalk=heirs,
                    released_at=records.time(),
                    person=records.person.uid,
                )
            )
    uids = [put(step="send", cause="late"), put(step="send", cause="slow")]
    with store.reader() as reader:
        assert {each.cause for each in review_sets.cases_of(reader, uids)} == {"slow"}
        assert sum(each.n for each in review_sets.cases_before(reader, {}, None, *PERIOD)) == 2
        assert set(review_sets.clusters_uids(reader, uids, "send", "slow")) == set(uids)
        assert review_sets.first_day(reader, None) == DAY


def test_closed_actions_tell_their_cause(store, put, records):
    analysis = CauseAnalysis(
        uid=records.uid(),
        number="W-1",
        step="send",
        cause="late",
        problem="Late",
        begun_at=records.time(),
        person=records.person.uid,
    )
    done = Action(
        uid=records.uid(),
        number="C-1",
        analysis=analysis.uid,
        place=records.place.uid,
        text="Mend",
        owner="Dispatch",
        due=DAY,
        state=ActionState.DONE,
        done_at=datetime(2026, 1, 5, tzinfo=UTC),
        added_at=records.time(),
        person=records.person.uid,
    )
    put()
    with store.unit(records.person.uid) as unit:
        unit.put(analysis)
        unit.put(done)
    with store.reader() as reader:
        assert review_sets.closed_actions(reader, date(2026, 1, 4)) == []
        assert [tuple(each) for each in review_sets.closed_actions(reader, DAY)] == [
            ("C-1", "send", "late", records.place.uid, date(2026, 1, 5))
        ]
        assert [(line.number, line.state, line.actions_open) for line in CAUSES.first(reader, Query())] == [
            ("W-1", "draft", 0)
        ]
        assert [line.number for line in CAUSES.first(reader, Query(search="lat"))] == ["W-1"]
        assert CAUSES.first(reader, Query(search="slow")) == []
        assert REVIEWS.first(reader, Query(search="quarter")) == []
        for listed in (CAUSES, REVIEWS):
            for sort in listed.sorts:
                assert listed.keys(reader, Query(sort=sort, descending=True)) is not None
