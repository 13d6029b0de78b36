"""Audit packs: what was chosen is there, what is not there is told, and nothing shows more than it should."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import msgspec
import pypdfium2
import pytest
from openpyxl import load_workbook
from tests.flows.test_redaction import BLOCK, shows_the_face
from tests.flows.test_redaction import a_photo as a_face
from tests.work.audit_packing import QUARTER, a_photo, grained, packed, walk
from tests.work.test_mark_evidence import is_hidden

from gemba import gemba_verify
from gemba.domain.assessments import Assessment
from gemba.domain.erasures import Erasure
from gemba.domain.evidence import Evidence
from gemba.domain.findings import FindingGrade
from gemba.domain.places import Level
from gemba.domain.templates import Template
from gemba.errors import Refusal
from gemba.work import audit_pack
from gemba.work.attach_evidence import attach, remove
from gemba.work.audit_pack_choice import Choice, Resolution
from gemba.work.conclude import conclude
from gemba.work.desk import Desk
from gemba.work.places import add_place


@pytest.fixture
def places(desk: Desk) -> dict[str, str]:
    top = add_place(desk, "Meridian", level=Level.ENTERPRISE).uid
    north = add_place(desk, "Region North", level=Level.REGION, parent=top).uid
    south = add_place(desk, "Region South", level=Level.REGION, parent=top).uid
    return {
        "north": north,
        "harbour": add_place(desk, "Harbour branch", parent=north, zone="Europe/Berlin").uid,
        "market": add_place(desk, "فرع السوق", parent=north).uid,
        "station": add_place(desk, "Station kiosk", parent=south).uid,
    }


def record(desk: Desk, noun, uid: str):
    with desk.reader() as reader:
        return reader.get(noun, uid)


def number_of(desk: Desk, uid: str) -> str:
    return record(desk, Assessment, uid).number


def erase(desk: Desk, uid: str, *blobs: str) -> None:
    with desk.unit() as unit:
        unit.put(
            Erasure(
                uid=desk.ids(),
                noun="evidence",
                entity=uid,
                blobs=blobs,
                reason="asked for",
                ordered_at=desk.clock(),
                person=desk.person.uid,
            )
        )


def test_a_region_is_all_below_it_and_the_rest_is_counted(desk: Desk, places, tmp_path: Path) -> None:
    here = [walk(desk, places["harbour"], a_photo(1)), walk(desk, places["market"], a_photo(2), a_photo(3))]
    walk(desk, places["station"])
    draft = walk(desk, places["harbour"], done=False)
    made, opened = packed(desk, tmp_path, places=(places["north"],))
    assert (made.assessments, made.reports, made.evidence, made.absent) == (2, 2, 3, {"draft": 1})
    numbers = {number_of(desk, uid) for uid in here}
    told = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(opened.files["binder.pdf"]))
    assert all(number in told for number in numbers)
    assert opened.statement["outside"] == {"kind": 0, "period": 0, "place": 1, "proofs": 0}
    assert opened.statement["absent"] == [{"what": "assessment", "name": number_of(desk, draft), "reason": "draft"}]
    assert f"{number_of(desk, draft)} · Harbour branch: a draft: not concluded" in opened.text
    assert "Concluded assessments at other places: 1" in opened.text


def test_it_is_proven_by_the_verifier_and_named_after_its_id(desk: Desk, places, tmp_path: Path) -> None:
    walk(desk, places["harbour"], a_photo())
    made, opened = packed(desk, tmp_path)
    said = gemba_verify.verify(made.file)
    assert said["level"] == "whole"
    assert said["bag_info"]["Pack-Id"] == made.pack_id
    assert said["bag_info"]["Device-Id"] == desk.store.device.id == opened.statement["signer"]
    assert made.file.name == f"audit-pack-{made.pack_id[:8]}.zip"


def test_the_same_choice_gives_the_same_bytes_whatever_the_clock(desk: Desk, places, tmp_path: Path) -> None:
    walk(desk, places["harbour"], a_photo(1), a_face(), marks=(BLOCK,))
    walk(desk, places["station"], a_photo(2))
    one, _ = packed(desk, tmp_path / "1.zip", evidence=Resolution.ORIGINAL)
    later = msgspec.structs.replace(desk, clock=lambda: desk.clock().replace(year=2031))
    two, _ = packed(later, tmp_path / "2.zip", evidence=Resolution.ORIGINAL)
    assert one.file.read_bytes() == two.file.read_bytes()


@pytest.mark.parametrize(
    ("evidence", "longest"), [(Resolution.ORIGINAL, 2000), (Resolution.SCREEN, 1600), (Resolution.SMALL, 800)]
)
def test_photos_come_in_the_size_asked_for_without_the_cameras_words(
    desk: Desk, places, tmp_path: Path, evidence: Resolution, longest: int
) -> None:
    uid = walk(desk, places["harbour"], a_photo(1, (2000, 1500)))
    _, opened = packed(desk, tmp_path, evidence=evidence)
    picture = opened.picture(f"{number_of(desk, uid)}-01.jpg")
    assert max(picture.size) == longest
    assert not picture.getexif()
    assert not any(b"TellingCamera" in data for data in opened.files.values())


@pytest.mark.parametrize("evidence", list(Resolution))
def test_what_is_hidden_is_hidden_in_every_copy_and_in_the_binder(
    desk: Desk, places, tmp_path: Path, evidence: Resolution
) -> None:
    uid = walk(desk, places["harbour"], a_face(), marks=(BLOCK,))
    made, opened = packed(desk, tmp_path, evidence=evidence)
    picture = opened.picture(f"{number_of(desk, uid)}-01.jpg")
    assert is_hidden(picture, BLOCK)
    assert not shows_the_face(picture)
    document = pypdfium2.PdfDocument(opened.files["binder.pdf"])
    assert not any(shows_the_face(page.render(scale=1.5).to_pil()) for page in document)
    assert opened.statement["included"]["redacted"] == 1
    assert made.evidence == 1


def test_persons_stand_as_role_and_code_unless_names_are_asked_for(desk: Desk, places, tmp_path: Path) -> None:
    walk(desk, places["harbour"], a_photo(1), a_photo(2))
    _, opened = packed(desk, tmp_path / "1.zip")
    _, named = packed(desk, tmp_path / "2.zip", with_names=True)
    texts = [
        " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(one.files["binder.pdf"]))
        for one in (opened, named)
    ]
    for name in (desk.person.name, "Erika Muster", "Ms Muster"):
        inside = [one for one, data in opened.files.items() if name.encode() in data]
        assert not inside, name
        assert name not in texts[0]
        assert name == "Ms Muster" or name in texts[1]
    assert opened.rows("people")[0]["name"].split()[0] == "Auditor"
    assert named.rows("people")[0]["name"] == desk.person.name
    assert opened.rows("actions")[0]["owner"].startswith("Owner ")
    assert "stand as a role and a short code" in opened.text
    assert "Names of persons stand as they are recorded" in named.text


def test_a_workbook_holds_no_formula_and_no_name(desk: Desk, places, tmp_path: Path) -> None:
    walk(desk, places["harbour"])
    _, opened = packed(desk, tmp_path)
    (tmp_path / "tables.xlsx").write_bytes(opened.files["data/tables/tables.xlsx"])
    cells = [cell for sheet in load_workbook(tmp_path / "tables.xlsx") for row in sheet.iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if str(cell.value).startswith("=cmd")] == ["s"]
    assert not any(cell.data_type == "f" or "Muster" in str(cell.value) for cell in cells)
    answers = opened.files["data/tables/answers.csv"].decode("utf-8-sig")
    assert "'=cmd" in answers


def test_what_is_missing_erased_or_taken_away_is_told(desk: Desk, places, tmp_path: Path) -> None:
    uid = walk(desk, places["harbour"], a_photo(1), a_photo(2), a_photo(3), done=False)
    with desk.reader() as reader:
        items = sorted(reader.find(Evidence, assessment=uid), key=lambda one: one.added_at)
    attach(desk, uid, b"%PDF-1.4 a plan", "plan.PDF")
    taken = attach(desk, uid, a_photo(4), "taken away.jpg").uid
    remove(desk, taken)
    conclude(desk, uid)
    erase(desk, items[0].uid)
    for size in ("", "-1600", "-320"):
        for file in desk.store.folder.rglob(f"{items[1].sha256}{size}.age"):
            file.unlink()
    damaged = next(desk.store.folder.rglob(f"evidence/*/{items[2].sha256}.age"))
    damaged.write_bytes(damaged.read_bytes()[:-9])
    made, opened = packed(desk, tmp_path, evidence=Resolution.ORIGINAL)
    number = number_of(desk, uid)
    assert {(one["name"], one["reason"]) for one in opened.statement["absent"]} == {
        (f"{number}-01.jpg", "erased"),
        (f"{number}-02.jpg", "missing"),
        (f"{number}-03.jpg", "damaged"),
    }
    assert opened.evidence == {f"{number}-04.pdf": b"%PDF-1.4 a plan"}
    assert made.absent == {"damaged": 1, "erased": 1, "missing": 1}
    register = {row["file"]: row["missing"] for row in opened.rows("register")}
    assert register == {
        f"{number}-01.jpg": "erased",
        f"{number}-02.jpg": "missing",
        f"{number}-03.jpg": "damaged",
        f"{number}-04.pdf": "",
    }
    pages = pypdfium2.PdfDocument(opened.files["binder.pdf"])
    assert "erased by order" in " ".join(page.get_textpage().get_text_range() for page in pages)


def test_a_budget_lowers_the_photos_then_leaves_out_the_least_and_is_kept(desk: Desk, places, tmp_path: Path) -> None:
    photos = [grained(seed) for seed in range(5)]
    grave = walk(desk, places["harbour"], *photos[:3])
    light = walk(desk, places["market"], *photos[3:], grade=FindingGrade.GOOD_PRACTICE)
    whole, _ = packed(desk, tmp_path / "whole.zip", evidence=Resolution.ORIGINAL)
    small, _ = packed(desk, tmp_path / "small.zip", evidence=Resolution.SMALL)
    assert small.size < whole.size
    between = (small.size + whole.size) // 2
    made, opened = packed(desk, tmp_path / "1.zip", evidence=Resolution.ORIGINAL, budget=between)
    assert made.size <= between
    assert (made.evidence, made.resolution is Resolution.ORIGINAL) == (5, False)
    assert "To keep to the size that was asked for" in opened.text
    tight = small.size - 400_000
    made, opened = packed(desk, tmp_path / "2.zip", evidence=Resolution.ORIGINAL, budget=tight)
    assert made.size <= tight
    assert made.resolution is Resolution.SMALL
    left = [one["name"] for one in opened.statement["absent"] if one["reason"] == "over_budget"]
    assert left
    assert len(left) + made.evidence == 5
    # What belongs to a major nonconformity stays longest; what only answers a question goes first.
    assert f"{number_of(desk, grave)}-02.jpg" in opened.evidence
    assert f"{number_of(desk, grave)}-01.jpg" in left or f"{number_of(desk, light)}-01.jpg" in left
    with pytest.raises(Refusal, match="budget_too_small") as refused:
        packed(desk, tmp_path / "3.zip", budget=20_000)
    needed = refused.value.facts["needed_mb"]
    assert packed(desk, tmp_path / "4.zip", budget=round(needed * 1_000_000))[0].size > (needed - 0.1) * 1_000_000
    assert not list(tmp_path.glob("3.zip*"))


def test_the_estimate_is_honest(desk: Desk, places, tmp_path: Path) -> None:
    for seed in range(6):
        walk(desk, places["harbour"], a_photo(seed, (2000, 1500)), a_photo(10 + seed))
    for evidence in Resolution:
        thought = audit_pack.estimate(desk, Choice(**QUARTER, evidence=evidence))[0].total
        made, _ = packed(desk, tmp_path / f"{evidence}.zip", evidence=evidence)
        assert made.estimated == thought
        assert 0.9 < thought / made.size < 1.1, evidence


def test_a_report_that_cannot_be_drawn_does_not_sink_the_pack(desk: Desk, places, tmp_path: Path) -> None:
    uid, other = walk(desk, places["harbour"]), walk(desk, places["station"])
    spoilt = record(desk, Assessment, uid)
    template = record(desk, Template, spoilt.template)
    second = msgspec.structs.replace(template, uid=desk.ids(), version="4", xform="0" * 64)
    with desk.unit() as unit:
        unit.put(second)
        unit.keep(msgspec.structs.replace(spoilt, template=second.uid), "template")
    made, opened = packed(desk, tmp_path)
    assert (made.assessments, made.reports) == (2, 1)
    assert {(one["what"], one["name"]) for one in opened.statement["absent"]} >= {("report", spoilt.number)}
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(opened.files["binder.pdf"])]
    assert any(number_of(desk, other) in page and "Page 1 of" in page for page in pages)
    assert any("its report could not be drawn" in page for page in pages)


def test_called_off_it_leaves_nothing_behind(desk: Desk, places, tmp_path: Path) -> None:
    walk(desk, places["harbour"], a_photo())
    before = sorted(desk.store.folder.iterdir())
    seen: list[str] = []

    for last in ("survey", "evidence", "reports", "writing"):

        def stop(stage: str, _done: int, _total: int, last: str = last) -> None:
            seen.append(stage)
            if stage == last:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            audit_pack.make(desk, Choice(**QUARTER), tmp_path / "x.zip", step=stop)
        assert not list(tmp_path.glob("x.zip*"))
        assert sorted(desk.store.folder.iterdir()) == before
    assert set(seen) == {"survey", "evidence", "reports", "writing"}


def test_what_a_kill_left_is_cleared_after_a_day(desk: Desk, places, tmp_path: Path) -> None:
    walk(desk, places["harbour"])
    old, young = desk.store.folder / "audit-pack-old", desk.store.folder / "audit-pack-young"
    for left in (old, young):
        left.mkdir()
        (left / "answers.csv.part").write_text("left")
    os.utime(old, (0, 0))
    packed(desk, tmp_path)
    assert (old.exists(), young.exists()) == (False, True)


def test_a_day_is_the_day_at_the_place(desk: Desk, places, tmp_path: Path) -> None:
    uid = walk(desk, places["harbour"])
    concluded = record(desk, Assessment, uid)
    late = msgspec.structs.replace(concluded, concluded_at=concluded.concluded_at.replace(month=3, day=31, hour=23))
    with desk.unit() as unit:
        unit.keep(late, "concluded_at")
    with pytest.raises(Refusal, match="nothing_chosen"):
        packed(desk, tmp_path)  # in Berlin it is April already
    made, _ = packed(desk, tmp_path, first=date(2026, 4, 1), last=date(2026, 4, 1))
    assert made.assessments == 1
