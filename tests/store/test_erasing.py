"""Erasure: whatever the order, what tells of a person is gone, and everything else stands."""

from __future__ import annotations

import json
import random
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from tests.store.test_journal import lines_of, take

from gemba.domain.erasures import Erasure
from gemba.domain.evidence import Evidence
from gemba.domain.findings import Finding, FindingGrade
from gemba.domain.people import Person
from gemba.errors import Refusal
from gemba.store import erasing, journal, opening, operations, transit
from gemba.store import journal_tables as tables
from gemba.store.checking import check
from gemba.store.digest import digest
from gemba.store.opening import open_store

WORDS = "XYLOPHONIA"
"""A word that stands nowhere else."""
INDEXED = b"phonia"
"""How it ends in the search index, which spells words small and leaves out what one has in common with the one before
it: of `xylophonia` the first letters, where the mark of the laptop begins with an x."""


def erase(store, records, noun, entity, *blobs):
    with store.unit(records.person.uid) as unit:
        made = Erasure(
            uid=records.uid(),
            noun=noun,
            entity=entity,
            blobs=blobs,
            reason="asked for",
            ordered_at=records.time(),
            person=records.person.uid,
        )
        unit.put(made)
    return made


def told(store, records):
    """A draft with an answer and a finding that tell of a person, the finding edited once."""
    draft = records.begin(store)
    answer = records.answer(store, draft, "/data/who", WORDS)
    finding = records.finding(store, draft, text=f"{WORDS} tripped")
    with store.unit(records.person.uid) as unit:
        unit.change(Finding, finding.uid, text=f"{WORDS} fell", grade=FindingGrade.MAJOR)
    return draft, answer, finding


def get(store, noun, uid):
    with store.reader() as reader:
        return reader.get(noun, uid)


