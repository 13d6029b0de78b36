"""Pains and looks are counted alike by both kinds of database."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from gemba.domain.complaints import Complaint, Severity
from gemba.domain.findings import FindingGrade
from gemba.domain.process_maps import AlertState, GoAndSee
from gemba.domain.vocabularies import Facet, Vocabulary
from gemba.store import looks, pain_counts
from gemba.store.pain_counts import Within

pytestmark = pytest.mark.on_both


@pytest.fixture
def filled(store, records):
    """A walk with answers and a finding, and complaints of two steps, one of them linked to another."""
    walk = records.begin(store)
    records.finding(store, walk, grade=FindingGrade.MAJOR, step="queue")
    records.answer(store, walk, "/data/a", "1")
    records.answer(store, walk, "/data/stop[2]/b_c", "2")
    records.answer(store, walk, "/data/na", "na")
    uids = [records.uid() for _ in range(5)]
    with store.unit(records.person.uid) as unit:
        for number, (uid, step) in enumerate(zip(uids, ("queue", "queue", "till", "", "old"), strict=True)):
            unit.put(
                Complaint(
                    uid=uid,
                    number=f"K-{number}",
                    source="",
                    received_at=datetime(2026, 3, 1 + number, 12, tzinfo=UTC),
                    severity=Severity.HIGH if step == "queue" else Severity.LOW,
                    place=records.place.uid if step != "till" else None,
                    step=step,
                    recorded_at=records.time(),
                    person=records.person.uid,
                )
            )
        unit.change(Complaint, uids[1], duplicate_of=uids[0])
        for version, terms, crosswalk in ((1, ("queue", "old"), {}), (2, ("queue", "till"), {"old": "till"})):
            unit.put(
                Vocabulary(
                    uid=records.uid(),
                    facet=Facet.STEP,
                    version=version,
                    terms={term: term for term in terms},
                    crosswalk=crosswalk,
                    released_at=records.time(),
                    person=records.person.uid,
                )
            )
        unit.put(
            GoAndSee(
                uid=records.uid(),
                question="Is it open?",
                place=records.place.uid,
                step="till",
                state=AlertState.SEEN,
                seen="Yes",
                seen_at=records.time(),
                raised_at=records.time(),
                person=records.person.uid,
            )
        )
    return walk, uids


def test_complaints_count_by_todays_step_without_those_linked(store, filled, records):
    _, uids = filled
    with store.reader() as reader:
        assert pain_counts.complaints(reader, Within()) == {"queue": {"high": 1}, "till": {"low": 2}, "": {"low": 1}}
        march = Within(None, date(2026, 3, 2), date(2026, 3, 3))
        assert pain_counts.complaints(reader, march) == {"till": {"low": 1}}
        here = Within(records.place.uid)
        assert pain_counts.complaints(reader, here) == {"queue": {"high": 1}, "till": {"low": 1}, "": {"low": 1}}
        by_place = pain_counts.complaints_by_place(reader, Within(), Facet.STEP)
        assert by_place[("till", None, "low")] == 1
        assert by_place[("queue", records.place.uid, "high")] == 1
        assert pain_counts.newest_complaints(reader, Within(), {"step": "till"}, 5) == [uids[4], uids[2]]
        assert pain_counts.newest_complaints(reader, Within(), {"step": "till"}, 5, placeless=True) == [uids[2]]
        assert pain_counts.newest_complaints(reader, Within(), {"step": "queue"}, 5) == [uids[0]]


def test_findings_count_by_step_and_grade(store, filled, records):
    walk, _ = filled
    with store.reader() as reader:
        assert pain_counts.findings(reader, Within(records.place.uid)) == {"queue": {"major": 1}}
        assert pain_counts.findings_by_place(reader, Within(), Facet.STEP) == {("queue", records.place.uid): 1}
        [uid] = pain_counts.newest_findings(reader, Within(), Facet.STEP, "queue", 5)
        assert reader.find(type(records.finding(store, walk)), uid=uid)[0].step == "queue"
        assert pain_counts.findings(reader, Within(None, date(2027, 1, 1))) == {}


def test_walks_look_where_they_answer_in_repeats_too(store, filled, records):
    walk, _ = filled
    steps = {"/data/a": "queue", "/data/stop/b_c": "till", "/data/na": "door", "/data/none": "yard"}
    not_met = {"/data/na": ("na",)}
    place, template = records.place.uid, records.template.uid
    with store.reader() as reader:
        assert looks.templates_used(reader, Within(place)) == [template]
        seen = looks.answered(reader, Within(), template, steps, not_met)
        assert seen == {("queue", place): 1, ("till", place): 1}
        assert looks.answered(reader, Within(None, date(2030, 1, 1)), template, steps, not_met) == {}
        wildcards = {"/data/stop/bxc": "till"}
        assert looks.answered(reader, Within(), template, wildcards, {}) == {}, "an underscore is a letter of its own"
        behind = looks.walks_behind(reader, Within(), {template: {"/data/a": "queue"}}, {template: {}}, 5)
        assert behind == [walk.uid]
        assert looks.walks_behind(reader, Within(), {template: {"/data/na": "door"}}, {template: not_met}, 5) == []
        assert looks.alerts_seen(reader, Within(place)) == {("till", place): 1}
