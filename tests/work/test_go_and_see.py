"""Alerts: raised, offered where they belong, carried by a walk, seen or dropped."""

from __future__ import annotations

import pytest
from tests.work.complaining import complain
from tests.work.conftest import template_of

from gemba.domain.assessments import Assessment, AssessmentState
from gemba.domain.places import Level
from gemba.domain.process_maps import AlertState, GoAndSee
from gemba.errors import Refusal
from gemba.work import conduct
from gemba.work.go_and_see import carried, carry, drop, offered, put_back, raise_again, raise_alert, see
from gemba.work.places import add_place


def state_of(desk, uid):
    with desk.reader() as reader:
        return reader.get(GoAndSee, uid).state


def offers(desk, place):
    with desk.reader() as reader:
        return [each.uid for each in offered(reader, place)]


def test_a_complaint_becomes_a_question_once(desk, place):
    uid = complain(desk, step="queue", place=place)
    made = raise_alert(desk, "", sort="complaint", origin=uid).uid
    with desk.reader() as reader:
        alert = reader.get(GoAndSee, made)
    assert (alert.place, alert.step, alert.state) == (place, "queue", AlertState.WAITING)
    assert alert.question.endswith("?")
    with pytest.raises(Refusal, match="alert_open_already"):
        raise_alert(desk, "Again?", sort="complaint", origin=uid)
    drop(desk, made, "Solved meanwhile")
    raise_alert(desk, "Again?", sort="complaint", origin=uid)
    with pytest.raises(Refusal, match="alert_sort"):
        raise_alert(desk, "What?", sort="rumour", origin=uid)
    with pytest.raises(Refusal, match="alert_without_question"):
        raise_alert(desk, " ")


def test_walks_are_offered_what_waits_at_their_place_above_and_below(desk, place):
    region = add_place(desk, "Region", level=Level.REGION).uid
    site = add_place(desk, "Site", parent=region).uid
    area = add_place(desk, "Counter", level=Level.AREA, parent=site).uid
    for name, where in (("region", region), ("area", area), ("elsewhere", place), ("anywhere", None), ("site", site)):
        raise_alert(desk, f"{name}?", place=where)
    with desk.reader() as reader:
        assert [each.question for each in offered(reader, site)] == ["site?", "region?", "area?", "anywhere?"]
        assert [each.question for each in offered(reader, place)] == ["elsewhere?", "anywhere?"]


def test_a_walk_carries_alerts_until_they_are_seen(desk, place, audit):
    first, second = (raise_alert(desk, question, place=place).uid for question in ("One?", "Two?"))
    carry(desk, audit, [first, second])
    assert offers(desk, place) == []
    other = conduct.start(desk, template_of(desk, "walk").uid, place).uid
    with pytest.raises(Refusal, match="alert_on_its_way"):
        carry(desk, other, [first])
    see(desk, first, "Nobody waited")
    put_back(desk, second)
    assert offers(desk, place) == [second]
    with desk.reader() as reader:
        assert [(each.uid, each.state, each.seen) for each in carried(reader, audit)] == [
            (first, AlertState.SEEN, "Nobody waited")
        ]
    for deed in (lambda: carry(desk, other, [first]), lambda: drop(desk, first, "No"), lambda: put_back(desk, first)):
        with pytest.raises(Refusal, match="alert_seen"):
            deed()


def test_what_a_concluded_walk_left_open_is_offered_again(desk, place, audit):
    uid = raise_alert(desk, "Left?", place=place).uid
    carry(desk, audit, [uid])
    with desk.unit() as unit:
        unit.change(Assessment, audit, state=AssessmentState.CONCLUDED)
    assert offers(desk, place) == [uid]
    with pytest.raises(Refusal, match="frozen"):
        carry(desk, audit, [uid])
    see(desk, uid, "Told by phone the day after")
    assert offers(desk, place) == []


def test_nothing_is_seen_or_dropped_without_a_word(desk):
    uid = raise_alert(desk, "Why?").uid
    with pytest.raises(Refusal, match="alert_without_words"):
        see(desk, uid, " ")
    with pytest.raises(Refusal, match="alert_without_reason"):
        drop(desk, uid, "")
    drop(desk, uid, "The branch is closed")
    with pytest.raises(Refusal, match="alert_dropped"):
        see(desk, uid, "Something")
    raise_again(desk, uid)
    assert state_of(desk, uid) is AlertState.WAITING
