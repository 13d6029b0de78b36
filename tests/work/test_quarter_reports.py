from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from tests.work.auditing import decide, keep, promise
from tests.work.drifting import Organisation

from gemba.domain.actions import Action
from gemba.domain.complaints import Complaint, Severity
from gemba.domain.conclusions import IssuedReport
from gemba.domain.goals import Bound, Goal, ServiceLevel
from gemba.domain.judgements import Constraint
from gemba.domain.measures import Measure, MeasureSort, MeasureValue, Period
from gemba.domain.people import Person
from gemba.domain.programmes import Programme
from gemba.domain.quarters import days_of
from gemba.errors import Refusal
from gemba.reports.sheet_facts import Figures, Heading, Notice, Table, Words
from gemba.work.alignment_parts import alignment_parts
from gemba.work.alignment_report import alignment_report
from gemba.work.escalations import Case, escalate
from gemba.work.issue_quarter_report import alignment_quarter, management_review
from gemba.work.management_review import management_review as review_of
from gemba.work.management_review_sheet import review_parts
from gemba.work.registers import EntryDraft, add

QUARTER = "2025-Q4"


@pytest.fixture
def world(desk):
    made = Organisation(desk)
    made.judged(made.harbour, "a" * 40 + "cc", quarter=QUARTER, constraint=Constraint.TARGET)
    made.judged(made.station, "a" * 38 + "p" * 4, quarter=QUARTER, constraint=Constraint.STAFF)
    made.judged(made.market, "a" * 4 + "c" * 16, quarter=QUARTER, constraint=Constraint.TARGET)
    return made


def words_of(parts):
    """All that a document says."""
    found = []
    for part in parts:
        if isinstance(part, Heading | Words):
            found.append(part.words)
        elif isinstance(part, Notice):
            found += part.lines
        elif isinstance(part, Figures):
            found += [" ".join(pair) for pair in part.figures]
        elif isinstance(part, Table):
            found += [" ".join(getattr(cell, "words", cell) for cell in row) for row in part.rows]
    return "\n".join(found).replace("\u00a0", " ")


def test_the_report_says_what_holds_what_drifts_and_why(world, desk):
    told = words_of(alignment_parts(alignment_report(desk, QUARTER)))
    for sentence in (
        "All together: 78.8 %",
        "Goals by regions",
        "Goals by sites",
        "Market: 20.0 % of 20 is beyond the limit",
        "Another target – 18 0 2",
        "One auditor judged all of it",
        "a second opinion never counts by itself",
    ):
        assert sentence in told
    assert desk.person.name not in told


def test_a_quarter_without_verdicts_says_so(desk):
    told = words_of(alignment_parts(alignment_report(desk, "2025-q2")))
    assert "Nothing that counts was judged of this quarter." in told


def test_the_same_report_is_issued_once_and_another_gets_the_next_number(world, desk, tmp_path):
    first = alignment_quarter(desk, QUARTER, out=tmp_path / "a.pdf")
    again = alignment_quarter(desk, QUARTER, out=tmp_path / "b.pdf")
    assert first.number == again.number == f"{QUARTER}-01"
    assert first.sha256 == again.sha256 == hashlib.sha256((tmp_path / "a.pdf").read_bytes()).hexdigest()
    world.judged(world.harbour, "ccccc", quarter=QUARTER)
    later = alignment_quarter(desk, QUARTER, out=tmp_path / "c.pdf")
    assert (later.number, later.sha256 != first.sha256) == (f"{QUARTER}-02", True)
    with desk.reader() as reader:
        kept = reader.find(IssuedReport, subject=f"quarter:{QUARTER}")
    assert [one.sha256 for one in kept] == [first.sha256, later.sha256]
    assert desk.store.evidence.read(first.sha256) == (tmp_path / "a.pdf").read_bytes()


def test_reports_hang_on_the_programme_of_the_quarter_and_places_have_their_own(world, desk, tmp_path):
    programme = keep(
        desk,
        Programme(
            uid=desk.ids(), number="P-1", title="Quarter", quarter=QUARTER, made_at=desk.clock(), person=desk.person.uid
        ),
    )
    alignment_quarter(desk, QUARTER, out=tmp_path / "a.pdf")
    north = alignment_quarter(desk, QUARTER, world.north, tmp_path / "n.pdf")
    with desk.reader() as reader:
        subjects = [one.subject for one in reader.find(IssuedReport)]
    assert subjects == [f"programme:{programme}", f"quarter:{QUARTER} {world.north}"]
    assert north.number == f"{QUARTER}-01"


def test_a_quarter_that_is_not_over_gives_a_draft_that_is_not_kept(world, desk, tmp_path):
    early = msgspec.structs.replace(desk, clock=lambda: datetime(2025, 12, 1, tzinfo=UTC))
    made = alignment_quarter(early, QUARTER, out=tmp_path / "a.pdf")
    assert (made.issued.kept, made.sha256) == (False, "")
    with desk.reader() as reader:
        assert not reader.find(IssuedReport)


