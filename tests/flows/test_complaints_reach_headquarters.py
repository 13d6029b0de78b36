"""Complaints of a branch reach headquarters whole, and what headquarters governs reaches the branch.

Once with headquarters' records in a folder, once on a PostgreSQL server.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from tests.conftest import new_uid
from tests.flows.steward import BEGINS, ENDS, Calendar, service_centre
from tests.postgres_server import Server

from gemba.domain.complaint_reviews import ClusterDecision, ComplaintReview, SystemicVerdict
from gemba.domain.complaints import ClockTarget, Complaint, Severity, complaint_uid
from gemba.domain.intakes import ComplaintLot, Intake
from gemba.domain.measures import FrozenBaseline, Measure
from gemba.domain.places import Level
from gemba.domain.privacy import RetentionRule
from gemba.domain.process_maps import ProcessMap, ProcessStep
from gemba.domain.record import Record
from gemba.domain.settlements import Settlement
from gemba.domain.vocabularies import Facet, Vocabulary
from gemba.errors import Refusal
from gemba.hq import intake
from gemba.hq.founding import found
from gemba.hq.publishing import publish
from gemba.store import conflicts
from gemba.store.checking import check
from gemba.store.complaint_lists import COMPLAINTS
from gemba.store.lists import Query
from gemba.work import baselines, complaint_moves, measures, process_maps, retention
from gemba.work.clock_targets import set_target
from gemba.work.complaints import change
from gemba.work.decide_cluster import decide, decisions_of
from gemba.work.desk import Desk
from gemba.work.draw_review import Wanted, draw
from gemba.work.erase import erase
from gemba.work.import_complaints import import_
from gemba.work.inspect_complaints import inspect
from gemba.work.open_desk import make_desk, open_desk
from gemba.work.places import add_place
from gemba.work.review_clusters import clusters
from gemba.work.send_pack import seal
from gemba.work.settle_conflict import settle, take_side
from gemba.work.take_in import take_in
from gemba.work.vocabularies import Words, release

SOURCE = "Service centre"
PHRASE = "a passphrase of tests"
ERASED_HERE, ERASED_THERE = ("SC-0001", "Zwetschgenkuchen"), ("SC-0002", "Xylophonia")
"""Key of a complaint, and a word that nobody else says."""
GOVERNED = (Vocabulary, ClockTarget, RetentionRule, Measure, FrozenBaseline, ProcessMap, ProcessStep)


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture(params=["a folder", "PostgreSQL"])
def hq(request: pytest.FixtureRequest, tmp_path: Path, calendar: Calendar) -> Iterator[Desk]:
    """Headquarters with governed words, targets, rules, a measure and a map."""
    server: Server | None = request.getfixturevalue("server") if request.param == "PostgreSQL" else None
    name = server.make_database() if server is not None else ""
    database = server.url(name) if server is not None else ""
    found(tmp_path / "hq", clock=calendar, ids=new_uid, passphrase=PHRASE, database=database)
    desk = open_desk(tmp_path / "hq", clock=calendar, ids=new_uid, passphrase=PHRASE)
    govern(desk)
    yield desk
    desk.store.close()
    if server is not None:
        server.drop(name)


@pytest.fixture
def anna(hq: Desk, tmp_path: Path, calendar: Calendar) -> Iterator[Desk]:
    """A laptop that has what headquarters governs, and has imported the file of its service centre."""
    made = make_desk(tmp_path / "anna", clock=calendar, ids=new_uid, demo=True)
    take_in(made, hq.store.folder / "headquarters.card")
    add_place(made, "Stockroom")
    up(made, hq, tmp_path)
    down(hq, made, tmp_path)
    bring_in(made, tmp_path)
    yield made
    made.store.close()


def govern(hq: Desk) -> None:
    north = add_place(hq, "North", level=Level.REGION, zone="Europe/Berlin").uid
    for name in ("Hafen", "Bahnhof"):
        add_place(hq, name, parent=north)
    release(hq, Facet.STEP, Words(terms={"pay": "Payment", "send": "Delivery", "ask": "Enquiry"}))
    release(hq, Facet.CAUSE, Words(terms={"late": "Too late", "wrong": "Wrong amount", "rude": "Unfriendly"}))
    release(hq, Facet.CHANNEL, Words(terms={"phone": "Telephone", "web": "Web form", "letter": "Letter"}))
    set_target(hq, Severity.HIGH, tell_hours=48, place=north, valid_from=date(2025, 1, 1))
    retention.add_rule(hq, 3650, place=north, basis="Order 4", needs_consent=True)
    measures.add(hq, measures.NewMeasure(code="late", title="Late", filters={"cause": "late"}))
    way = process_maps.make_map(hq, "Delivery").uid
    process_maps.add_step(hq, way, "Delivery", code="send")


def bring_in(laptop: Desk, folder: Path, added: int | None = None) -> None:
    centre = service_centre()
    for key, word in (ERASED_HERE, ERASED_THERE):
        centre.rows[int(key[-4:])][-1] = f"{word} kam nie an"
    file = centre.write(folder / "centre.csv")
    seen = inspect(laptop, file, source=SOURCE)
    done = import_(laptop, file, seen.reading, seen.plan)
    assert (done.counted.added, done.counted.refused) == (len(centre.rows) if added is None else added, 0)


def up(laptop: Desk, hq: Desk, folder: Path) -> None:
    for pack in seal(laptop):
        take_in(laptop, intake.take_in(hq, pack.file, folder).receipt)


def down(hq: Desk, laptop: Desk, folder: Path) -> None:
    take_in(laptop, publish(hq, folder / "down").file)


def all_of(desk: Desk, noun: type[Record]) -> dict[str, Record]:
    with desk.reader() as reader:
        return {one.uid: one for one in reader.find(noun)}


def complaint(desk: Desk, key: str) -> Complaint:
    with desk.reader() as reader:
        found = reader.get(Complaint, complaint_uid(SOURCE, key))
    assert found is not None
    return found


def found_by(desk: Desk, words: str) -> list[str]:
    with desk.reader() as reader:
        return [one.number for one in COMPLAINTS.first(reader, Query(search=words), limit=1000)]


def is_said_anywhere(desk: Desk, word: str) -> bool:
    """Whether any kept file holds a word, or (of a folder's store) the search index."""
    kept = [desk.store.evidence.read(sha256) for sha256 in desk.store.evidence.all()]
    plain = [gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data for data in kept]
    with desk.reader() as reader:
        if reader.connection.dialect.name == "sqlite":
            plain += reader.connection.scalars(text("SELECT block FROM complaint_search_data"))
    return any(word.casefold().encode() in data.lower() for data in plain)


def decided(desk: Desk, review: str) -> list[SystemicVerdict]:
    with desk.reader() as reader:
        return [each[0].decided for each in decisions_of(reader, review).values()]


def of_late(desk: Desk, review: str):
    (found,) = [each for each in clusters(desk, review).clusters if each.key == ("send", "late", "")]
    return found


def test_what_was_imported_stands_at_headquarters_with_edits_over_it(anna: Desk, hq: Desk, tmp_path: Path) -> None:
    edited = complaint_uid(SOURCE, "SC-0010")
    change(anna, edited, cause="wrong", words="It was the amount: Quittenmus")
    complaint_moves.reopen(anna, complaint_uid(SOURCE, "SC-0020"))
    up(anna, hq, tmp_path)
    for noun in (Complaint, Intake, ComplaintLot):
        assert all_of(hq, noun) == all_of(anna, noun)
    assert complaint(hq, "SC-0010").cause == "wrong"
    assert complaint(hq, "SC-0020").reopened == 1
    assert complaint(hq, "SC-0300").due_at == complaint(anna, "SC-0300").due_at
    assert found_by(hq, "Quittenmus") == ["SC-0010"]
    assert sorted(found_by(hq, "Mal")) == sorted(found_by(anna, "Mal"))
    change(anna, edited, summary="Said later")
    up(anna, hq, tmp_path)
    assert complaint(hq, "SC-0010") == complaint(anna, "SC-0010")
    change(hq, complaint_uid(SOURCE, "SC-0030"), summary="Headquarters asks")
    down(hq, anna, tmp_path)
    assert complaint(anna, "SC-0030").summary == "Headquarters asks"
    assert check(anna.store) == check(hq.store) == []


def test_what_is_erased_on_either_side_is_gone_on_both(anna: Desk, hq: Desk, tmp_path: Path) -> None:
    up(anna, hq, tmp_path)
    for key, word in (ERASED_HERE, ERASED_THERE):
        assert found_by(hq, word) == [key]
        assert is_said_anywhere(hq, word)
    erase(anna, "complaint", complaint_uid(SOURCE, ERASED_HERE[0]), "The customer asked")
    up(anna, hq, tmp_path)
    erase(hq, "complaint", complaint_uid(SOURCE, ERASED_THERE[0]), "The customer asked")
    down(hq, anna, tmp_path)
    for desk in (anna, hq):
        for key, word in (ERASED_HERE, ERASED_THERE):
            left = complaint(desk, key)
            assert (left.words, left.customer, left.step) == ("", "", "pay")
            assert found_by(desk, word) == []
            assert not is_said_anywhere(desk, word)
        assert len(found_by(desk, "Mal")) == 396
    with suppress(Refusal):  # whose file of the rows that are left is kept follows from chance; ours may be theirs
        up(anna, hq, tmp_path)
    assert all_of(hq, ComplaintLot) == all_of(anna, ComplaintLot)
    assert check(hq.store) == check(anna.store) == []


def test_what_headquarters_governs_stands_on_a_laptop(anna: Desk, hq: Desk, tmp_path: Path) -> None:
    up(anna, hq, tmp_path)
    with hq.reader() as reader:
        measure = measures.measure_named(reader, "late").uid
    baselines.freeze(hq, measure, reason="Before", begins=date(2025, 7, 7), ends=date(2025, 12, 28))
    release(
        hq,
        Facet.CAUSE,
        Words(terms={"late": "Too late", "error": "Wrong or unfriendly"}),
        crosswalk={"wrong": "error", "rude": "error"},
        reason="Fewer",
    )
    down(hq, anna, tmp_path)
    for noun in GOVERNED:
        there = all_of(hq, noun)
        assert there
        assert there == all_of(anna, noun)
    with anna.reader() as reader:
        counted = COMPLAINTS.first(reader, Query(where={"cause": ("error",)}), limit=1000)
    assert len(counted) == len(service_centre().rows) - 26 - 48
    assert check(anna.store) == check(hq.store) == []


def test_two_who_decide_one_cluster_differently_are_settled_by_a_person(anna: Desk, hq: Desk, tmp_path: Path) -> None:
    review = draw(anna, Wanted(begins=BEGINS, ends=ENDS)).uid
    up(anna, hq, tmp_path)
    assert all_of(hq, ComplaintReview) == all_of(anna, ComplaintReview)
    mine, theirs = of_late(anna, review), of_late(hq, review)
    assert mine == theirs
    decide(anna, review, mine, SystemicVerdict.SYSTEMIC, "At both branches")
    decide(hq, review, theirs, SystemicVerdict.ISOLATED, "It was the strike")
    up(anna, hq, tmp_path)
    with hq.reader() as reader:
        (listed,) = conflicts.open_conflicts(reader)
        open_one = conflicts.of_record(reader, "cluster_decision", listed.entity)
    assert open_one is not None
    assert {"decided", "reason"} <= {one.field for one in open_one.fields}
    settle(hq, "cluster_decision", listed.entity, take_side(open_one, anna.store.device.id), "Both were asked")
    down(hq, anna, tmp_path)
    for desk in (anna, hq):
        assert decided(desk, review) == [SystemicVerdict.SYSTEMIC]
        with desk.reader() as reader:
            assert conflicts.open_conflicts(reader) == []
            assert [one.reason for one in reader.find(Settlement)] == ["Both were asked"]
            assert len(reader.find(ClusterDecision)) == 1
        assert check(desk.store) == []


def test_two_who_change_one_imported_complaint_differently_are_settled_by_a_person(
    anna: Desk, hq: Desk, tmp_path: Path
) -> None:
    up(anna, hq, tmp_path)
    uid = complaint_uid(SOURCE, "SC-0040")
    change(anna, uid, cause="wrong", summary="As the branch sees it")
    change(hq, uid, cause="rude")
    up(anna, hq, tmp_path)
    with hq.reader() as reader:
        (listed,) = conflicts.open_conflicts(reader)
        open_one = conflicts.of_record(reader, "complaint", listed.entity)
    assert open_one is not None
    assert [one.field for one in open_one.fields] == ["cause"], "what only one has changed is no conflict"
    settle(hq, "complaint", uid, take_side(open_one, anna.store.device.id), "The branch has asked the customer")
    down(hq, anna, tmp_path)
    bring_in(anna, tmp_path, added=0)
    up(anna, hq, tmp_path)
    for desk in (anna, hq):
        assert (complaint(desk, "SC-0040").cause, complaint(desk, "SC-0040").summary) == (
            "wrong",
            "As the branch sees it",
        )
        with desk.reader() as reader:
            assert conflicts.open_conflicts(reader) == []
        assert check(desk.store) == []
    assert all_of(hq, Complaint) == all_of(anna, Complaint)
