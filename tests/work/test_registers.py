"""Registers: entries as their declaration asks, with their reviews, links and new versions."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.work.following import START, complaint, keep

from gemba.domain.follow_through import RegisterEntry
from gemba.domain.measures import FrozenBaseline, Measure
from gemba.errors import Refusal
from gemba.store.lists import Query
from gemba.store.register_lists import ENTRIES
from gemba.work.desk import Desk
from gemba.work.register_facts import entries, entry_facts, export
from gemba.work.registers import EntryDraft, add, change, counts, link, move, reviewed

DEFECT = {"definition": "Waited more than 15 minutes", "unit": "Visit", "perceived_by": "customer"}
EROSION = {
    "occasion": "outage",
    "promise": "Answered in 2 hours",
    "limit": "Answered in 24 hours",
    "begins": "2026-02-01",
    "ends": "2026-03-10",
    "escalation": "Head of operations",
}


def entry_of(desk: Desk, uid: str) -> RegisterEntry:
    with desk.reader() as reader:
        found = reader.get(RegisterEntry, uid)
    assert found is not None
    return found


def measure(desk: Desk) -> str:
    made = Measure(uid=desk.ids(), code="waits", title="Long waits", made_at=START, person=desk.person.uid)
    keep(desk, made)
    return made.uid


def baseline(desk: Desk, of: str) -> None:
    day = date(2026, 1, 5)
    keep(
        desk,
        FrozenBaseline(
            uid=desk.ids(), measure=of, chart="u", begins=day, ends=day, holds_from=day, points=20, figures={},
            provisional=False, reason="x", frozen_at=desk.clock(), person=desk.person.uid,
        ),
    )  # fmt: skip


def test_an_entry_is_numbered_and_due_by_the_register_s_cadence(desk: Desk, place: str) -> None:
    uid = add(desk, "defect_definition", EntryDraft("Long wait", DEFECT, place=place, owner="Head of branches")).uid
    entry = entry_of(desk, uid)
    assert entry.number.startswith("E-")
    assert (entry.state, entry.review_by) == ("draft", date(2026, 3, 2) + timedelta(days=365))
    assert {one.code: (one.entries, one.open, one.due) for one in counts(desk) if one.entries} == {
        "defect_definition": (1, 1, 0)
    }


def test_a_definition_that_changes_asks_for_new_baselines(desk: Desk) -> None:
    charted = measure(desk)
    baseline(desk, charted)
    uid = add(desk, "defect_definition", EntryDraft("Long wait", DEFECT, links=(f"measure:{charted}",))).uid
    assert entry_facts(desk, uid).rebaseline == ()
    change(desk, uid, fields={"example": "A wait at the till"})
    assert entry_facts(desk, uid).version == "1"
    with pytest.raises(Refusal, match="entry_redefined"):
        change(desk, uid, fields={"definition": "Waited more than 10 minutes"})
    change(desk, uid, fields={"definition": "Waited more than 10 minutes"}, why="Customers say 10.")
    facts = entry_facts(desk, uid)
    assert (facts.version, facts.why, [one.code for one in facts.rebaseline]) == ("2", "Customers say 10.", ["waits"])
    baseline(desk, charted)
    assert entry_facts(desk, uid).rebaseline == ()
    assert [name for name, _ in facts.values] == [
        "Operational definition",
        "Unit",
        "Perceived by",
        "An example, and one that is none",
    ]


def test_a_state_needs_what_it_needs(desk: Desk) -> None:
    uid = add(desk, "value_erosion", EntryDraft("Line down", EROSION)).uid
    with pytest.raises(Refusal, match="register_needs"):
        move(desk, uid, "ended")
    change(desk, uid, fields={"kept": "Yes, 20 hours at most"})
    move(desk, uid, "ended")
    assert entry_of(desk, uid).state == "ended"
    with pytest.raises(Refusal, match="register_needs"):
        change(desk, uid, fields={"kept": ""})
    with pytest.raises(Refusal, match="register_state"):
        move(desk, uid, "gone")


def test_what_has_passed_its_end_is_due(desk: Desk) -> None:
    over = add(desk, "value_erosion", EntryDraft("Line down", EROSION | {"ends": "2026-02-20"})).uid
    add(desk, "value_erosion", EntryDraft("Peak", EROSION))
    assert [one.uid for one in entries(desk, "value_erosion", only_due=True)] == [over]
    late = add(desk, "defect_definition", EntryDraft("Long wait", DEFECT, review_by=date(2026, 3, 1))).uid
    assert {one.uid for one in entries(desk, only_due=True)} == {over, late}
    reviewed(desk, late)
    assert [one.uid for one in entries(desk, only_due=True)] == [over]
    with pytest.raises(Refusal, match="entry_review_day"):
        reviewed(desk, late, date(2026, 3, 1))


def test_links_name_records_that_are_there(desk: Desk, place: str) -> None:
    about = complaint(desk, 0, place=place, number="K-7")
    keep(desk, about)
    uid = add(desk, "value_erosion", EntryDraft("Line down", EROSION)).uid
    link(desk, uid, f"complaint:{about.uid}")
    assert [(one.noun, one.title) for one in entry_facts(desk, uid).links] == [("complaint", "K-7")]
    with pytest.raises(Refusal, match="entry_link"):
        link(desk, uid, f"place:{place}")
    with pytest.raises(Refusal, match="unknown_record"):
        link(desk, uid, "complaint:nobody")
    link(desk, uid, f"complaint:{about.uid}", away=True)
    assert entry_facts(desk, uid).links == ()


def test_the_list_of_entries_is_searched_and_filtered(desk: Desk, place: str) -> None:
    add(desk, "value_erosion", EntryDraft("Line down", EROSION, place=place))
    add(desk, "defect_definition", EntryDraft("Long wait", DEFECT))
    with desk.reader() as reader:
        found = ENTRIES.first(reader, Query(where={"register": ("value_erosion",)}))
        assert [(line.title, line.place) for line in found] == [("Line down", "Harbour branch")]
        assert [line.title for line in ENTRIES.first(reader, Query(search="wai"))] == ["Long wait"]
        assert len(ENTRIES.first(reader, Query(sort="review_by"))) == 2


def test_a_file_for_people_has_no_formulas(desk: Desk, tmp_path: Path) -> None:
    add(desk, "value_erosion", EntryDraft("=1+1", EROSION | {"promise": "@home"}))
    assert export(desk, "value_erosion", tmp_path / "out.csv") == 1
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["Title"], row["What customers are promised otherwise"], row["Occasion"]) == (
        "'=1+1",
        "'@home",
        "Outage",
    )


def test_what_is_refused(desk: Desk) -> None:
    for register, draft, code in (
        ("value_erosion", EntryDraft(" ", EROSION), "entry_without_title"),
        ("value_erosion", EntryDraft("x", {}), "register_needs"),
        ("value_erosion", EntryDraft("x", EROSION, place="nowhere"), "unknown_record"),
        ("nothing", EntryDraft("x"), "register_unknown"),
        (
            "value_stream_review",
            EntryDraft("x", {"map": "process_map:no", "quarter": "Q1", "pins_before": "3"}),
            "unknown_record",
        ),
    ):
        with pytest.raises(Refusal, match=code):
            add(desk, register, draft)
    assert entries(desk) == ()
