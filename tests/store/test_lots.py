"""Complaints that come many at once: one result, whatever the order of lots, files, edits and erasures."""

from __future__ import annotations

import gzip
import json
import random
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from gemba.domain.complaints import ClockPause, Complaint, Severity, complaint_uid
from gemba.domain.erasures import Erasure
from gemba.domain.intakes import ComplaintLot, Intake
from gemba.domain.places import Place
from gemba.errors import Trouble
from gemba.store import connecting, journal, lot_rows, lots, opening, selections
from gemba.store.checking import check
from gemba.store.complaint_tables import complaint, complaint_lot
from gemba.store.lot_erasing import Forgetting
from gemba.store.search_index import condition

SECRET = "Xylophonia"
FIELDS = ("key", "received_at", "words", "customer", "severity", "place")
AT = "2026-03-01T08:00:00Z"


def kept(store, records, rows, source="crm", fields=FIELDS):
    """A lot's file: one row for each tuple."""
    same = {"person": records.person.uid, "recorded_at": "2026-03-02T08:00:00Z", "source": source}
    lines = [lot_rows.head_line(fields, same), *(lot_rows.encode(row) + b"\n" for row in rows)]
    return store.evidence.keep(lot_rows.pack(lines))[0]


def row(key, words="The queue was long", severity="medium", customer=f"{SECRET} Vale", place=None):
    return [key, AT, words, customer, severity, place]


def begin(store, records):
    with store.unit(records.person.uid) as unit:
        for record in (records.person, records.place):
            if unit.get(type(record), record.uid) is None:
                unit.put(record)


def bring(store, records, rows, source="crm", **more):
    """Import rows as one lot."""
    sha256 = kept(store, records, rows, source, **more)
    with store.unit(records.person.uid) as unit:
        intake = Intake(
            uid=records.uid(),
            source=source,
            file_name="complaints.csv",
            file_sha256="0" * 64,
            added=len(rows),
            changed=0,
            unchanged=0,
            refused=0,
            imported_at=records.time(),
            person=records.person.uid,
        )
        unit.put(intake)
        lot = ComplaintLot(
            uid=records.uid(), intake=intake.uid, rows=sha256, count=len(rows), person=records.person.uid
        )
        unit.put(lot)
        settle(store, unit, records)
    return lot


def settle(store, unit, records):
    Forgetting(unit, store.evidence, records.uid, records.person.uid).settle()


def edit(store, records, key, **fields):
    with store.unit(records.person.uid) as unit:
        unit.change(Complaint, complaint_uid("crm", key), **fields)


def erase(store, records, key):
    with store.unit(records.person.uid) as unit:
        unit.put(
            Erasure(
                uid=records.uid(),
                noun="complaint",
                entity=complaint_uid("crm", key),
                reason="asked for",
                ordered_at=records.time(),
                person=records.person.uid,
            )
        )
        settle(store, unit, records)


def pause(store, records, key):
    with store.unit(records.person.uid) as unit:
        made = ClockPause(
            uid=records.uid(),
            complaint=complaint_uid("crm", key),
            begun_at=records.time(),
            reason="We wait for an answer",
            person=records.person.uid,
        )
        unit.put(made)


def get(store, key):
    with store.reader() as reader:
        return reader.get(Complaint, complaint_uid("crm", key))


def rows_of(store):
    """All that stands in the tables, but local keys."""
    with store.reader() as reader:
        columns = [column for column in complaint.c if column.name != "id"]
        found = reader.connection.execute(select(*columns).order_by(complaint.c.uid)).all()
        pauses = [one.uid for one in reader.find(ClockPause)]
        files = dict(reader.connection.execute(select(complaint_lot.c.uid, complaint_lot.c.rows)).all())
        return [tuple(one) for one in found], sorted(pauses), files


