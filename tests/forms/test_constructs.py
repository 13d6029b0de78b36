"""What real forms use now and then: files beside the form, entities, metadata, nested repeats, ranges, chance."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest

from gemba.forms.expressions import parse_xml
from gemba.forms.filling import Fill
from gemba.forms.inspecting import inspect
from gemba.forms.xform import parse

NOW = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
CSV = b"name,label,region,floors\nnorth,North hall,a,2\nsouth,South hall,b,3\neast,East hall,a,1\n"
XML = (
    b"<root><item><name>north</name><label>North hall</label><floors>2</floors></item>"
    b"<item><name>south</name><label>South hall</label><floors>3</floors></item></root>"
)
GEOJSON = (
    b'{"type": "FeatureCollection", "features": [{"type": "Feature", "id": "north", "geometry": '
    b'{"type": "Point", "coordinates": [1.5, 2.5]}, "properties": {"title": "North hall", "floors": 2}}]}'
)


def begin(workbook: str, files: dict[str, bytes] | None = None, seed: int = 7) -> Fill:
    found = inspect(workbook.encode(), "form.md", files)
    assert found.form is not None, [each.refusal for each in found.faults]
    return Fill(parse(found.xform, name="form", files=files), now=lambda: NOW, rng=random.Random(seed), person="ada")


def survey(columns: str, *rows: str, rest: str = "") -> str:
    lines = [f"| | {row} |" for row in (columns, *rows)]
    return "| survey |\n" + "\n".join(lines) + "\n" + rest


def value(fill: Fill, path: str) -> str:
    return fill.answers().get(path, ("", ""))[0]


def offered(fill: Fill, path: str) -> list[str]:
    return [choice.name for choice in fill.view(path).choices]


# -- files beside the form


@pytest.mark.parametrize(("ending", "data"), [("csv", CSV), ("xml", XML), ("geojson", GEOJSON)])
def test_a_list_comes_from_a_file(ending, data):
    fill = begin(
        survey("type | name | label", f"select_one_from_file halls.{ending} | hall | Hall"), {f"halls.{ending}": data}
    )
    choices = fill.view("/data/hall").choices
    assert (choices[0].name, choices[0].label) == ("north", "North hall")
    assert fill.verdict("/data/hall", "north") == "ok"


def test_a_list_of_a_file_is_narrowed_and_its_other_columns_are_read():
    fill = begin(
        survey(
            "type | name | label | choice_filter | calculation",
            "text | where | Region | |",
            "select_one_from_file halls.csv | hall | Hall | region=${where} |",
            "calculate | floors | | | pulldata('halls', 'floors', 'name', ${hall})",
        ),
        {"halls.csv": CSV},
    )
    fill.set("/data/where", "a")
    assert offered(fill, "/data/hall") == ["north", "east"]
    fill.set("/data/hall", "east")
    assert value(fill, "/data/floors") == "1"
    fill.set("/data/where", "b")
    assert (value(fill, "/data/hall"), value(fill, "/data/floors")) == ("", "")


@pytest.mark.parametrize(("kind", "data"), [("csv-external", CSV), ("xml-external", XML)])
def test_a_file_is_read_by_its_name(kind, data):
    file = f"halls.{kind[:3]}"
    rows = (f"{kind} | halls | |", "calculate | floors | | instance('halls')/root/item[name='south']/floors")
    assert (
        value(begin(survey("type | name | label | calculation", *rows, "text | q | Q |"), {file: data}), "/data/floors")
        == "3"
    )


def test_a_file_that_is_not_there_leaves_the_form_open_and_the_answer_as_it_is():
    fill = begin(survey("type | name | label", "select_one_from_file halls.csv | hall | Hall"))
    fill.set("/data/hall", "north")
    assert value(fill, "/data/hall") == "north"
    assert offered(fill, "/data/hall") == []


def test_what_was_saved_last_is_empty_the_first_time():
    rows = ("text | hall | Hall | ${last-saved#hall}", "text | q | Q |")
    fill = begin(survey("type | name | label | default", *rows))
    assert value(fill, "/data/hall") == ""
    fill.set("/data/hall", "north")
    assert value(fill, "/data/hall") == "north"


# -- metadata and what is recorded by itself


def test_entities_keep_their_dataset_and_conditions():
    fill = begin(
        survey("type | name | label | save_to", "text | tree | Tree | species")
        + "| entities |\n| | list_name | label | create_if |\n| | trees | ${tree} | ${tree} != '' |\n"
    )
    fill.set("/data/tree", "oak")
    root = parse_xml(fill.instance_xml("uuid:1")).elements()[0]
    entity = root.first("meta").first("entity")
    assert entity.attribute("dataset") == "trees"
    assert entity.attribute("create") in {"1", "true"}
    assert entity.first("label").text() == "oak"


def test_what_a_telephone_records_by_itself_is_never_asked():
    rows = ("audit | audit |", "start-geopoint | place |", "background-audio | noise |", "text | q | Q")
    fill = begin(survey("type | name | label", *rows))
    assert [item.name for item in fill.items()] == ["q"]
    assert fill.missing() == []
    assert "<audit" in fill.instance_xml("uuid:1")


def test_the_name_of_the_record_follows_the_answers():
    rows = survey("type | name | label", "text | q | Q")
    fill = begin(rows + "| settings |\n| | form_id | instance_name |\n| | f | concat('Hall ', ${q}) |\n")
    fill.set("/data/q", "3 & 4")
    assert "<instanceName>Hall 3 &amp; 4</instanceName>" in fill.instance_xml("uuid:1").replace("orx:", "")


@pytest.mark.parametrize("typed", ["a\x00b", "a\x0bb", "\ud800", "\ufffe", "<&>\"'", "line\r\nnext\ttab"])
def test_whatever_is_typed_the_record_is_well_formed(typed):
    fill = begin(survey("type | name | label", "text | q | Q"))
    fill.set("/data/q", typed)
    root = parse_xml(fill.instance_xml("uuid:1")).elements()[0]
    assert root.first("q") is not None


# -- values that stay


def test_once_keeps_its_first_value():
    rows = ("text | q | Q |", "calculate | first | | once(${q})")
    fill = begin(survey("type | name | label | calculation", *rows))
    fill.set("/data/q", "one")
    fill.set("/data/q", "two")
    assert value(fill, "/data/first") == "one"


def test_an_order_by_chance_stays_while_filling():
    choices = "| choices |\n| | list_name | name | label |\n" + "".join(f"| | l | c{n} | C{n} |\n" for n in range(9))
    fill = begin(
        survey(
            "type | name | label | parameters", "text | q | Q |", "select_one l | s | S | randomize=true", rest=choices
        )
    )
    first = offered(fill, "/data/s")
    assert sorted(first) == [f"c{n}" for n in range(9)]
    for answer in ("a", "b", ""):
        fill.set("/data/q", answer)
        assert offered(fill, "/data/s") == first


# -- repeats


def test_counted_repeats_within_counted_repeats():
    fill = begin(
        survey(
            "type | name | label | repeat_count | calculation",
            "integer | halls | Halls | |",
            "begin_repeat | hall | Hall | ${halls} |",
            "integer | racks | Racks | |",
            "begin_repeat | rack | Rack | ${racks} |",
            "integer | faults | Faults | |",
            "end_repeat | | | |",
            "calculate | here | | | sum(${faults})",
            "end_repeat | | | |",
            "calculate | all | | | sum(${faults})",
            "calculate | second | | | indexed-repeat(${here}, ${hall}, 2)",
            "calculate | ninth | | | indexed-repeat(${here}, ${hall}, 9)",
        )
    )
    fill.set("/data/halls", "2")
    for hall, racks in ((1, "1"), (2, "3")):
        fill.set(f"/data/hall[{hall}]/racks", racks)
    fill.set("/data/hall[1]/rack[1]/faults", "5")
    for rack in (1, 2, 3):
        fill.set(f"/data/hall[2]/rack[{rack}]/faults", "2")
    assert [value(fill, f"/data/{name}") for name in ("all", "second", "ninth")] == ["11", "6", ""]
    fill.set("/data/hall[2]/racks", "1")
    assert [value(fill, f"/data/{name}") for name in ("all", "second")] == ["7", "2"]


def test_or_other_asks_within_its_own_repeat():
    choices = "| choices |\n| | list_name | name | label |\n| | l | a | A |\n"
    rows = ("begin_repeat | r | R", "select_one l or_other | s | S", "end_repeat | |")
    fill = begin(survey("type | name | label", *rows, rest=choices))
    fill.add_repeat("/data/r")
    fill.set("/data/r[2]/s", "other")
    shown = [item.path for item in fill.items() if item.name == "s_other"]
    assert shown == ["/data/r[2]/s_other"]


# -- verdicts


@pytest.mark.parametrize(("given", "verdict"), [("a b", "ok"), ("b a", "ok"), ("", "ok")])
def test_ranks(given, verdict):
    choices = "| choices |\n| | list_name | name | label |\n| | l | a | A |\n| | l | b | B |\n"
    fill = begin(survey("type | name | label", "rank l | s | S", rest=choices))
    assert fill.verdict("/data/s", given) == verdict


def test_a_range_tells_its_bounds_and_takes_numbers():
    fill = begin(survey("type | name | label | parameters", "range | s | S | start=1 end=5 step=2"))
    assert {key: fill.view("/data/s").parameters[key] for key in ("start", "end", "step")} == {
        "start": "1",
        "end": "5",
        "step": "2",
    }
    assert fill.verdict("/data/s", "3") == "ok"
    assert fill.verdict("/data/s", "x") == "type"


def test_a_concluded_filling_is_sent_under_the_name_that_the_form_gives_it(filling):
    settings = [["form_id", "instance_name"], ["named", "concat(${who}, ' at ', ${where})"]]
    rows = [["type", "name", "label"], ["text", "who", "Who?"], ["text", "where", "Where?"]]
    live = filling(rows, settings=settings)
    answers = {"/data/who": "Ada", "/data/where": "the till"}
    frozen = Fill(live.form, now=live._world.now, answers=answers, frozen=True)
    assert "<instanceName>Ada at the till</instanceName>" in frozen.instance_xml("uuid:1")


def test_a_list_of_many_choices_is_shown_and_answered(filling):
    count = 3_000
    many = [["list_name", "name", "label"], *[["many", f"n{number}", f"Name {number}"] for number in range(count)]]
    fill = filling([["type", "name", "label"], ["select_one many", "q", "Which?"]], many)
    view = fill.view("/data/q")
    assert (len(view.choices), view.choices[77].label) == (count, "Name 77")
    fill.set("/data/q", f"n{count - 1}")
    assert fill.verdict("/data/q", "n5") == "ok"
    fill.language = "default"
    assert fill.view("/data/q").choices == view.choices


def test_a_survey_sheet_with_headers_only_has_no_questions(workbook):
    (fault,) = inspect(workbook([["type", "name", "label"]]), "form.xlsx").faults
    assert fault.refusal.code == "forms.no_questions"


def test_a_table_of_data_is_no_form_and_is_told_in_one_short_sentence():
    table = "\n".join(f"north {number},North,12" for number in range(2_000))
    (fault,) = inspect(f"place,region,floors\n{table}\n".encode(), "sites.csv").faults
    assert fault.refusal.code == "forms.no_survey"
    assert len(str(fault.refusal.facts["sheets"])) < 250


EXTERNAL = """
| survey |
| | type | name | label | choice_filter |
| | select_one state | state | State | |
| | select_one_external town | town | Town | state=${state} |
| choices |
| | list_name | name | label |
| | state | a | A |
| | state | b | B |
| external_choices |
| | list name | name | label | state |
| | town | x | X town | a |
| | town | y | Y town | b |
| | town | x | Another X | b |
"""


def test_an_external_list_is_offered_as_its_filter_says():
    fill = begin(EXTERNAL)
    fill.set("/data/state", "b")
    view = fill.view("/data/town")
    assert view.kind == "select_one"
    assert [(each.name, each.label) for each in view.choices] == [("y", "Y town"), ("x", "Another X")]
    fill.set("/data/town", "x")
    fill.set("/data/state", "a")
    assert [each.label for each in fill.view("/data/town").choices] == ["X town"]


def test_the_workbook_with_an_external_list_stays_as_it_is():
    from gemba.forms.book import read_book, write_book

    book = read_book(EXTERNAL.encode(), "towns.md")
    before = write_book(book)
    begin(EXTERNAL)
    assert write_book(book) == before
    assert "external_choices" in read_book(before, "towns.xlsx").sheets
