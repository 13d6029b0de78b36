"""Answers out of the store: what is in a table, what is in a submission, and that nothing is lost on the way."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import msgspec
import pytest
from tests.work.conftest import template_of

from gemba.domain.actions import ActionSort
from gemba.domain.assessments import Answer, Assessment
from gemba.domain.evidence import Evidence
from gemba.domain.findings import FindingGrade
from gemba.domain.nouns import NOUNS
from gemba.errors import Refusal, Trouble
from gemba.work import conduct, export_records
from gemba.work.attach_evidence import attach
from gemba.work.conclude import conclude
from gemba.work.desk import Desk
from gemba.work.export_answers import ExportChoice, export_answers, made_with
from gemba.work.follow_action import add as add_action
from gemba.work.import_template import import_template
from gemba.work.places import add_place
from gemba.work.raise_finding import raise_finding

SURVEY = [
    ["type", "name", "label::English (en)", "label::French (fr)", "relevant", "bind::gemba:weight"],
    ["begin_group", "visit", "The visit", "La visite", "", ""],
    ["text", "who", "Who was there?", "Qui était là ?", "", ""],
    ["integer", "waiting", "How many were waiting?", "Combien attendaient ?", "", ""],
    ["decimal", "minutes", "Minutes waited", "Minutes d'attente", "", ""],
    ["select_one yn", "greeted", "Was everyone greeted?", "Tous ont été salués ?", "", "2"],
    ["select_multiple found", "found", "What did you find?", "Qu'avez-vous trouvé ?", "", ""],
    ["text", "why", "Why not?", "Pourquoi ?", "${greeted} = 'no'", ""],
    ["image", "photo", "A photo", "Une photo", "", ""],
    ["end_group", "", "", "", "", ""],
    ["begin_repeat", "desk", "Desk", "Guichet", "", ""],
    ["text", "place", "Which one?", "Lequel ?", "", ""],
    ["begin_repeat", "queue", "Queue", "File", "", ""],
    ["integer", "people", "People", "Personnes", "", ""],
    ["end_repeat", "", "", "", "", ""],
    ["end_repeat", "", "", "", "", ""],
]
CHOICES = [
    ["list_name", "name", "label::English (en)", "label::French (fr)", "score"],
    ["yn", "yes", "Yes", "Oui", "1"],
    ["yn", "no", "No", "Non", "0"],
    ["found", "dirt", "Dirt", "Saleté", ""],
    ["found", "noise", "Noise, a lot", "Beaucoup de bruit", ""],
]
AWKWARD = 'He said "=1+1",\nthen left; 1,5 € +44'


def workbook(version: str = "1", survey=SURVEY) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    head = ["form_id", "form_title", "version", "namespaces"]
    settings = [head, ["visit", "Visit", version, 'gemba="https://gemba.example/xforms"']]
    for title, rows in {"survey": survey, "choices": CHOICES, "settings": settings}.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def visit(desk: Desk, place: str, queue_photo: bytes) -> str:
    """A visit with answers of every sort, a note, a photo, a finding and an action."""
    template = import_template(desk, workbook(), "visit.xlsx").uid
    uid = conduct.start(desk, template, place).uid
    conduct.answer_all(
        desk,
        uid,
        {
            "/data/visit/who": AWKWARD,
            "/data/visit/waiting": "12",
            "/data/visit/minutes": "2.50",
            "/data/visit/greeted": "yes",
            "/data/visit/found": "dirt noise",
            "/data/visit/why": "nobody looked up",
            "/data/desk[1]/place": "@left",
            "/data/desk[1]/queue[1]/people": "3",
            "/data/desk[1]/queue[2]/people": "5",
            "/data/desk[2]/place": "-right",
        },
    )
    conduct.note(desk, uid, "/data/visit/waiting", "at noon")
    attach(desk, uid, queue_photo, "queue.jpg", path="/data/visit/photo")
    finding = raise_finding(desk, uid, criterion="Greet all", grade=FindingGrade.MINOR, text="Two were not greeted").uid
    add_action(
        desk, finding, text="Talk about it", owner="Shift lead", due=date(2026, 4, 1), sort=ActionSort.CORRECTION
    )
    return uid


Read = Callable[[Path], dict[str, list[dict[str, str]]]]


def read_csv(folder: Path) -> dict[str, list[dict[str, str]]]:
    found = {}
    for file in folder.glob("*.csv"):
        with file.open(encoding="utf-8-sig", newline="") as source:
            found[file.stem] = list(csv.DictReader(source))
    return found


def read_xlsx(file: Path) -> dict[str, list[dict[str, str]]]:
    from openpyxl import load_workbook

    book = load_workbook(file)
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    found = {}
    for sheet in book:
        head, *rows = sheet.iter_rows(values_only=True)
        found[sheet.title] = [
            {str(name): "" if cell is None else str(cell) for name, cell in zip(head, row, strict=True)} for row in rows
        ]
    return found


@pytest.fixture(params=["csv", "xlsx"])
def tables(request, desk: Desk, visit: str, tmp_path: Path) -> dict[str, list[dict[str, str]]]:
    out = tmp_path / ("out.xlsx" if request.param == "xlsx" else "out")
    export_answers(desk, [visit], out, ExportChoice(format=request.param))
    return read_xlsx(out) if request.param == "xlsx" else read_csv(out)


def test_an_answer_is_read_back_as_it_was_given(tables) -> None:
    (row,) = tables["answers"]
    assert row["visit/who"] == AWKWARD
    assert row["visit/waiting"] == "12"
    assert float(row["visit/minutes"]) == 2.5
    assert row["visit/greeted"] == "yes"
    assert row["visit/found"] == "dirt noise"
    assert row["visit/photo"] == "queue.jpg"
    assert (row["visit/greeted:points"], row["visit/greeted:possible"]) == ("2", "2")


def test_each_repeat_has_a_table_with_the_key_of_what_it_lies_in(tables, visit: str) -> None:
    desks, queues = tables["desk"], tables["desk-queue"]
    assert [(row["_key"], row["_parent_key"], row["place"]) for row in desks] == [
        (f"{visit}/desk[1]", visit, "@left"),
        (f"{visit}/desk[2]", visit, "-right"),
    ]
    full = [row for row in queues if row["people"]]
    assert [(row["_parent_key"], row["_number_in_parent"], row["people"]) for row in full] == [
        (f"{visit}/desk[1]", "1", "3"),
        (f"{visit}/desk[1]", "2", "5"),
    ]


def test_what_does_not_apply_stands_among_the_notes_and_not_among_the_answers(tables) -> None:
    assert tables["answers"][0]["visit/why"] == ""
    kept = {row["path"]: row for row in tables["notes"]}
    assert kept["/data/visit/why"]["value"] == "nobody looked up"
    assert kept["/data/visit/why"]["applies"] == "false"
    assert kept["/data/visit/waiting"]["note"] == "at noon"
    assert kept["/data/visit/waiting"]["question"] == "How many were waiting?"


def test_every_stored_field_is_in_the_export_or_named_as_left_out(desk: Desk, visit: str, tmp_path: Path) -> None:
    done = export_answers(desk, [visit], tmp_path / "out", ExportChoice(format="csv"))
    with_heads = {file.stem: file.read_text("utf-8-sig").partition("\n")[0].split(",") for file in done.files}
    table_of = {noun: table for table, noun in {**export_records.CONCERNING, **export_records.NAMED}.items()}
    left = {(each.noun, each.field) for each in done.left_out}
    for name, noun in NOUNS.items():
        if (name, "") in left:
            continue
        if noun is Assessment:
            heads = [head.removeprefix("_") for head in with_heads["answers"]]
        elif noun is Answer:
            heads = with_heads["notes"]
        else:
            heads = with_heads[table_of[noun]]
        missing = [field for field in noun.__struct_fields__ if field not in heads and (name, field) not in left]
        assert not missing, f"{name}: {missing}"


def test_every_stored_value_is_read_back(desk: Desk, visit: str, tmp_path: Path) -> None:
    export_answers(desk, [visit], tmp_path / "out", ExportChoice(format="csv"))
    tables = read_csv(tmp_path / "out")
    with desk.reader() as reader:
        kept = {noun: reader.find(noun, assessment=visit) for noun in export_records.CONCERNING.values()}
        answers = reader.find(Answer, assessment=visit)
    for table, noun in export_records.CONCERNING.items():
        assert [row["uid"] for row in tables[table]] == [record.uid for record in kept[noun]]
        for row, record in zip(tables[table], kept[noun], strict=True):
            for field in noun.__struct_fields__:
                cell = export_records.cell_of(getattr(record, field))
                assert row[field] == ("" if cell is None else str(cell)), (table, field)
    everything = "\n".join(str(rows) for rows in tables.values())
    for answer in answers:
        assert not answer.value or "/meta/" in answer.path or repr(answer.value)[1:-1] in everything, answer.path


def test_labels_and_choices_apart(desk: Desk, visit: str, tmp_path: Path) -> None:
    choice = ExportChoice(format="csv", labels=True, split=True, language="French (fr)")
    export_answers(desk, [visit], tmp_path / "out", choice)
    (row,) = read_csv(tmp_path / "out")["answers"]
    assert row["Tous ont été salués ?"] == "Oui"
    assert row["Qu'avez-vous trouvé ?"] == "Saleté, Beaucoup de bruit"
    assert row["Qu'avez-vous trouvé ?/Saleté"] == "1"
    assert row["Place"] == "Harbour branch"


def test_names_and_choices_apart_and_short(desk: Desk, visit: str, tmp_path: Path) -> None:
    conduct.answer(desk, visit, "/data/visit/found", "noise")
    export_answers(desk, [visit], tmp_path / "out", ExportChoice(format="csv", split=True, groups=False, scores=False))
    (row,) = read_csv(tmp_path / "out")["answers"]
    assert (row["found"], row["found/dirt"], row["found/noise"]) == ("noise", "0", "1")
    assert not [head for head in row if head.endswith(":points")]


def test_versions_share_their_columns(desk: Desk, visit: str, place: str, tmp_path: Path) -> None:
    newer = [row for row in SURVEY if row[1] != "minutes"]
    newer.insert(3, ["text", "weather", "The weather", "Le temps", "", ""])
    second = conduct.start(desk, import_template(desk, workbook("2", newer), "visit2.xlsx").uid, place).uid
    conduct.answer(desk, second, "/data/visit/weather", "rain")
    with desk.reader() as reader:
        uids = made_with(reader, "visit")
    export_answers(desk, uids, tmp_path / "out", ExportChoice(format="csv"))
    rows = read_csv(tmp_path / "out")["answers"]
    assert [(row["_version"], row["visit/minutes"], row["visit/weather"]) for row in rows] == [
        ("1", "2.50", ""),
        ("2", "", "rain"),
    ]


def test_several_checklists_have_tables_of_their_own(desk: Desk, visit: str, audit: str, tmp_path: Path) -> None:
    done = export_answers(desk, [visit, audit], tmp_path / "out.xlsx", ExportChoice())
    tables = read_xlsx(tmp_path / "out.xlsx")
    assert {"visit", "five_s_area_audit", "visit-desk"} <= set(tables)
    assert done.rows["visit"] == done.rows["five_s_area_audit"] == 1


def test_a_csv_file_begins_with_a_mark_and_guards_against_formulas_only_when_asked(
    desk: Desk, visit: str, tmp_path: Path
) -> None:
    export_answers(desk, [visit], tmp_path / "plain", ExportChoice(format="csv", mark=False))
    export_answers(desk, [visit], tmp_path / "guarded", ExportChoice(format="csv", guard=True))
    plain, guarded = (tmp_path / name / "desk.csv" for name in ("plain", "guarded"))
    assert not plain.read_bytes().startswith(b"\xef\xbb\xbf")
    assert guarded.read_bytes().startswith(b"\xef\xbb\xbf")
    assert ",@left" in plain.read_text("utf-8")
    assert ",'@left" in guarded.read_text("utf-8-sig")
    assert ",'-right" in guarded.read_text("utf-8-sig")


def test_pictures_go_as_copies_under_the_names_in_the_table(desk: Desk, visit: str, tmp_path: Path) -> None:
    done = export_answers(desk, [visit], tmp_path / "out", ExportChoice(format="csv", media=True))
    (row,) = read_csv(tmp_path / "out")["answers"]
    (copy,) = (tmp_path / "out" / "media").iterdir()
    assert row["visit/photo"] == copy.name
    assert copy.read_bytes().startswith(b"\xff\xd8")
    assert b"Exif" not in copy.read_bytes()
    assert done.media == 1


def test_a_submission_folder_holds_what_is_sent(desk: Desk, visit: str, tmp_path: Path) -> None:
    done = export_answers(desk, [visit], tmp_path, ExportChoice(format="openrosa"))
    (file,) = done.files
    root = ET.parse(file).getroot()
    assert root.attrib == {"id": "visit", "version": "1"}
    assert root.findtext("meta/instanceID") == f"uuid:{visit}"
    assert root.findtext("visit/who") == AWKWARD
    assert root.find("visit/why") is None
    assert [node.text for node in root.findall("desk/queue/people") if node.text] == ["3", "5"]
    photo = root.findtext("visit/photo")
    assert sorted(each.name for each in file.parent.iterdir()) == sorted([photo, "submission.xml"])
    assert (tmp_path / "forms" / "visit-1.xml").read_text("utf-8").startswith("<?xml")
    with desk.reader() as reader:
        number = reader.get(Assessment, visit).number
    kept = json.loads((tmp_path / "records" / f"{number}.json").read_bytes())
    assert {answer["path"]: answer["note"] for answer in kept["answers"]}["/data/visit/waiting"] == "at noon"
    assert len(kept["findings"]) == len(kept["actions"]) == len(kept["evidence"]) == 1


def test_a_second_export_replaces_the_first(desk: Desk, visit: str, tmp_path: Path) -> None:
    for _ in range(2):
        export_answers(desk, [visit], tmp_path / "a", ExportChoice(format="openrosa"))
        export_answers(desk, [visit], tmp_path / "b.xlsx", ExportChoice())
    assert len(list((tmp_path / "a").rglob("submission.xml"))) == 1


@pytest.mark.parametrize("format_", ["csv", "xlsx", "openrosa"])
def test_an_export_that_is_called_off_leaves_nothing(desk: Desk, visit: str, tmp_path: Path, format_) -> None:
    class Enough(Exception):
        pass

    def stop(done: int, _total: int) -> None:
        if done:
            raise Enough

    with desk.reader() as reader:
        template = reader.get(Assessment, visit).template
    second = conduct.start(desk, template, add_place(desk, "Elsewhere").uid).uid
    out = tmp_path / "new" / ("x.xlsx" if format_ == "xlsx" else "x")
    with pytest.raises(Enough):
        export_answers(desk, [visit, second], out, ExportChoice(format=format_, media=True), stop)
    assert not [file for file in tmp_path.rglob("*") if file.is_file() and "store" not in file.parts]


def test_nothing_to_export_is_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"work\.nothing_to_export"):
        export_answers(desk, [], tmp_path / "x.xlsx", ExportChoice())


def test_a_folder_that_cannot_be_written_is_trouble(desk: Desk, visit: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here")
    for format_ in ("csv", "xlsx", "openrosa"):
        with pytest.raises(Trouble, match=r"work\.cannot_write"):
            export_answers(desk, [visit], tmp_path / "file" / "out", ExportChoice(format=format_))


def test_a_concluded_assessment_tells_its_sections(desk: Desk, place: str, tmp_path: Path) -> None:
    from tests.work.test_conclude import fill_all

    uid = conduct.start(desk, template_of(desk, "area_audit").uid, place).uid
    fill_all(desk, uid)
    conclude(desk, uid, "Well kept.")
    export_answers(desk, [uid], tmp_path / "out", ExportChoice(format="csv"))
    tables = read_csv(tmp_path / "out")
    assert tables["conclusions"][0]["summary"] == "Well kept."
    assert len(tables["sections"]) == 7
    moment = datetime.fromisoformat(tables["conclusions"][0]["concluded_at"])
    assert moment.tzinfo == UTC
    assert msgspec.json.decode(tables["conclusions"][0]["sections"])[0]["path"] == tables["sections"][0]["path"]


def test_evidence_that_was_removed_is_told_as_such(desk: Desk, visit: str, tmp_path: Path) -> None:
    with desk.reader() as reader:
        (item,) = reader.find(Evidence, assessment=visit)
    with desk.unit() as unit:
        unit.change(Evidence, item.uid, removed=True)
    export_answers(desk, [visit], tmp_path / "out", ExportChoice(format="csv", media=True))
    tables = read_csv(tmp_path / "out")
    assert tables["evidence"][0]["removed"] == "true"
    assert tables["answers"][0]["visit/photo"] == ""