def plain_pages(store):
    """Every page of database and log, decrypted as it lies on the disk: AES-256-CBC, IV and code at the end of each."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    raw, log = (store.folder / "gemba.db").read_bytes(), store.folder / "gemba.db-wal"
    pages = [raw[start : start + 4096] for start in range(0, len(raw), 4096)]
    frames = log.read_bytes()[32:] if log.exists() else b""
    pages += [frames[start + 24 : start + 24 + 4096] for start in range(0, len(frames), 24 + 4096)]
    found = []
    for number, page in enumerate(pages):
        body = page[0 if number else 16 : 4096 - 80]
        opener = Cipher(algorithms.AES256(store.key), modes.CBC(page[-80:-64])).decryptor()
        found.append(opener.update(body) + opener.finalize())
    return b"".join(found)


def digest_of(store):
    with store.reader() as reader:
        return digest(reader)


def test_what_was_said_is_gone_from_rows_journal_search_and_disk(store, records) -> None:
    draft, answer, finding = told(store, records)
    with store.exclusive() as connection:
        connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert WORDS.encode() in plain_pages(store)
    assert INDEXED in plain_pages(store)
    erase(store, records, "finding", finding.uid)
    erase(store, records, "answer", answer)
    assert get(store, Finding, finding.uid).text == ""
    assert get(store, Finding, finding.uid).grade is FindingGrade.MAJOR
    found = plain_pages(store)
    assert WORDS.encode() not in found
    assert INDEXED not in found
    with store.reader() as reader:
        asked = f"SELECT count(*) FROM finding_search WHERE finding_search MATCH '{WORDS}'"
        assert reader.connection.scalar(text(asked)) == 0
    assert check(store, files=False) == []
    assert draft.uid


@pytest.mark.on_both
def test_a_field_that_was_erased_is_not_written_again(store, records) -> None:
    draft, answer, finding = told(store, records)
    erase(store, records, "finding", finding.uid)
    erase(store, records, "answer", answer)
    with store.unit(records.person.uid) as unit:
        with pytest.raises(Refusal, match=r"store\.erased"):
            unit.change(Finding, finding.uid, text="again")
        unit.change(Finding, finding.uid, grade=FindingGrade.MINOR)
    with pytest.raises(Refusal, match=r"store\.erased"):
        records.answer(store, draft, "/data/who", "again")
    assert get(store, Finding, finding.uid).grade is FindingGrade.MINOR


@pytest.mark.parametrize("order", range(6))
def test_before_between_or_after_it_comes_to_the_same(store, headquarters, records, order) -> None:
    told_of = told(store, records)
    whole = lines_of(store)
    erase(store, records, "finding", told_of[2].uid)
    after = [line for line in lines_of(store) if line["header"]["seq"] > len(whole)]
    half = len(whole) // 2
    parts = list(permutations([whole[:half], whole[half:], after]))[order]
    office = headquarters("office")
    for part in parts:
        take(office, part, store)
    assert digest_of(office) == digest_of(store)
    assert check(office, files=False) == []
    with office.reader() as reader:
        table = tables.operation
        kept = reader.connection.execute(select(table.c.personal).where(table.c.entity == told_of[2].uid)).scalars()
        assert set(kept) == {None}
    take(office, whole, store)  # a late copy
    assert digest_of(office) == digest_of(store)


@pytest.mark.on_both
def test_a_line_that_lost_its_personal_part_takes_part_and_a_whole_one_heals_it(store, headquarters, records) -> None:
    _, answer, finding = told(store, records)
    whole, office = lines_of(store), headquarters("office")
    take(office, [{**line, "personal": None} if "personal" in line else line for line in whole], store)
    assert get(office, Finding, finding.uid).text == ""
    assert get(office, Finding, finding.uid).grade is FindingGrade.MAJOR
    assert check(office, files=False) == []
    merged = take(office, whole, store)
    assert (merged.added, merged.known) == (0, len(whole))
    assert digest_of(office) == digest_of(store)
    assert get(office, Finding, finding.uid).text == f"{WORDS} fell"
    assert answer


@pytest.mark.on_both
def test_operations_of_the_first_version_are_erased_too(store, headquarters, records, monkeypatch) -> None:
    monkeypatch.setattr(operations, "PERSONAL_FIELDS", {})
    draft, _, finding = told(store, records)
    monkeypatch.undo()
    whole, office, late = lines_of(store), headquarters("office"), headquarters("late")
    take(office, whole, store)
    erase(store, records, "finding", finding.uid)
    take(office, lines_of(store), store)
    for one in (store, office):
        assert get(one, Finding, finding.uid).text == ""
        assert get(one, Finding, finding.uid).grade is FindingGrade.MAJOR
        assert check(one, files=False) == []
        assert WORDS.encode() not in b"".join(
            json.dumps(line).encode() for line in lines_of(one) if _is_of(line, finding)
        )
    take(late, lines_of(store), store)
    assert check(late, files=False) == []
    take(late, whole, store)
    assert digest_of(late) == digest_of(office)
    assert draft.uid


def _is_of(line, record):
    return line["header"]["entity"] == record.uid


def test_an_operation_of_the_first_version_without_its_payload_waits_for_it(
    store, headquarters, records, monkeypatch
) -> None:
    """Whoever takes payloads away must not blank records elsewhere."""
    monkeypatch.setattr(operations, "PERSONAL_FIELDS", {})
    _, _, finding = told(store, records)
    monkeypatch.undo()
    whole, office = lines_of(store), headquarters("office")
    take(office, [{**line, "payload": None} if _is_of(line, finding) else line for line in whole], store)
    assert get(office, Finding, finding.uid) is None
    assert check(office, files=False) == []
    take(office, whole, store)
    assert digest_of(office) == digest_of(store)
    assert check(office, files=False) == []


def test_erased_bytes_are_deleted_not_kept_again_and_not_waited_for(store, records, folder, key, time) -> None:
    draft = records.begin(store)
    sha256, size = store.evidence.keep(b"a face")
    store.evidence.keep_preview(sha256, 320, b"a small face")
    photo = Evidence(
        uid=records.uid(),
        assessment=draft.uid,
        sha256=sha256,
        name="Ana.jpg",
        media_type="image/jpeg",
        size=size,
        added_at=records.time(),
        person=records.person.uid,
    )
    with store.unit(records.person.uid) as unit:
        unit.put(photo)
    (store.folder / "outbox" / ("d" * 64 + ".gemba")).write_bytes(b"sealed")
    erase(store, records, "evidence", photo.uid, sha256)
    assert not store.evidence.has(sha256)
    assert store.evidence.preview(sha256, 320) is None
    assert list((store.folder / "outbox").iterdir()) == []
    assert get(store, Evidence, photo.uid).name == ""
    with store.reader() as reader:
        assert sha256 not in transit.to_send_blobs(reader)
        assert erasing.erased_blobs(reader) == {sha256}
    with pytest.raises(Refusal, match=r"store\.erased_file"), store.unit(records.person.uid) as unit:
        unit.put(Evidence(**{**{f: getattr(photo, f) for f in photo.__struct_fields__}, "uid": records.uid()}))
    assert {problem.facts.get("sha256") for problem in check(store)} & {sha256} == set()
    store.close()
    open_store(folder, key, clock=time, reserve=0).close()


def test_what_was_cut_short_is_finished_at_the_next_opening(store, records, folder, key, time, monkeypatch) -> None:
    draft = records.begin(store)
    sha256, _ = store.evidence.keep(b"a face")
    finding = records.finding(store, draft)
    monkeypatch.setattr(type(store.evidence), "forget", _stop)
    with pytest.raises(KeyboardInterrupt):
        erase(store, records, "finding", finding.uid, sha256)
    monkeypatch.undo()
    assert store.evidence.has(sha256)
    with store.reader() as reader:
        assert erasing.carried_out(reader) == []
    store.close()
    again = open_store(folder, key, clock=time, reserve=0)
    assert not again.evidence.has(sha256)
    with again.reader() as reader:
        assert erasing.unfinished(reader) == []
        assert len(erasing.carried_out(reader)) == 1
    again.close()


@pytest.fixture
def headquarters(tmp_path, key, time):
    """Makes stores that acknowledge nothing, so that what they hold is what was given to them."""
    made = []

    def make(name):
        folder = tmp_path / name
        made.append(opening.create(folder, key, clock=time, device_name=name, role="headquarters", reserve=0))
        return made[-1]

    yield make
    for one in made:
        one.close()


def _stop(*_):
    raise KeyboardInterrupt


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
def test_any_order_of_any_parts_gives_one_digest(seed, offices) -> None:
    lines, trusted, make = offices
    chance, seen = random.Random(seed), set()
    for _ in range(2):
        mixed = [*lines, *chance.sample(lines, len(lines) // 2)]
        chance.shuffle(mixed)
        office = make()
        blind = {line["header"]["id"] for line in mixed if "personal" in line and chance.random() < 0.2}
        with office.unit(Person(uid="01a1fbf1-79f6-759a-b9d5-f2129aa76d85", name="A").uid) as unit:
            first = [{**line, "personal": None} if line["header"]["id"] in blind else line for line in mixed]
            while first:
                size = chance.randrange(1, 40)
                some, first = first[:size], first[size:]
                journal.merge(unit, some, trusted=trusted)
            journal.merge(unit, lines, trusted=trusted)
        assert check(office, files=False) == []
        seen.add(digest_of(office))
        office.close()
    assert len(seen) == 1


@pytest.fixture
def offices(store, another, records, tmp_path, key, time):
    """All lines of three laptops that edited the same and erased some of it, and a maker of empty headquarters."""
    draft, answer, finding = told(store, records)
    left, right = another("left"), another("right")
    for one, word in ((left, "left"), (right, "right")):
        take(one, lines_of(store), store)
        records.answer(one, draft, "/data/who", word)
        with one.unit(records.person.uid) as unit:
            unit.change(Finding, finding.uid, text=word, grade=FindingGrade.OPPORTUNITY)
    erase(left, records, "finding", finding.uid)
    erase(right, records, "answer", answer)
    erase(right, records, "person", records.person.uid)
    stores = (store, left, right)
    lines = list({line["header"]["id"]: line for one in stores for line in lines_of(one)}.values())
    numbers = iter(range(1000))

    def make():
        folder = tmp_path / f"office-{next(numbers)}"
        return opening.create(folder, key, clock=time, device_name="office", role="headquarters", reserve=0)

    return lines, {one.device.id: one.device.public_key for one in stores}, make
