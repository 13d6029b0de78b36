"""Imports: tried and done, again and changed, edited and erased, cancelled and cut short."""

from __future__ import annotations

import csv
import hashlib
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemba.domain.complaints import Complaint, ComplaintState, Severity, complaint_uid
from gemba.domain.intakes import ComplaintLot, Intake
from gemba.domain.places import Place
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.store import vocabularies
from gemba.store.checking import check
from gemba.store.lot_files import NOTES
from gemba.store.opening import open_store
from gemba.work.erase import erase
from gemba.work.import_complaints import Imported, dry_run, import_
from gemba.work.inspect_complaints import corrected, inspect
from gemba.work.intake_dates import DateOrder, Moments, parse
from gemba.work.intake_plan import UnknownCode, UnknownPlace
from gemba.work.intake_reading import ADDED
from gemba.work.places import add_place

HEAD = "Case number,Received,Branch,Category,Priority,Customer,Narrative"


@pytest.fixture
def branch(desk):
    return add_place(desk, "Harbour branch").uid


@pytest.fixture
def table(tmp_path):
    """Writes a file of complaints."""

    def write(*rows, name="crm.csv", head=HEAD, encoding="utf-8"):
        file = tmp_path / name
        file.write_bytes("\n".join([head, *rows, ""]).encode(encoding))
        return file

    return write


def row(key, received="2026-02-13 10:00", branch="Harbour branch", category="", priority="high", words="The queue"):
    return f'{key},{received},{branch},{category},{priority},Ann Vale,"{words}"'


def bring(desk, file, *, source="crm", refused=None, step=None, **choices) -> Imported:
    seen = inspect(desk, file, source=source)
    return import_(desk, file, seen.reading, msgspec.structs.replace(seen.plan, **choices), refused=refused, step=step)


def counts(done) -> tuple[int, int, int, int]:
    told = done.counted if isinstance(done, Imported) else done
    return told.added, told.changed, told.unchanged, told.refused


def get(desk, key, source="crm"):
    with desk.reader() as reader:
        return reader.get(Complaint, complaint_uid(source, key))


def test_an_import_is_tried_done_and_done_again(desk, branch, table) -> None:
    file = table(row("K1"), row("K2", received="2026-02-14"), row("", words="no key"))
    seen = inspect(desk, file, source="crm")
    assert counts(dry_run(desk, file, seen.reading, seen.plan)) == (2, 0, 0, 1)
    with desk.reader() as reader:
        assert reader.find(Complaint) == reader.find(Intake) == []
    assert counts(bring(desk, file)) == (2, 0, 0, 1)
    found = get(desk, "K1")
    assert (found.place, found.severity, found.words) == (branch, Severity.HIGH, "The queue")
    assert found.due_at is not None
    assert counts(bring(desk, file)) == (0, 0, 2, 1)
    with desk.reader() as reader:
        assert [(one.added, one.unchanged, one.refused) for one in reader.find(Intake)] == [(2, 0, 1), (0, 2, 1)]
        assert len(reader.find(ComplaintLot)) == 1
    assert check(desk.store) == []


def test_a_changed_row_changes_what_nobody_else_has_set(desk, branch, table) -> None:
    bring(desk, table(row("K1"), row("K2")))
    with desk.unit() as unit:
        unit.change(Complaint, complaint_uid("crm", "K1"), severity=Severity.LOW, summary="Said by a person")
    assert counts(bring(desk, table(row("K1"), row("K2")))) == (0, 0, 2, 0)
    done = bring(desk, table(row("K1", words="Longer"), row("K2", priority="critical"), row("K3")))
    assert counts(done) == (1, 2, 0, 0)
    assert done.counted.kept == 1
    found = get(desk, "K1")
    assert (found.severity, found.summary, found.words) == (Severity.LOW, "Said by a person", "Longer")
    assert get(desk, "K2").severity == Severity.CRITICAL
    assert check(desk.store) == []


