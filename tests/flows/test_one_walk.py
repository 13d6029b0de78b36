"""The whole story: from a checklist to headquarters' receipt, headless, through the same doors as the program."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest

from gemba.domain.assessments import Assessment, Custody
from gemba.domain.evidence import Evidence
from gemba.domain.findings import FindingGrade
from gemba.errors import Refusal
from gemba.hq import intake
from gemba.hq.founding import Senders, found
from gemba.packs.verifying import verify
from gemba.store.checking import check
from gemba.store.lists import ASSESSMENTS, PACKS, Query
from gemba.work import conduct, follow_action
from gemba.work.attach_evidence import attach
from gemba.work.cards import write_card
from gemba.work.conclude import conclude
from gemba.work.desk import Desk
from gemba.work.import_template import import_template
from gemba.work.issue_report import assessment_report
from gemba.work.open_desk import open_desk
from gemba.work.places import add_place
from gemba.work.raise_finding import raise_finding
from gemba.work.send_pack import seal, send
from gemba.work.take_in import take_in

Clock = Callable[[], datetime]


@pytest.fixture
def headquarters(tmp_path: Path, ticking: Clock) -> Path:
    found(tmp_path / "hq", clock=ticking, ids=ids, name="Meridian", demo=True)
    return tmp_path / "hq"


def ids() -> str:
    import uuid_utils

    return str(uuid_utils.uuid7())


def custody(desk: Desk, uid: str) -> Custody:
    with desk.reader() as reader:
        return ASSESSMENTS.lines(reader, [ASSESSMENTS.key(reader, uid)])[0].custody


def a_checklist() -> bytes:
    """A workbook as an auditor would bring it."""
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "survey"
    for row in (
        ("type", "name", "label", "required", "relevant"),
        ("begin_group", "counter", "At the counter", "", ""),
        ("select_one yn", "greeted", "Customers are greeted within a minute", "yes", ""),
        ("select_one yn", "served", "Customers are served within ten minutes", "yes", ""),
        ("text", "why", "What held them up?", "yes", "${served} = 'no'"),
        ("image", "photo", "A photo of the queue", "", "${served} = 'no'"),
        ("end_group", "", "", "", ""),
    ):
        book.active.append(row)
    choices = book.create_sheet("choices")
    for choice in (("list_name", "name", "label", "score"), ("yn", "yes", "Yes", 1), ("yn", "no", "No", 0)):
        choices.append(choice)
    settings = book.create_sheet("settings")
    settings.append(("form_id", "form_title", "version"))
    settings.append(("counter_check", "Counter check", "3"))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def conduct_a_walk(desk: Desk, photo: bytes) -> str:
    place = add_place(desk, "Harbour branch", zone="Europe/Berlin").uid
    template = import_template(desk, a_checklist(), "counter-check.xlsx").uid
    walk = conduct.start(desk, template, place).uid
    fill = conduct.open_sheet(desk, walk).fill
    for name, value in (("greeted", "yes"), ("served", "no"), ("why", "Two of three counters closed")):
        conduct.answer(desk, walk, fill.resolve(name), value)
    photo_uid = attach(desk, walk, photo, "queue.jpg", path=fill.resolve("photo")).uid
    finding = raise_finding(
        desk,
        walk,
        grade=FindingGrade.MAJOR,
        criterion="Served within ten minutes",
        text="Eight customers waited.",
        evidence=[photo_uid],
    ).uid
    follow_action.add(desk, finding, text="Open counter 2 at noon", owner="Branch manager", due=date(2026, 3, 20))
    conclude(desk, walk)
    return walk


def at_headquarters(folder: Path, clock: Clock, pack: Path, out: Path) -> intake.SignedFor:
    hq = open_desk(folder, clock=clock, ids=ids)
    try:
        return intake.take_in(hq, pack, out)
    finally:
        hq.store.close()


def test_one_walk_from_template_to_receipt(
    desk: Desk, headquarters: Path, tmp_path: Path, ticking: Clock, queue_photo: bytes
) -> None:
    walk = conduct_a_walk(desk, queue_photo)
    report = assessment_report(desk, walk, tmp_path / "report.pdf")
    assert report.pages >= 2
    assert report.file.read_bytes().startswith(b"%PDF")
    assert custody(desk, walk) is Custody.HERE

    take_in(desk, headquarters / "headquarters.card")
    [pack] = seal(desk)
    assert custody(desk, walk) is Custody.SEALED
    stick = tmp_path / "stick"
    stick.mkdir()
    sent = send(desk, pack.sha256, stick)
    assert custody(desk, walk) is Custody.SENT
    assert verify(sent.file).level == "outer"
    assert verify(sent.file, [desk.store.device.identity]).level == "whole"

    taken = at_headquarters(headquarters, ticking, sent.file, stick)
    assert taken.new
    assert taken.missing == ()
    assert taken.conflicts == taken.forks == 0
    assert custody(desk, walk) is Custody.SENT

    take_in(desk, taken.receipt)
    assert custody(desk, walk) is Custody.HELD
    with desk.reader() as reader:
        assert [line.state for line in PACKS.first(reader, Query())] == [Custody.HELD]
    assert check(desk.store) == []

    hq = open_desk(headquarters, clock=ticking, ids=ids)
    try:
        with hq.reader() as reader, desk.reader() as mine:
            assert reader.get(Assessment, walk) == mine.get(Assessment, walk)
            evidence = reader.find(Evidence)[0]
        assert hq.store.evidence.read(evidence.sha256) == queue_photo
        assert check(hq.store) == []
    finally:
        hq.store.close()


def test_the_same_pack_twice_changes_nothing_and_gives_the_same_receipt(
    desk: Desk, headquarters: Path, tmp_path: Path, ticking: Clock, queue_photo: bytes
) -> None:
    conduct_a_walk(desk, queue_photo)
    take_in(desk, headquarters / "headquarters.card")
    [pack] = seal(desk)
    first = at_headquarters(headquarters, ticking, pack.file, tmp_path / "one")
    second = at_headquarters(headquarters, ticking, pack.file, tmp_path / "two")
    assert not second.new
    assert second.operations == 0
    assert first.receipt.read_bytes() == second.receipt.read_bytes()


def test_only_what_no_receipt_names_is_sealed_again(
    desk: Desk, headquarters: Path, tmp_path: Path, ticking: Clock, queue_photo: bytes
) -> None:
    walk = conduct_a_walk(desk, queue_photo)
    take_in(desk, headquarters / "headquarters.card")
    [first] = seal(desk)
    assert seal(desk) == (first,)
    take_in(desk, at_headquarters(headquarters, ticking, first.file, tmp_path).receipt)
    with pytest.raises(Refusal, match=r"work\.nothing_to_send"):
        seal(desk)
    with desk.reader() as reader:
        finding = reader.find(Assessment, uid=walk)[0].uid
    raise_later = add_place(desk, "Market Street branch").uid
    [second] = seal(desk)
    assert (second.operations, second.blobs) == (1, 0)
    take_in(desk, at_headquarters(headquarters, ticking, second.file, tmp_path).receipt)
    assert custody(desk, finding) is Custody.HELD
    assert raise_later


def test_without_its_headquarters_a_laptop_seals_nothing(desk: Desk) -> None:
    with pytest.raises(Refusal, match=r"work\.no_headquarters"):
        seal(desk)


def test_a_strict_headquarters_keeps_packs_of_strangers_in_quarantine_until_they_are_enrolled(
    desk: Desk, tmp_path: Path, ticking: Clock, queue_photo: bytes
) -> None:
    folder = tmp_path / "strict"
    card = found(folder, clock=ticking, ids=ids, senders=Senders.ENROLLED, demo=True).file
    conduct_a_walk(desk, queue_photo)
    take_in(desk, card)
    [pack] = seal(desk)
    with pytest.raises(Refusal, match=r"hq\.unknown_sender"):
        at_headquarters(folder, ticking, pack.file, tmp_path)
    assert [item.read_bytes() for item in (folder / "quarantine").iterdir()] == [pack.file.read_bytes()]
    hq = open_desk(folder, clock=ticking, ids=ids)
    intake.enrol(hq, write_card(desk, tmp_path).file)
    hq.store.close()
    assert at_headquarters(folder, ticking, pack.file, tmp_path).new


def test_a_forged_receipt_turns_nothing_green(
    desk: Desk, headquarters: Path, tmp_path: Path, ticking: Clock, queue_photo: bytes
) -> None:
    walk = conduct_a_walk(desk, queue_photo)
    take_in(desk, headquarters / "headquarters.card")
    receipt = at_headquarters(headquarters, ticking, seal(desk)[-1].file, tmp_path).receipt
    receipt.write_bytes(receipt.read_bytes().replace(b'"blobs_missing":[]', b'"blobs_missing": []'))
    with pytest.raises(Refusal):
        take_in(desk, receipt)
    forged = receipt.read_bytes()
    other = tmp_path / "other"
    strange = found(other, clock=ticking, ids=ids, demo=True).file
    with pytest.raises(Refusal, match=r"work\.other_headquarters"):
        take_in(desk, strange)
    assert custody(desk, walk) is Custody.SEALED
    assert forged


def test_a_receipt_for_another_laptop_is_refused(
    desk: Desk, headquarters: Path, tmp_path: Path, ticking: Clock, queue_photo: bytes
) -> None:
    from gemba.work.open_desk import make_desk

    other = make_desk(tmp_path / "other", clock=ticking, ids=ids, demo=True)
    take_in(other, headquarters / "headquarters.card")
    take_in(desk, headquarters / "headquarters.card")
    add_place(other, "Elsewhere")
    receipt = at_headquarters(headquarters, ticking, seal(other)[-1].file, tmp_path).receipt
    other.store.close()
    with pytest.raises(Refusal, match=r"work\.receipt_for_other"):
        take_in(desk, receipt)