def measure(desk, title, values, **fields):
    made = Measure(
        uid=desk.ids(), code=title, title=title, sort=MeasureSort.VALUES, period=Period.QUARTER, made_at=desk.clock(),
        person=desk.person.uid, **fields,
    )  # fmt: skip
    keep(desk, made)
    for quarter, value in values.items():
        keep(desk, MeasureValue(
            uid=desk.ids(), measure=made.uid, begins=days_of(quarter)[0], value=value, person=desk.person.uid
        ))  # fmt: skip
    return made.uid


def test_a_service_level_that_began_after_the_quarter_is_not_said_to_be_missing_here(desk):
    told = words_of(review_parts(desk, review_of(desk, QUARTER)))
    assert "No service level held on the last day of the quarter." in told


def complain(desk, place, due, told=None):
    keep(desk, Complaint(
        uid=desk.ids(), number="K", source="", received_at=due - timedelta(hours=72), recorded_at=due, place=place,
        person=desk.person.uid, severity=Severity.HIGH, due_at=due, told_at=told,
    ))  # fmt: skip


def test_customer_value_stands_beside_operating_results(world, desk):
    measure(desk, "Would come again", {"2025-Q3": 71.5, QUARTER: 64.5}, unit="%", direction="up")
    measure(desk, "Minutes a call", {"2025-Q3": 6.5, QUARTER: 5.5}, is_customer=False, unit="min")
    due = datetime(2025, 11, 5, 12, tzinfo=UTC)
    complain(desk, world.harbour, due, due - timedelta(hours=1))
    complain(desk, world.harbour, due, due + timedelta(hours=1))
    complain(desk, world.harbour, due)
    made = review_of(desk, QUARTER)
    assert (made.clocks.kept, made.clocks.late, made.clocks.waiting) == (1, 1, 1)
    by = {one.title: one for one in (*made.customers, *made.operations)}
    assert (by["Would come again"].now, by["Would come again"].before) == (64.5, 71.5)
    assert by["Told within the clock (72 hours or as set)"].now == pytest.approx(1 / 3)
    assert by["Decisions that keep what was promised"].n == 104
    told = words_of(review_parts(desk, made))
    (line,) = [one for one in told.splitlines() if "Minutes a call" in one]
    assert line.startswith("Decisions that keep")  # both sides stand in one row


def test_what_leaders_have_to_decide_stands_first(world, desk):
    escalate(desk, Case(
        title="Bonus against promise", place=world.harbour, tried="Talked to the area lead, who may not change it.",
        asked="May the bonus leave out refunds?",
    ))  # fmt: skip
    uid = measure(desk, "Calls closed", {QUARTER: 5.5}, is_customer=False)
    add(desk, "metric_audit", EntryDraft("Calls closed", {
        "measure": f"measure:{uid}", "quarter": QUARTER, "used": "no", "verdict": "retire",
        "why": "Nobody decides by it.",
    }))  # fmt: skip
    keep(desk, ServiceLevel(
        uid=desk.ids(), title="Answer", provider="Service", customer="private", unit="hours", bound=Bound.AT_MOST,
        promised=24.0, achieved=30.0, valid_from=date(2025, 1, 1), made_at=desk.clock(), person=desk.person.uid,
    ))  # fmt: skip
    keep(desk, Action(
        uid=desk.ids(), number="M-1", place=world.harbour, text="Rewrite the letter", owner="Service lead",
        due=date(2025, 11, 1), added_at=desk.clock(), person=desk.person.uid,
    ))  # fmt: skip
    promise(desk, "told", version=2, replaces=world.goals["told"], reason="Letters are read late.",
            valid_from=date(2025, 11, 1))  # fmt: skip
    made = review_of(desk, QUARTER)
    asked = "\n".join(made.decisions)
    for words in ("Retire the measure?", "promised and not kept", "forces decisions against it at 2 sites"):
        assert words in asked
    assert [number for number, _, _ in made.overdue] == ["M-1"]
    assert ("Goal told", "changed: Letters are read late.") in made.changed_goals
    told = words_of(review_parts(desk, made))
    assert told.index("Decisions needed") < told.index("Customer value beside operating results")
    assert "Service lead" not in told


def test_a_name_in_what_people_wrote_is_refused_until_somebody_has_looked(world, desk, tmp_path):
    keep(desk, Person(uid=desk.ids(), name="Rosa Meier", role="auditor"))
    with desk.unit() as unit:
        unit.change(Goal, world.goals["told"], retired_on=date(2025, 11, 1), retired_because="Rosa Meier said so.")
    with pytest.raises(Refusal) as refused:
        management_review(desk, QUARTER, out=tmp_path / "m.pdf")
    assert refused.value.code == "work.names_people"
    assert not (tmp_path / "m.pdf").exists()


def test_a_quarter_that_has_not_begun_is_refused(desk, tmp_path):
    with pytest.raises(Refusal) as refused:
        management_review(desk, "2099-Q1", out=tmp_path / "m.pdf")
    assert refused.value.code == "work.quarter_ahead"


def test_decisions_of_a_place_are_its_own(world, desk):
    decide(desk, world.market, date(2025, 10, 3))
    made = review_of(desk, QUARTER, world.north)
    assert made.alignment.goals.whole.judged == 84
    assert {one.place for one in made.audits} == {"Harbour", "Station"}
