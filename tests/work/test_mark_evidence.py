"""Drawing over photos, and what leaves the store then."""

from __future__ import annotations

import math
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from PIL import Image
from tests.store.picturing import as_file, camera_photo, opened, scene
from tests.work.test_attach_evidence import kept

from gemba.domain.assessments import Assessment, AssessmentState
from gemba.domain.evidence import Mark, MarkShape
from gemba.errors import Refusal
from gemba.store.camera_remarks import Remarks, remarks_of
from gemba.store.mark_shapes import SOLID, hidden_box
from gemba.store.photos import PRINT, THUMBNAIL
from gemba.store.shown import shown
from gemba.work import conduct, mark_evidence
from gemba.work.attach_evidence import attach
from gemba.work.desk import Desk
from gemba.work.give_out_evidence import file_name, give_out
from gemba.work.import_template import import_template
from gemba.work.mark_evidence import MOST_MARKS, MOST_POINTS, mark, next_number
from gemba.work.places import add_place
from gemba.work.report_facts import assessment_facts

ARROW = Mark(MarkShape.ARROW, ((0.1, 0.1), (0.4, 0.4)))
BLOCK = Mark(MarkShape.REDACTION, ((0.25, 0.25), (0.75, 0.75)))


@pytest.fixture
def photo(desk: Desk, audit: str) -> str:
    return attach(desk, audit, camera_photo(position=(48.0, 2.0, 30.0)), "view.jpg").uid


def is_hidden(image: Image.Image, part: Mark = BLOCK, within: int = 3) -> bool:
    """Whether the middle of the redaction is the one plain colour; JPEG may be off by a little."""
    left, top, right, bottom = hidden_box(part, image.size)
    pixels = image.convert("RGB").crop((left + 28, top + 28, right - 28, bottom - 28)).getcolors(1_000_000)
    wanted = tuple(int(SOLID[at : at + 2], 16) for at in (1, 3, 5))
    return all(abs(a - b) <= within for _, pixel in pixels for a, b in zip(pixel, wanted, strict=True))


def test_marks_are_kept_as_drawn_and_the_original_as_it_came(desk: Desk, photo: str) -> None:
    before = kept(desk, photo)
    change = mark(desk, photo, (ARROW, BLOCK))
    assert photo in change.uids
    after = kept(desk, photo)
    assert after.marks == (ARROW, BLOCK)
    assert after.sha256 == before.sha256
    assert desk.store.evidence.read(after.sha256) == camera_photo(position=(48.0, 2.0, 30.0))
    mark(desk, photo, ())
    assert kept(desk, photo).marks == ()


def test_a_concluded_assessment_is_frozen(desk: Desk, audit: str, photo: str) -> None:
    with desk.unit() as unit:
        unit.change(Assessment, audit, state=AssessmentState.CONCLUDED)
    with pytest.raises(Refusal, match=r"work\.frozen"):
        mark(desk, photo, (ARROW,))
    assert kept(desk, photo).marks == ()


@pytest.mark.parametrize(
    ("marks", "code"),
    [
        ([Mark(MarkShape.BOX, ((0.1, 0.1),))], "work.mark_without_points"),
        ([Mark(MarkShape.ARROW, ((0.1, math.nan), (1, 1)))], "work.mark_without_points"),
        ([Mark(MarkShape.TEXT, ((0.1, 0.1),), text="  ")], "work.mark_without_words"),
        ([ARROW] * (MOST_MARKS + 1), "work.too_many_marks"),
    ],
)
def test_what_cannot_be_drawn_is_refused(desk: Desk, photo: str, marks: list[Mark], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        mark(desk, photo, marks)
    assert refused.value.code == code


def test_a_file_that_is_no_picture_is_not_drawn_over(desk: Desk, audit: str) -> None:
    uid = attach(desk, audit, b"words", "notes.txt").uid
    with pytest.raises(Refusal, match=r"work\.no_picture_to_mark"):
        mark(desk, uid, (ARROW,))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.floats(-2, 3), st.floats(-2, 3)), min_size=2, max_size=3 * MOST_POINTS))
def test_the_way_of_a_pen_stays_within_the_picture_and_short(way: list[tuple[float, float]]) -> None:
    checked = mark_evidence._checked(Mark(MarkShape.PEN, tuple(way)))
    assert 2 <= len(checked.points) <= MOST_POINTS
    assert all(0 <= value <= 1 for point in checked.points for value in point)
    assert mark_evidence._checked(checked) == checked


def test_numbers_go_on_from_the_highest() -> None:
    assert next_number(()) == "1"
    assert next_number((Mark(MarkShape.NUMBER, ((0, 0),), text="7"), ARROW)) == "8"