def test_what_a_second_file_does_not_say_stays(desk, branch, table) -> None:
    bring(desk, table(row("K1")))
    other = table("K1,2026-02-13 10:00,closed", name="crm2.csv", head="Case number,Received,Status")
    assert counts(bring(desk, other)) == (0, 1, 0, 0)
    found = get(desk, "K1")
    assert (found.state, found.words, found.customer, found.place) == (
        ComplaintState.CLOSED, "The queue", "Ann Vale", branch,
    )  # fmt: skip


def test_what_was_erased_does_not_come_back(desk, branch, table) -> None:
    file = table(row("K1", words="Secret words"), row("K2"))
    bring(desk, file)
    erase(desk, "complaint", complaint_uid("crm", "K1"), "asked for")
    done = bring(desk, table(row("K1", words="Secret words", priority="low"), row("K2")))
    assert (counts(done), done.counted.erased) == ((0, 1, 1, 0), 1)
    assert (get(desk, "K1").words, get(desk, "K1").customer, get(desk, "K1").severity) == ("", "", Severity.LOW)
    assert check(desk.store) == []
    from gemba.store import lot_rows

    for sha256 in desk.store.evidence.all():
        data = desk.store.evidence.read(sha256)
        if data.startswith(b"\x1f\x8b"):
            assert b"Secret" not in lot_rows.unpack(data)


@pytest.mark.parametrize(("choice", "expected"), [("refuse", 1), ("empty", 2), ("make", 2)])
def test_unknown_places_are_refused_left_out_or_made(desk, branch, table, choice, expected) -> None:
    done = bring(desk, table(row("K1"), row("K2", branch="Far branch")), unknown_places=UnknownPlace(choice))
    assert done.counted.added == expected
    assert done.counted.unknown == {"place": {"Far branch": 1}}
    with desk.reader() as reader:
        made = reader.find(Place, name="Far branch")
    assert len(made) == (choice == "make")
    if choice != "refuse":
        assert get(desk, "K2").place == (made[0].uid if made else None)


@pytest.mark.parametrize(("choice", "expected"), [("refuse", 0), ("add", 1), ("more", 1)])
def test_unknown_codes_are_refused_added_or_kept_beside(desk, branch, table, choice, expected) -> None:
    done = bring(desk, table(row("K1", category="Waiting too long")), unknown_codes=UnknownCode(choice))
    assert done.counted.added == expected
    with desk.reader() as reader:
        words = vocabularies.current(reader, Facet.CAUSE)
    if choice == "add":
        assert words is not None
        assert words.terms["waiting_too_long"] == "Waiting too long"
        assert get(desk, "K1").cause == "waiting_too_long"
        assert counts(bring(desk, table(row("K1", category="Waiting too long")))) == (0, 0, 1, 0)
    if choice == "more":
        assert (get(desk, "K1").cause, get(desk, "K1").more) == ("", {"Category": "Waiting too long"})


def test_columns_that_stand_for_nothing_are_kept_if_wished(desk, branch, table) -> None:
    file = table('K1,2026-02-13,12,"=1+2"', head="Case number,Received,Shoe size,Odd")
    bring(desk, file, rest=True)
    assert get(desk, "K1").more == {"Shoe size": "12", "Odd": "=1+2"}


def test_the_mapping_is_remembered(desk, branch, table) -> None:
    file = table("K1,2026-02-13,Anything at all", head="Case number,Received,Odd")
    seen = inspect(desk, file, source="post")
    plan = corrected(seen.plan, seen.reading, {"Odd": "summary"})
    import_(desk, file, seen.reading, plan)
    again = inspect(desk, table("K9,2026-02-13,Other", head="Case number,Received,Odd", name="other.csv"))
    assert (again.plan.mapping["Odd"], again.plan.source) == ("summary", "post")
    assert again.remembered
    assert inspect(desk, table("K9,x", head="Case number,Else", name="else.csv")).remembered == ""


