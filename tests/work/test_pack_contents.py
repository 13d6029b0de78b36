"""What travels in a pack for people, how packs are divided for small sticks, and how they are unpacked again."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from tests.conftest import Clock, new_uid, reopen

from gemba.domain.assessments import Assessment, Custody
from gemba.domain.conclusions import IssuedReport
from gemba.domain.findings import FindingGrade
from gemba.errors import Refusal, Trouble
from gemba.gemba_verify import verify
from gemba.hq import intake
from gemba.hq.founding import found
from gemba.packs.opening import OpenedPack, open_pack
from gemba.store import holding
from gemba.work import conduct, pack_contents
from gemba.work.attach_evidence import attach
from gemba.work.conclude import conclude
from gemba.work.desk import Desk
from gemba.work.import_template import import_template
from gemba.work.issue_report import assessment_report
from gemba.work.open_desk import open_desk
from gemba.work.pack_status import status
from gemba.work.places import add_place
from gemba.work.raise_finding import raise_finding
from gemba.work.send_pack import SentPack, seal, send
from gemba.work.take_in import take_in
from gemba.work.unpack import unpack

CHECKLIST = b"""\
| survey   |           |         |               |
|          | type      | name    | label         |
|          | text      | remark  | What was seen |
|          | image     | photo   | A photo       |
| settings |           |         |               |
|          | form_id   | form_title              |
|          | queue     | The queue               |
"""


@pytest.fixture
def hq(tmp_path: Path, ticking: Clock, desk: Desk) -> Iterator[Desk]:
    take_in(desk, found(tmp_path / "hq", clock=ticking, ids=new_uid, demo=True).file)
    found_desk = open_desk(tmp_path / "hq", clock=ticking, ids=new_uid)
    yield found_desk
    found_desk.store.close()


@pytest.fixture
def concluded(desk: Desk, hq: Desk, queue_photo: bytes, tmp_path: Path) -> str:
    """An audit with a finding, a photo and an issued report; everything that came before is held."""
    for pack in seal(desk):
        take_in(desk, intake.take_in(hq, pack.file, tmp_path).receipt)
    template = import_template(desk, CHECKLIST, "queue.md").uid
    audit = conduct.start(desk, template, add_place(desk, "=Harbour branch").uid).uid
    fill = conduct.open_sheet(desk, audit).fill
    conduct.answer(desk, audit, fill.resolve("remark"), "=1+1 <Größe>")
    attach(desk, audit, queue_photo, "queue.jpg", path=fill.resolve("photo"))
    raise_finding(desk, audit, grade=FindingGrade.MAJOR, criterion="Soon", text="@four wait")
    conclude(desk, audit)
    assessment_report(desk, audit, tmp_path / "report.pdf")
    return audit


def opened(desk: Desk, pack: SentPack, tmp_path: Path):
    return open_pack(pack.file, [desk.store.device.identity], scratch=tmp_path)


def documents(pack: OpenedPack) -> dict[str, bytes]:
    return {name: opener().read() for name, opener in pack.documents.items()}


def test_reports_tables_submissions_and_keys_travel(desk: Desk, concluded: str, tmp_path: Path) -> None:
    [sealed] = seal(desk)
    with desk.reader() as reader:
        number = reader.get(Assessment, concluded).number
        [report] = reader.find(IssuedReport)
    with opened(desk, sealed, tmp_path) as pack:
        found_in_it = documents(pack)
    assert {f"{number}.pdf", f"{number}.xml", "summary.txt", "datapackage.json", "answer.csv", "finding.csv"} <= set(
        found_in_it
    )
    assert hashlib.sha256(found_in_it[f"{number}.pdf"]).hexdigest() == report.sha256
    submission = ET.fromstring(found_in_it[f"{number}.xml"])
    assert "=1+1 <Größe>" in "".join(submission.itertext())
    assert submission.find("photo").text.startswith("queue-")
    assert number in found_in_it["summary.txt"].decode()
    assert ("recovery.age" in found_in_it) == found_in_it.get("recovery.age", b"").startswith(b"age-encryption.org/")
    assert "recovery.age" in found_in_it


def test_tables_hold_what_the_records_say_and_no_formulas(desk: Desk, concluded: str, tmp_path: Path) -> None:
    [sealed] = seal(desk)
    with opened(desk, sealed, tmp_path) as pack:
        found_in_it = documents(pack)
    rows = list(csv.DictReader(io.StringIO(found_in_it["answer.csv"].decode())))
    assert [row["value"] for row in rows if row["path"].endswith("/remark")] == ["'=1+1 <Größe>"]
    [place] = csv.DictReader(io.StringIO(found_in_it["place.csv"].decode()))
    assert place["name"] == "'=Harbour branch"
    [finding] = csv.DictReader(io.StringIO(found_in_it["finding.csv"].decode()))
    assert finding["text"] == "'@four wait"
    # Only what the pack touches: the store has templates that headquarters holds already.
    assert len(list(csv.DictReader(io.StringIO(found_in_it["template.csv"].decode())))) == 1


def test_a_data_package_describes_every_document(desk: Desk, concluded: str, tmp_path: Path) -> None:
    [sealed] = seal(desk)
    with opened(desk, sealed, tmp_path) as pack:
        found_in_it = documents(pack)
    said = json.loads(found_in_it.pop("datapackage.json"))
    assert {one["path"] for one in said["resources"]} == set(found_in_it)
    for one in said["resources"]:
        content = found_in_it[one["path"]]
        assert (one["bytes"], one["hash"]) == (len(content), "sha256:" + hashlib.sha256(content).hexdigest())
        if one["path"].endswith(".csv"):
            names = [field["name"] for field in one["schema"]["fields"]]
            assert names == next(csv.reader(io.StringIO(content.decode())))
    [assessment] = (one for one in said["resources"] if one["path"] == "assessment.csv")
    types = {field["name"]: field["type"] for field in assessment["schema"]["fields"]}
    assert (types["score"], types["due"], types["started_at"], types["state"]) == (
        "number",
        "date",
        "datetime",
        "string",
    )
    [template] = (one for one in said["resources"] if one["path"] == "template.csv")
    types = {field["name"]: field["type"] for field in template["schema"]["fields"]}
    assert (types["files"], types["languages"], types["retired"], types["questions"]) == (
        "object",
        "array",
        "boolean",
        "integer",
    )


def test_documents_that_find_no_room_stay_behind_and_that_is_told(desk: Desk, hq: Desk, concluded: str) -> None:
    from gemba.store import transit
    from gemba.work.send_pack import headquarters_of

    with desk.reader() as reader:
        [stretch] = transit.unsent_ranges(reader)
        contents = pack_contents.Contents(desk, reader, stretch, 3000)
        made = dict(contents.gather(headquarters_of(reader)))
    assert {"summary.txt", "datapackage.json"} <= made.keys()
    assert "no room" in made["summary.txt"].decode()
    assert not any(name.endswith(".pdf") for name in made)


# --- volumes


def many_photos(desk: Desk, audit: str, count: int, size: int = 400_000) -> None:
    for number in range(count):
        attach(desk, audit, random.Random(number).randbytes(size), f"note-{number}.bin")


def test_small_sticks_get_several_packs_each_complete_in_itself(
    desk: Desk, hq: Desk, concluded: str, place: str, tmp_path: Path
) -> None:
    audit = conduct.start(desk, template_named(desk, "queue"), place).uid
    many_photos(desk, audit, 6)
    packs = seal(desk, volume=1_200_000)
    assert len(packs) >= 3
    assert all(pack.file.stat().st_size == pack.size <= 1_200_000 for pack in packs)
    held: set[str] = set()
    named: set[str] = set()
    for pack in packs:
        key = tmp_path / "key.txt"
        key.write_text(desk.store.device.identity)
        assert verify(pack.file, key)["level"] == "whole"
        with opened(desk, pack, tmp_path) as inside:
            named |= {
                one["payload"]["set"]["sha256"]
                for one in inside.operations()
                if one["header"]["noun"] == "evidence" and "sha256" in one["payload"]["set"]
            }
            held |= set(inside.blobs)
            assert named <= held  # what a pack names, it brings, or an earlier one did
    assert [pack.sha256 for pack in seal(desk, volume=1_200_000)] == [pack.sha256 for pack in packs]
    for pack in reversed(packs):
        take_in(desk, intake.take_in(hq, pack.file, tmp_path).receipt)
    with pytest.raises(Refusal, match=r"work\.nothing_to_send"):
        seal(desk)


def template_named(desk: Desk, form_id: str) -> str:
    from gemba.domain.templates import Template

    with desk.reader() as reader:
        return reader.find(Template, form_id=form_id)[0].uid


def test_a_file_larger_than_the_volume_is_named_with_the_way_out(desk: Desk, hq: Desk, audit: str) -> None:
    attach(desk, audit, random.Random(1).randbytes(2_000_000), "film.mp4")
    with pytest.raises(Refusal, match=r"work\.evidence_too_large") as caught:
        seal(desk, volume=1_500_000)
    assert (caught.value.facts["name"], caught.value.facts["size_mb"]) == ("film.mp4", 3)
    with pytest.raises(Refusal, match=r"work\.volume_too_small"):
        seal(desk, volume=10_000)
    assert len(seal(desk)) == 1


def test_a_pack_too_large_for_the_stick_is_not_given_again(desk: Desk, hq: Desk, audit: str) -> None:
    many_photos(desk, audit, 4)
    [whole] = seal(desk)
    assert whole.size > 1_200_000
    assert all(pack.size <= 1_200_000 for pack in seal(desk, volume=1_200_000))


def test_evidence_that_comes_back_is_sent_though_its_operations_are_held(
    desk: Desk, hq: Desk, audit: str, tmp_path: Path
) -> None:
    data = random.Random(5).randbytes(5000)
    attach(desk, audit, data, "note.bin")
    sha256 = hashlib.sha256(data).hexdigest()
    kept = next((desk.store.folder / "evidence").rglob(f"{sha256}*"))
    aside = kept.rename(tmp_path / "aside")
    [pack] = seal(desk)
    assert pack.missing == (sha256,)
    assert status(desk).missing == 1
    take_in(desk, intake.take_in(hq, pack.file, tmp_path).receipt)
    aside.rename(kept)
    [later] = seal(desk)
    assert (later.operations, later.blobs) == (0, 1)
    take_in(desk, intake.take_in(hq, later.file, tmp_path).receipt)
    assert hq.store.evidence.verify(sha256)


# --- status and unpacking


def test_status_tells_of_each_pack_and_file_how_far_it_has_come(
    desk: Desk, hq: Desk, concluded: str, tmp_path: Path
) -> None:
    before = status(desk)
    assert before.unsealed > 0
    assert {file.name for file in before.unsealed_files} >= {"queue.jpg"}
    assert {file.state for file in before.unsealed_files} == {Custody.HERE}
    [pack] = seal(desk)
    sealed = status(desk)
    assert (sealed.unsealed, sealed.unsealed_files) == (0, ())
    assert {file.state for file in sealed.packs[0].files} == {Custody.SEALED}
    (tmp_path / "stick").mkdir()
    send(desk, pack.sha256, tmp_path / "stick")
    assert {file.state for file in status(desk).packs[0].files} == {Custody.SENT}
    take_in(desk, intake.take_in(hq, pack.file, tmp_path).receipt)
    assert (status(desk).packs[0].state, status(desk).packs[0].files) == (Custody.HELD, ())


def test_a_pack_is_unpacked_for_people(desk: Desk, concluded: str, queue_photo: bytes, tmp_path: Path) -> None:
    [sealed] = seal(desk)
    out = tmp_path / "out"
    unpacked = unpack(sealed.file, [desk.store.device.identity], out)
    assert (unpacked.folder, unpacked.evidence) == (out, sealed.blobs)
    with desk.reader() as reader:
        number = reader.get(Assessment, concluded).number
    assert (out / "evidence" / f"{number}-queue.jpg").read_bytes() == queue_photo
    assert (out / "documents" / f"{number}.pdf").read_bytes().startswith(b"%PDF")
    [assessment] = json.loads((out / "records" / "assessment.json").read_text("utf-8"))
    assert (assessment["uid"], assessment["state"]) == (concluded, "concluded")
    assert json.loads((out / "pack.json").read_text())["pack"] == sealed.sha256
    with pytest.raises(Refusal, match=r"work\.folder_is_there"):
        unpack(sealed.file, [desk.store.device.identity], out)


def test_nothing_is_unpacked_from_an_altered_pack(desk: Desk, concluded: str, tmp_path: Path) -> None:
    [sealed] = seal(desk)
    copy = tmp_path / "copy.gemba"
    data = bytearray(sealed.file.read_bytes())
    data[-40] ^= 1
    copy.write_bytes(data)
    with pytest.raises(Refusal, match=r"packs\."):
        unpack(copy, [desk.store.device.identity], tmp_path / "out")
    assert not (tmp_path / "out").exists()
    assert not list(tmp_path.glob(".*"))


def test_two_programs_do_not_seal_at_once(desk: Desk, hq: Desk, audit: str) -> None:
    with holding.take(desk.store.folder / "outbox"), pytest.raises(Trouble, match=r"work\.sealing_already"):
        seal(desk)
    assert seal(desk)


@pytest.mark.parametrize("year", [1970, 2099])
def test_a_clock_that_is_far_off_keeps_nothing_from_being_sealed_and_taken_in(
    desk: Desk, hq: Desk, audit: str, tmp_path: Path, year: int
) -> None:
    folder, key = desk.store.folder, desk.store.key
    desk.store.close()
    odd = reopen(folder, key, lambda: datetime(year, 1, 1, tzinfo=UTC))
    conduct.note(odd, audit, "/data/x", "written by a wrong clock")
    packs = seal(odd)
    with open_pack(packs[-1].file, [odd.store.device.identity], scratch=tmp_path) as pack:
        assert pack.facts.created.year == year
    for pack in packs:
        take_in(odd, intake.take_in(hq, pack.file, tmp_path).receipt)
    with pytest.raises(Refusal, match=r"work\.nothing_to_send"):
        seal(odd)
    odd.store.close()