def test_every_copy_that_is_shown_hides_what_is_redacted(desk: Desk, audit: str, photo: str) -> None:
    mark(desk, photo, (BLOCK,))
    item = kept(desk, photo)
    for size in (PRINT, THUMBNAIL):
        jpeg = shown(desk.store.evidence, item, size)
        assert jpeg is not None
        assert max(opened(jpeg).size) <= size
        assert is_hidden(opened(jpeg))
    with desk.reader() as reader:
        facts = assessment_facts(desk, reader, audit)
    assert item.path == ""
    assert [each for section in facts.sections for line in section.lines for each in line.photos] == []


def test_the_report_prints_what_is_burned_in(desk: Desk, audit: str) -> None:
    sheet = conduct.open_sheet(desk, audit)
    path = next(item.path for item in sheet.fill.items() if item.kind == "question")
    uid = attach(desk, audit, as_file(scene(5)), "view.jpg", path=path).uid
    mark(desk, uid, (BLOCK,))
    with desk.reader() as reader:
        facts = assessment_facts(desk, reader, audit)
    photos = [each for section in facts.sections for line in section.lines for each in line.photos]
    assert len(photos) == 1
    assert is_hidden(opened(photos[0].jpeg))


def test_a_copy_is_upright_marked_and_without_remarks(desk: Desk, audit: str, tmp_path: Path) -> None:
    photo = camera_photo(size=(640, 480), orientation=6, position=(48.0, 2.0, 30.0))
    uid = attach(desk, audit, photo, "view.jpg").uid
    mark(desk, uid, (BLOCK,))
    copy = give_out(desk, uid, tmp_path)
    assert copy.file == tmp_path / "view.jpg"
    assert (copy.stripped, copy.position_kept) == (True, False)
    data = copy.file.read_bytes()
    assert opened(data).size == (480, 640)
    assert is_hidden(opened(data))
    assert remarks_of(data) == Remarks()
    assert b"Ficta" not in data
    assert b"Owner" not in data
    assert give_out(desk, uid, tmp_path).file == tmp_path / "view (2).jpg"


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_template_may_ask_for_the_place(desk: Desk, tmp_path: Path, kind: str) -> None:
    template = import_template(desk, _form(), "positions.xlsx").uid
    walk = conduct.start(desk, template, add_place(desk, "Pit").uid).uid
    taken = camera_photo(position=(48.0, 2.0, 30.0))
    image = opened(taken)
    data = taken if kind == "JPEG" else as_file(image, "PNG", exif=image.getexif())
    uid = attach(desk, walk, data, f"view.{kind.lower()}").uid
    copy = give_out(desk, uid, tmp_path)
    assert copy.position_kept
    assert remarks_of(copy.file.read_bytes()).position == remarks_of(taken).position
    assert b"Owner" not in copy.file.read_bytes()


def test_what_is_no_picture_goes_as_it_came_and_an_unreadable_picture_not_at_all(
    desk: Desk, audit: str, tmp_path: Path
) -> None:
    copy = give_out(desk, attach(desk, audit, b"words", "notes.txt").uid, tmp_path / "out.txt")
    assert copy.file.read_bytes() == b"words"
    assert not copy.stripped
    with pytest.raises(Refusal, match=r"work\.copy_not_stripped"):
        give_out(desk, attach(desk, audit, b"\0\0\0\x18ftypheic", "apple.heic").uid, tmp_path)


def test_names_that_no_system_takes_are_mended(desk: Desk, audit: str) -> None:
    item = kept(desk, attach(desk, audit, as_file(scene(1)), "a.webp").uid)
    assert file_name(item) == "a.jpg"
    for name, wanted in {
        "../../etc": "_.._etc.jpg", 'a:b?"c.jpeg': "a_b__c.jpeg", "The guard is open": "The guard is open.jpg",
        "v1.2": "v1.2.jpg", "..": "evidence.jpg",
    }.items():  # fmt: skip
        assert file_name(msgspec.structs.replace(item, name=name)) == wanted


def _form() -> bytes:
    book = Workbook()
    survey = book.active
    assert survey is not None
    survey.title = "survey"
    for row in (("type", "name", "label"), ("image", "view", "A view")):
        survey.append(row)
    settings_sheet = book.create_sheet("settings")
    settings_sheet.append(("form_title", "form_id", "version", "namespaces", "attribute::gemba:keep_position"))
    settings_sheet.append(("Positions", "positions", "1", 'gemba="https://gemba.example/xforms"', "yes"))
    out = BytesIO()
    book.save(out)
    return out.getvalue()
