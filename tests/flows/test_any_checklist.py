"""A checklist that an organisation already has: repaired, taken over by a region, filled, marked, moved to its next
version, concluded, printed, given out, and held by headquarters with everything that was recorded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.flows.test_one_walk import ids

from gemba.domain.conclusions import Conclusion
from gemba.domain.draft_migrations import DraftMigration
from gemba.domain.evidence import Evidence, Mark, MarkShape
from gemba.domain.findings import FindingGrade
from gemba.domain.templates import Template
from gemba.errors import Refusal
from gemba.forms.book import Book, Sheet, read_book, write_book
from gemba.hq import intake
from gemba.hq.founding import found
from gemba.store.checking import check
from gemba.work import conduct, rearrange
from gemba.work.attach_evidence import attach
from gemba.work.cards import write_card
from gemba.work.conclude import conclude, outlook
from gemba.work.desk import Desk
from gemba.work.export_answers import ExportChoice, export_answers
from gemba.work.import_template import import_template, look
from gemba.work.issue_report import assessment_report
from gemba.work.mark_evidence import mark
from gemba.work.migrate_draft import migrate, newer_version, parked
from gemba.work.open_desk import open_desk
from gemba.work.overlays import lay_overlay
from gemba.work.places import add_place
from gemba.work.raise_finding import raise_finding
from gemba.work.send_pack import seal, send
from gemba.work.take_in import take_in

Rows = list[list[str]]


def book(survey: Rows, choices: Rows, settings: Rows) -> bytes:
    made = Book()
    for name, rows in {"survey": survey, "choices": choices, "settings": settings}.items():
        head, *below = rows
        cells = [{each: text for each, text in zip(head, row, strict=False) if text} for row in below]
        made.take(Sheet(name, list(head), cells, list(range(2, len(below) + 2))))
    return write_book(made)


def core(version: str, *more: list[str]) -> bytes:
    """As the organisation has it: with a repeat, a matrix, and a slip that pyxform does not take."""
    return book(
        [
            ["type", "name", "label", "required", "appearance", "bind::gemba:critical", "relevant"],
            ["begin_group", "hall", "In the hall"],
            ["select_one yn", "greeted", "Customers are greeted", "yes", "", "yes"],
            ["begin_repeat", "queue", "Queue"],
            ["integer", "waiting", "People waiting", "yes"],
            ["text", "where", "Where does it stand?"],
            ["end_repeat"],
            *more,
            ["end_group"],
            ["image", "view", "A view of the hall", "", "annotate"],
            ["text", "wish", "What would they wish for?", "", "", "", "${greeted} = 'no'"],
        ],
        [["list_name", "name", "label", "score"], ["yn", "yes", "Yes", "1"], ["yn", "no", "No", "0"],
         ["yn", "no", "No", "0"]],
        [["form_title", "form_id", "version", "namespaces"],
         ["Hall check", "hall_check", version, 'gemba="https://gemba.example/xforms"']],
    )  # fmt: skip


OVERLAY = book(
    [["overlay", "type", "name", "label", "label::French (fr)", "bind::gemba:weight", "after"],
     ["", "", "greeted", "", "Les clients sont salués", "3"],
     ["add", "select_one yn", "lift", "The lift works", "L'ascenseur fonctionne", "", "queue"]],
    [["list_name", "name", "label::French (fr)"], ["yn", "yes", "Oui"]],
    [["overlay_of", "region", "version"], ["hall_check", "Nord", "1"]],
)  # fmt: skip


def taken_in(desk: Desk, source: bytes) -> str:
    """What a person does in the library: look, read the repairs, agree."""
    repairs = look(source, "hall.xlsx").facts.repairs
    assert repairs
    with pytest.raises(Refusal):
        import_template(desk, source, "hall.xlsx")
    return import_template(desk, source, "hall.xlsx", accept_repairs=True).uid


def picture() -> bytes:
    from io import BytesIO

    from PIL import Image

    out = BytesIO()
    Image.linear_gradient("L").resize((320, 240)).convert("RGB").save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def headquarters(tmp_path: Path, ticking: Any) -> Path:
    found(tmp_path / "hq", clock=ticking, ids=ids, name="Meridian", demo=True)
    return tmp_path / "hq"


@contextmanager
def desk_of(folder: Path, ticking: Any) -> Iterator[Desk]:
    opened = open_desk(folder, clock=ticking, ids=ids)
    try:
        yield opened
    finally:
        opened.store.close()


def all_of(folder: Path, ticking: Any, noun: type) -> list[Any]:
    with desk_of(folder, ticking) as desk, desk.reader() as reader:
        assert check(desk.store) == []
        return reader.find(noun)


def test_any_checklist_an_auditor_already_has(
    desk: Desk,
    headquarters: Path,
    tmp_path: Path,
    ticking: Any,
) -> None:
    # The organisation's own checklist comes in, repaired with consent; the region lays its overlay over it.
    base = taken_in(desk, core("1"))
    local = lay_overlay(desk, base, OVERLAY, "nord.xlsx").uid
    place = add_place(desk, "Hall 3").uid
    walk = conduct.start(desk, local, place).uid

    # It is filled: two queues, the second copied before the first, a photo with something hidden in it.
    path = "/data/hall/queue"
    conduct.answer_all(desk, walk, {"/data/hall/greeted": "yes", "/data/hall/lift": "no", f"{path}[1]/waiting": "8"})
    rearrange.add(desk, walk, path, 1, {f"{path}[1]/waiting": ("3", "given")})
    fill = conduct.open_sheet(desk, walk).fill
    assert [fill.view(f"{path}[{number}]/waiting").value for number in (1, 2)] == ["3", "8"]
    conduct.note(desk, walk, f"{path}[2]/waiting", "since nine")
    photo = attach(desk, walk, picture(), "hall.jpg", path="/data/view").uid
    mark(desk, photo, [Mark(MarkShape.REDACTION, ((0.1, 0.1), (0.4, 0.4)))])
    raise_finding(desk, walk, grade=FindingGrade.MINOR, text="Eight waited", path=f"{path}[2]/waiting")

    # The core goes on; so does the region; so does the draft, which loses a question and keeps its answer.
    conduct.answer(desk, walk, f"{path}[2]/where", "at the door")
    changed = read_book(core("2", ["text", "light", "Is there light?"]), "hall.xlsx")
    changed.survey.rows = [row for row in changed.survey.rows if row.get("name") != "where"]
    changed.survey.numbers = list(range(2, len(changed.survey.rows) + 2))
    newer = taken_in(desk, write_book(changed))
    lay_overlay(desk, newer, OVERLAY, "nord.xlsx")
    offered = newer_version(desk, walk)
    assert offered is not None
    migrate(desk, walk, offered.uid)
    assert [(each.label, each.value) for each in parked(desk, walk)] == [("Where does it stand?", "at the door")]

    # It is concluded; the core's score stands beside the region's.
    comes_to = outlook(desk, walk)
    assert (comes_to.outcome.score, comes_to.outcome.scales["core"]) == (75.0, 100.0)
    conclude(desk, walk)
    assert assessment_report(desk, walk, tmp_path / "report.pdf").pages >= 1

    # It is given out for other tools.
    given = export_answers(desk, [walk], tmp_path / "given", ExportChoice(format="xlsx"))
    assert given

    # Headquarters holds it whole: the marks, the move, the core's score, the overlay's workbook.
    write_card(desk, tmp_path / "laptop.card")
    take_in(desk, headquarters / "headquarters.card")
    stick = tmp_path / "stick"
    stick.mkdir()
    for pack in seal(desk):
        send(desk, pack.sha256, stick)
    with desk_of(headquarters, ticking) as there:
        for file in stick.glob("*.gemba"):
            intake.take_in(there, file, stick)
    (conclusion,) = all_of(headquarters, ticking, Conclusion)
    assert (conclusion.score, conclusion.core_score) == (75.0, 100.0)
    (evidence,) = all_of(headquarters, ticking, Evidence)
    assert evidence.marks[0].shape is MarkShape.REDACTION
    (move,) = all_of(headquarters, ticking, DraftMigration)
    assert move.after == offered.uid
    regional = [each for each in all_of(headquarters, ticking, Template) if each.region]
    assert {each.version for each in regional} == {"1+1", "2+1"}
    with desk_of(headquarters, ticking) as there:
        assert all(there.store.evidence.has(each.overlay) for each in regional)