def send(source, target, records, *, files=True):
    """Everything that one store knows, as packs would bring it."""
    trusted = {source.device.id: source.device.public_key, target.device.id: target.device.public_key}
    with target.reader() as reader:
        gone = set(reader.connection.scalars(text("SELECT sha256 FROM erased_blob")))
    for sha256 in source.evidence.all() if files else ():
        if sha256 not in gone and not target.evidence.has(sha256):
            target.evidence.keep(source.evidence.read(sha256))
    with source.reader() as reader:
        asked = text("SELECT device, public_key FROM signer")
        signers = {row.device: row.public_key for row in reader.connection.execute(asked)}
    with target.unit(records.person.uid) as unit:
        journal.merge(unit, every_line(source), trusted=signers | trusted)
        settle(target, unit, records)


def every_line(store):
    with store.reader() as reader:
        found = reader.connection.execute(text("SELECT DISTINCT device, epoch FROM operation")).all()
        return [line for device, epoch in found for line in journal.since(reader, epoch, 1, 10**9, device=device)]


def words_kept(store):
    """Everything readable in the kept files of a store."""
    return b"".join(gzip.decompress(store.evidence.read(one)) for one in store.evidence.all()).decode()


@pytest.mark.on_both
def test_rows_of_a_lot_stand_as_records_and_are_found(store, records) -> None:
    begin(store, records)
    day = date(2026, 3, 1)
    fields = (*FIELDS, "occurred_on", "more", "closed_at", "state")
    bring(
        store,
        records,
        [[*row("K1", place=records.place.uid), day.isoformat(), {"Ward": "7"}, "2026-03-05T10:00:00.5Z", "closed"]],
        fields=fields,
    )
    found = get(store, "K1")
    assert (found.number, found.place, found.occurred_on) == ("K1", records.place.uid, day)
    assert found.more == {"Ward": "7"}
    assert found.closed_at == datetime(2026, 3, 5, 10, 0, 0, 500_000, tzinfo=UTC)
    assert found.received_at == datetime(2026, 3, 1, 8, tzinfo=UTC)
    with store.reader() as reader:
        searched = condition(reader.connection, "complaint", complaint.c.id, "queu lon")
        assert reader.connection.scalars(select(complaint.c.uid).where(searched)).all() == [found.uid]
        assert reader.find(Complaint, state="closed") == [found]
    assert check(store) == []


def test_what_a_fast_insert_writes_is_what_a_record_would(store, records) -> None:
    """The same row by the fast way and by the way of records differ in no byte of the database."""
    begin(store, records)
    bring(store, records, [row("K1", place=records.place.uid)])
    with store.unit(records.person.uid) as unit:
        made = unit.get(Complaint, complaint_uid("crm", "K1"))
        unit.put(Complaint(**{n: getattr(made, n) for n in made.__struct_fields__} | {"uid": records.uid()}))
    connection = connecting.connect(store.folder / "gemba.db", store.key)
    names = ", ".join(f"typeof({one.name}), {one.name}" for one in complaint.c if one.name not in ("id", "uid", "lot"))
    one, other = connection.execute(f"SELECT {names} FROM complaint ORDER BY id").fetchall()
    connection.close()
    assert one == other


@pytest.mark.on_both
def test_edits_lie_over_the_lot_and_stay_when_a_newer_one_comes(store, records, time) -> None:
    begin(store, records)
    bring(store, records, [row("K1"), row("K2")])
    edit(store, records, "K1", severity=Severity.HIGH)
    time.move(hours=1)
    bring(store, records, [row("K1", words="Longer still", severity="low"), row("K3")])
    found = get(store, "K1")
    assert (found.severity, found.words) == (Severity.HIGH, "Longer still")
    assert get(store, "K2").words == "The queue was long"
    assert check(store) == []


