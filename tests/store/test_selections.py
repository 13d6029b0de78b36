"""Parts of the journal chosen by record: complete, and no more."""

from __future__ import annotations

import json

import pytest

from gemba.domain.findings import FindingGrade
from gemba.domain.places import Place
from gemba.domain.templates import Template
from gemba.store import selections
from gemba.work import conduct, follow_action
from gemba.work.attach_evidence import attach
from gemba.work.desk import Desk
from gemba.work.places import add_place
from gemba.work.raise_finding import raise_finding


@pytest.fixture
def audit(desk: Desk) -> str:
    region = add_place(desk, "Northern region").uid
    with desk.reader() as reader:
        template = reader.find(Template, kind="area_audit")[0]
    return conduct.start(desk, template.uid, add_place(desk, "Harbour branch", parent=region).uid).uid


def test_what_is_named_comes_along_all_the_way_up(desk: Desk, audit: str) -> None:
    with desk.reader() as reader:
        found = selections.with_named(reader, {("assessment", audit)})
        names = {place.name for noun, uid in found if noun == "place" and (place := reader.get(Place, uid))}
    assert names == {"Harbour branch", "Northern region"}
    assert {noun for noun, _ in found} == {"assessment", "place", "template", "person"}


def test_what_belongs_comes_along_all_the_way_down_and_no_other_audit_does(
    desk: Desk, audit: str, queue_photo: bytes
) -> None:
    conduct.note(desk, audit, "/data/x", "seen")
    attach(desk, audit, queue_photo, "queue.jpg")
    raise_finding(desk, audit, grade=FindingGrade.MINOR, text="A queue", criterion="None")
    with desk.reader() as reader:
        template, place = reader.find(Template, kind="area_audit")[0], reader.find(Place, name="Harbour branch")[0]
    other = conduct.start(desk, template.uid, place.uid).uid
    with desk.reader() as reader:
        found = selections.with_belonging(reader, {("assessment", audit)})
        lines = [json.loads(line) for line in selections.lines(reader, found)]
        shown = selections.blobs(reader, found)
    assert {"assessment", "answer", "evidence", "finding"} <= {noun for noun, _ in found}
    assert ("assessment", other) not in found
    assert {(line["header"]["noun"], line["header"]["entity"]) for line in lines} == found
    assert [line["header"]["seq"] for line in lines] == sorted(line["header"]["seq"] for line in lines)
    assert len(shown) == 1


def test_only_operations_of_the_devices_that_are_named_go_along(desk: Desk, audit: str) -> None:
    with desk.reader() as reader:
        own = list(selections.lines(reader, {("assessment", audit)}, {desk.store.device.id}))
        others = list(selections.lines(reader, {("assessment", audit)}, {"0" * 32}))
    assert own
    assert others == []


def test_what_is_new_is_told_from_a_number_on(desk: Desk, audit: str) -> None:
    with desk.reader() as reader:
        before = selections.last_operation(reader)
    added = add_place(desk, "Market branch").uid
    conduct.note(desk, audit, "/data/x", "seen")
    with desk.reader() as reader:
        assert selections.written_since(reader, before, {"place"}, own=True) == {("place", added)}
        assert selections.written_since(reader, before, {"template"}, own=True) == set()
        assert {noun for noun, _ in selections.shared_since(reader, before, {"answer", "assessment"})} == {"answer"}
        last = selections.last_operation(reader)
        assert selections.shared_since(reader, last, {"answer"}) == set()


def test_what_names_a_record_is_told_for_each_all_the_way_down(desk: Desk, audit: str, queue_photo: bytes) -> None:
    attach(desk, audit, queue_photo, "queue.jpg")
    finding = raise_finding(desk, audit, grade=FindingGrade.MINOR, text="A queue", criterion="None").uid
    due = desk.clock().date()
    action = follow_action.add(desk, finding, text="Open a second counter", owner="Lead", due=due).uid
    asked = {("assessment", audit), ("finding", finding), ("action", action)}
    with desk.reader() as reader:
        found = selections.naming(reader, asked)
        belonging = selections.with_belonging(reader, {("assessment", audit)})
    assert found["action", action] == set()
    assert found["finding", finding] == {("action", action)}
    assert found["assessment", audit] | {("assessment", audit)} == belonging
    assert {"evidence", "finding", "action"} <= {noun for noun, _ in found["assessment", audit]}