class Stop(Exception):
    """Raised by who cancels."""


def test_cancelling_leaves_nothing_behind(desk, branch, table, tmp_path) -> None:
    file = table(*(row(f"K{n}") for n in range(25_000)), row("", words="refused"))
    before = set(desk.store.evidence.all())
    told = []

    def step(done, total, words) -> None:
        told.append((done, total, words))
        if done > 24_000:
            raise Stop

    with pytest.raises(Stop):
        bring(desk, file, step=step, refused=tmp_path / "refused.csv")
    assert told[0][1] >= 24_000
    assert set(desk.store.evidence.all()) == before
    assert not (desk.store.folder / NOTES).exists()
    assert not list(tmp_path.glob("*refused*"))
    with desk.reader() as reader:
        assert reader.find(Complaint) == reader.find(Intake) == reader.find(ComplaintLot) == []
        names = {row[1] for row in reader.connection.exec_driver_sql("PRAGMA index_list(complaint)")}
    assert len(names) > 5
    assert check(desk.store) == []
    assert counts(bring(desk, file)) == (25_000, 0, 0, 1)
    assert check(desk.store) == []


def test_files_of_an_import_that_was_cut_short_are_swept(desk, branch, table, ticking) -> None:
    data = b"rows that nobody names"
    sha256 = hashlib.sha256(data).hexdigest()
    bring(desk, table(row("K1")))
    with desk.reader() as reader:
        named = reader.find(ComplaintLot)[0].rows
    (desk.store.folder / NOTES).write_text(f"{sha256}\n{named}\n")
    desk.store.evidence.keep(data)
    folder, key = desk.store.folder, desk.store.key
    desk.store.close()
    again = open_store(folder, key, clock=ticking, reserve=0)
    try:
        assert not again.evidence.has(sha256)
        assert again.evidence.has(named)
        assert not (folder / NOTES).exists()
    finally:
        again.close()


def test_refused_records_go_into_a_file_that_can_be_repaired_and_imported(desk, branch, table, tmp_path) -> None:
    rows = [row("K1"), row("K2", received="31/02/2026", words="=HYPERLINK(1)"), row("K3", priority="dreadful")]
    out = tmp_path / "refused.csv"
    done = bring(desk, table(*rows), refused=out)
    assert (counts(done), done.counted.reasons) == ((1, 0, 0, 2), {"date": 1, "unknown_word": 1})
    with out.open(encoding="utf-8-sig", newline="") as file:
        told = list(csv.reader(file))
    assert told[0][: len(HEAD.split(","))] == HEAD.split(",")
    assert tuple(told[0][-2:]) == ADDED
    assert told[1][6] == "'=HYPERLINK(1)"
    assert "31/02/2026" in told[1][-1]
    repaired = tmp_path / "repaired.csv"
    repaired.write_bytes(out.read_bytes().replace(b"31/02/2026", b"2026-02-28").replace(b"dreadful", b"low"))
    assert counts(bring(desk, repaired)) == (2, 0, 0, 0)
    assert get(desk, "K2").words == "=HYPERLINK(1)"