@pytest.mark.on_both
def test_an_edit_an_erasure_and_what_waits_may_come_before_the_lot(store, another, records) -> None:
    begin(store, records)
    bring(store, records, [row("K1"), row("K2"), row("K3", place=records.place.uid)])
    edit(store, records, "K1", severity=Severity.HIGH)
    pause(store, records, "K2")
    erase(store, records, "K3")
    other = another("other")
    send(store, other, records, files=False)
    assert get(other, "K1") is None
    with other.reader() as reader:
        assert lots.is_pending(reader)
    send(store, other, records)
    assert rows_of(other) == rows_of(store)
    assert get(other, "K1").severity == Severity.HIGH
    assert (get(other, "K3").words, get(other, "K3").place) == ("", records.place.uid)
    assert check(other) == []


def test_a_row_waits_for_the_place_that_it_names(store, another, records) -> None:
    begin(store, records)
    far = Place(uid=records.uid(), name="Far")
    with store.unit(records.person.uid) as unit:
        unit.put(far)
    bring(store, records, [row("K1"), row("K2", place=far.uid)])
    other = another("other")
    lines = [line for line in every_line(store) if json.loads(line)["header"]["entity"] != far.uid]
    trusted = {store.device.id: store.device.public_key}
    for sha256 in store.evidence.all():
        other.evidence.keep(store.evidence.read(sha256))
    with other.unit(records.person.uid) as unit:
        journal.merge(unit, lines, trusted=trusted)
        settle(other, unit, records)
    assert get(other, "K1") is not None
    assert get(other, "K2") is None
    assert check(other, files=False) == []
    send(store, other, records)
    assert rows_of(other) == rows_of(store)
    assert check(other, files=False) == []


def test_a_lot_whose_file_comes_while_nobody_looks_is_laid_at_the_next_opening(store, another, records, key, time):
    begin(store, records)
    bring(store, records, [row("K1")])
    other = another("other")
    send(store, other, records, files=False)
    for sha256 in store.evidence.all():
        other.evidence.keep(store.evidence.read(sha256))
    folder = other.folder
    other.close()
    again = opening.open_store(folder, key, clock=time, reserve=0)
    try:
        assert get(again, "K1") is not None
        assert check(again) == []
    finally:
        again.close()


@pytest.mark.on_both
def test_two_that_erase_different_complaints_of_one_lot_agree_and_keep_neithers_words(
    store, another, records, time
) -> None:
    begin(store, records)
    bring(store, records, [row(f"K{n}", words=f"{SECRET}{n} fell") for n in range(4)])
    other = another("other")
    send(store, other, records)
    erase(store, records, "K0")
    time.move(minutes=3)
    erase(other, records, "K1")
    for _ in range(2):
        send(store, other, records)
        send(other, store, records)
    assert rows_of(store) == rows_of(other)
    for one in (store, other):
        assert f"{SECRET}0" not in words_kept(one)
        assert f"{SECRET}1" not in words_kept(one)
        assert f"{SECRET}2" in words_kept(one)
        assert len(list(one.evidence.all())) == 1
        assert check(one) == []
        with one.reader() as reader:
            assert not lots.is_pending(reader)


def test_words_that_are_imported_again_elsewhere_after_the_erasure_do_not_come_back(store, another, records) -> None:
    begin(store, records)
    bring(store, records, [row("K1", words=f"{SECRET} fell")])
    erase(store, records, "K1")
    other = another("other")
    begin(other, records)
    bring(other, records, [row("K1", words=f"{SECRET} fell"), row("K2", words="Other", customer="")])
    send(other, store, records)
    assert get(store, "K1").words == ""
    assert get(store, "K2").words == "Other"
    assert SECRET not in words_kept(store)
    assert check(store) == []


def test_what_came_in_a_lot_brings_its_lot_along(store, another, records) -> None:
    begin(store, records)
    bring(store, records, [row("K1", place=records.place.uid), row("K2")])
    edit(store, records, "K2", severity=Severity.HIGH)
    other = another("other")
    with store.reader() as reader:
        found = selections.with_named(reader, {("complaint", complaint_uid("crm", "K2"))})
        lines, blobs = list(selections.lines(reader, found)), selections.blobs(reader, found)
    assert {noun for noun, _ in found} == {"complaint", "complaint_lot", "intake", "person", "place"}
    for sha256 in blobs:
        other.evidence.keep(store.evidence.read(sha256))
    with other.unit(records.person.uid) as unit:
        journal.merge(unit, lines, trusted={store.device.id: store.device.public_key})
        settle(other, unit, records)
    assert get(other, "K2").severity == Severity.HIGH
    assert rows_of(other) == rows_of(store)
    assert check(other) == []


def test_a_file_that_was_erased_with_more_of_its_words_is_not_made_again(store, another, records) -> None:
    """Of two erasures one has come, and that nobody may keep the file between them; then comes what they are about."""
    begin(store, records)
    lot = bring(store, records, [row("K1", words=f"{SECRET} first"), row("K2", words=f"{SECRET} second")])
    first = store.evidence.read(lot.rows)
    erase(store, records, "K1")
    (between,) = store.evidence.all()
    erase(store, records, "K2")
    other = another("other")
    other.evidence.keep(first)
    second = {complaint_uid("crm", "K2"), lot.rows}

    def comes(line: bytes) -> bool:
        said = json.loads(line)
        noun, values = said["header"]["noun"], said["payload"]["set"]
        is_of_second = values.get("entity") in second or second & set(values.get("blobs", ()))
        return not is_of_second and not (noun == "complaint_lot" and said["header"]["parents"])

    lines = [line for line in every_line(store) if comes(line)]
    later = [line for line in lines if json.loads(line)["header"]["noun"] == "complaint_lot"]
    for some in ([line for line in lines if line not in later], later):
        with other.unit(records.person.uid) as unit:
            journal.merge(unit, some, trusted={store.device.id: store.device.public_key})
            settle(other, unit, records)
    assert between not in other.evidence.all()
    assert f"{SECRET} first" in words_kept(other), (
        "the file as it was imported, until the one that takes its place comes"
    )
    send(store, other, records)
    assert SECRET not in words_kept(other)
    assert rows_of(other) == rows_of(store)
    assert check(other) == check(store) == []


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE complaint SET words = 'x' WHERE key = 'K1'", "store.row_differs"),
        ("UPDATE complaint SET severity = 'low' WHERE key = 'K2'", "store.row_differs"),
        ("UPDATE complaint SET lot = NULL WHERE key = 'K1'", "store.row_unfounded"),
        ("DELETE FROM complaint WHERE key = 'K1'", "store.row_missing"),
        (
            "UPDATE complaint SET uid = '01a1fbf1-79f6-759a-b9d5-f2129aa76d85' WHERE key = 'K1'",
            "store.row_unfounded",
        ),
    ],
)
def test_planted_damage_of_rows_that_came_in_a_lot_is_found(store, records, statement, code) -> None:
    begin(store, records)
    bring(store, records, [row("K1"), row("K2")])
    edit(store, records, "K2", severity=Severity.HIGH)
    assert check(store) == []
    connection = connecting.connect(store.folder / "gemba.db", store.key)
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute(statement)
    connection.close()
    assert code in {problem.code for problem in check(store, files=False)}


@pytest.mark.parametrize(
    "rows",
    [
        [["K1", AT]],
        [row("K1"), row("K1")],
        [row("K1", severity="worst")],
        [["K1", "2026-03-01T08:00:00", "", "", "low", None]],
        [row("K\0")],
    ],
)
def test_a_file_that_is_none_stays_out_and_is_told_of(store, records, rows) -> None:
    begin(store, records)
    bring(store, records, rows)
    with store.reader() as reader:
        assert lots.is_pending(reader)
        assert reader.find(Complaint) == []
    assert {problem.code for problem in check(store)} == {"store.lot_unreadable"}