def test_a_column_for_the_day_and_one_for_the_time_make_one_moment(desk, table) -> None:
    file = table(*(f"K{n},1{n}/02/2026,10:3{n},x" for n in range(4)), head="Case number,Date received,Clock,Narrative")
    seen = inspect(desk, file)
    assert [one.field for one in seen.columns] == ["key", "received_at", "received_at", "words"]
    import_(desk, file, seen.reading, msgspec.structs.replace(seen.plan, zone="Europe/Athens"))
    assert get(desk, "K1", "crm").received_at == datetime(2026, 2, 11, 8, 31, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "separator", "encoding"),
    [
        ("semicolons", ";", "utf-8"),
        ("tabs", "\t", "utf-16"),
        ("pipes", "|", "cp1252"),
        ("marked", ",", "utf-8-sig"),
        ("wide", ";", "utf-16-be"),
    ],
)
def test_separators_and_encodings_are_told_from_the_file(desk, branch, tmp_path, name, separator, encoding) -> None:
    rows = [HEAD.replace(",", separator)]
    rows += [separator.join([f"K{n}", "2026-02-13", "Harbour branch", "", "hoch", "Jörg", "Größer"]) for n in range(9)]
    file = tmp_path / f"{name}.csv"
    file.write_bytes("\r\n".join(rows).encode(encoding))
    done = bring(desk, file)
    assert counts(done) == (9, 0, 0, 0)
    assert (get(desk, "K8").words, get(desk, "K8").severity) == ("Größer", Severity.HIGH)


def test_workbooks_are_read_and_formulas_go_by_what_they_came_to(desk, branch, tmp_path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.append(["Complaints of February"])
    sheet.append(HEAD.split(","))
    sheet.append([4711, datetime(2026, 2, 13, 10), "Harbour branch", None, "high", "Ann", "The queue"])  # noqa: DTZ001 - as workbooks keep it
    sheet.append(["=1+1", datetime(2026, 2, 14), "Harbour branch", None, "low", "Ben", "None"])  # noqa: DTZ001 - as above
    file = tmp_path / "crm.xlsx"
    book.save(file)
    seen = inspect(desk, file, source="crm")
    assert (seen.reading.header, seen.reading.formulas) == (2, True)
    assert any("formulas" in one for one in seen.remarks)
    done = import_(desk, file, seen.reading, seen.plan)
    assert (counts(done), done.counted.reasons) == ((1, 0, 0, 1), {"formula": 1})
    assert get(desk, "4711").received_at == datetime(2026, 2, 13, 10, tzinfo=ZoneInfo(seen.plan.zone))


def test_a_plan_that_does_not_fit_is_refused_in_one_sentence(desk, table) -> None:
    file = table(row("K1"))
    seen = inspect(desk, file, source="crm")
    for wrong in (
        {"mapping": {"Case number": "key"}},
        {"mapping": {**seen.plan.mapping, "Category": "place"}},
        {"mapping": {"Nothing": "key"}},
        {"source": " "},
        {"date_order": "xyz"},
        {"zone": "Mars"},
    ):
        with pytest.raises(Refusal):
            dry_run(desk, file, seen.reading, msgspec.structs.replace(seen.plan, **wrong))


@settings(max_examples=150, deadline=None)
@given(
    st.datetimes(datetime(1970, 1, 1), datetime(2068, 1, 1)),  # noqa: DTZ001 - as it is written
    st.sampled_from(["UTC", "Europe/Berlin", "America/New_York"]),
    st.sampled_from(["%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M:%S", "%d.%m.%y %H:%M", "%d %b %Y %I:%M %p", "%Y/%m/%dT%H:%M"]),
)
def test_moments_are_read_as_they_are_written(at, zone, pattern) -> None:
    said = at.strftime(pattern)
    expected = datetime.strptime(said, pattern).replace(tzinfo=ZoneInfo(zone))
    found = Moments(DateOrder.DMY, ZoneInfo(zone)).moment(said)
    assert datetime.fromisoformat(found) == expected


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading_of_dates(text) -> None:
    for order in DateOrder:
        read = parse(text, order)
        assert read is None or read.day.year >= 1


def test_days_that_no_calendar_has_are_no_dates() -> None:
    for wrong in ("31/02/2026", "2026-02-30", "00/00/2026", "32.01.2026", "2026-13-01", "12/31/2026"):
        assert parse(wrong, DateOrder.DMY) is None
    assert parse("12/31/2026", DateOrder.MDY).day.isoformat() == "2026-12-31"
    assert timedelta(0) == parse("2026-03-01T08:00:00Z", DateOrder.DMY).at.utcoffset()