def test_kept_bytes_are_the_same_wherever_they_are_made_and_no_bomb_is_unpacked() -> None:
    lines = [lot_rows.head_line(("key",), {"source": "crm"}), b'["K1"]\n']
    made = lot_rows.pack(lines)
    assert made.startswith(b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff")
    assert gzip.decompress(made) == b"".join(lines) == lot_rows.unpack(made)
    assert lot_rows.pack(lines) == made
    bomb = lot_rows.pack([b" " * 2**20] * 65)
    for bad in (bomb, made[:-1], made + b"x", b"PK", b""):
        with pytest.raises(Trouble, match="lot_unreadable"):
            lot_rows.unpack(bad)


def test_the_quick_uid_is_the_uid() -> None:
    for source, key in [("crm", "K1"), ("", "Ω"), ("Büro", "a\tb")]:
        assert lot_rows.uid_of(lot_rows.seed_of(source), key) == complaint_uid(source, key)


@pytest.fixture
def world(store, another, records, time):
    """Two stores that import, edit and erase the same complaints apart; all lines, all files ever kept."""
    begin(store, records)
    other = another("other")
    send(store, other, records)
    files = {}

    def remember():
        for one in (store, other):
            files.update({sha256: one.evidence.read(sha256) for sha256 in one.evidence.all()})

    bring(store, records, [row("K1"), row("K2"), row("K3", place=records.place.uid)])
    time.move(minutes=1)
    bring(other, records, [row("K2", words=f"{SECRET} again"), row("K4"), row("K5")])
    remember()
    edit(store, records, "K1", severity=Severity.HIGH, summary=f"{SECRET} waits")
    edit(other, records, "K4", severity=Severity.LOW)
    pause(store, records, "K3")
    erase(store, records, "K2")
    remember()
    time.move(minutes=1)
    bring(other, records, [row("K1", words="Newest", severity="low"), row("K5", words="Five")])
    remember()
    erase(other, records, "K5")
    remember()
    send(store, other, records)
    edit(other, records, "K1", words="Said by a person")
    for _ in range(2):
        send(other, store, records)
        send(store, other, records)
    remember()
    assert rows_of(store) == rows_of(other)
    assert check(store) == check(other) == []
    lines = {json.loads(line)["header"]["id"]: line for one in (store, other) for line in every_line(one)}
    return store, list(lines.values()), {one.device.id: one.device.public_key for one in (store, other)}, files


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
def test_the_result_does_not_depend_on_the_order(seed, world, records, tmp_path, key, time) -> None:
    store, lines, trusted, files = world
    chance, made = random.Random(seed), []
    try:
        for _ in range(2):
            fresh = opening.create(tmp_path / records.uid(), key, clock=time, device_name="fresh", reserve=0)
            made.append(fresh)
            hear(fresh, records, [*lines, *chance.sample(lines, len(lines) // 3), *files], trusted, files, chance)
            assert rows_of(fresh)[:2] == rows_of(store)[:2]
        for _ in range(3):
            send(*made, records)
            send(*reversed(made), records)
        assert rows_of(made[0]) == rows_of(made[1])
        for one in made:
            assert check(one) == []
            told = words_kept(one)
            assert f"{SECRET} again" not in told
            assert "Five" not in told
    finally:
        for one in made:
            one.close()


def hear(store, records, events, trusted, files, chance) -> None:
    """Operations and files arrive, a few at a time, in any order, some twice."""
    chance.shuffle(events)
    while events:
        size = chance.randrange(1, 9)
        some, events = events[:size], events[size:]
        with store.reader() as reader:
            gone = set(reader.connection.scalars(text("SELECT sha256 FROM erased_blob")))
        for sha256 in {one for one in some if isinstance(one, str)} - gone:
            store.evidence.keep(files[sha256])
        with store.unit(records.person.uid) as unit:
            journal.merge(unit, [one for one in some if isinstance(one, bytes)], trusted=trusted)
            if unit.get(type(records.person), records.person.uid) is not None:
                settle(store, unit, records)
