"""A checklist is written on the command line, published, and walked with."""

from __future__ import annotations

import pytest

from gemba.forms.reading import read


@pytest.fixture
def file(shell, tmp_path):
    target = tmp_path / "gate.xlsx"
    assert shell("template", "new", target, "--title", "Gate check").code == 0
    return target


def test_a_workbook_is_written_published_and_walked_with(shell, file):
    made = shell("template", "add", file, "section", "--label", "At the gate", "--json").json
    assert made["item"] == "at_the_gate"
    shell("template", "add", file, "select_one", "required=yes", "--label", "Is it open?", "--below", "at_the_gate")
    shell(
        "template",
        "add",
        file,
        "text",
        "relevant=${is_it_open} = 'no'",
        "--label",
        "Why not?",
        "--below",
        "at_the_gate",
    )
    shell("template", "language", file, "French (fr)")
    shell("template", "set", file, "is_it_open", "label::French (fr)=Ouvert ?", "criterion=9.1", "tags=gate night")
    shell("template", "choice", file, "yes_no_na", "no", "label::French (fr)=Non", "score=-1")
    shown = shell("template", "show", file, "--json").json
    assert [item["name"] for item in shown["items"]] == ["at_the_gate", "is_it_open", "why_not"]
    assert shown["languages"] == ["English (en)", "French (fr)"]
    found = shell("template", "problems", file, "--json").json
    assert found["faults"] == 0
    assert {each["code"] for each in found["problems"]} == {"untranslated"}
    form = read(file.read_bytes(), name=file.name)
    assert form.rule("/data/at_the_gate/is_it_open").extras == {"criterion": "9.1", "tags": "gate night"}
    uid = shell("template", "publish", file, "--json").json["template"]
    begun = shell("assess", "start", uid, "--place", "Harbour", "--json")
    assert begun.code == 0, begun.err


def test_items_move_are_renamed_copied_and_removed(shell, file):
    shell("template", "add", file, "section", "--label", "One")
    shell("template", "add", file, "section", "--label", "Two")
    shell("template", "add", file, "integer", "--label", "Count", "--below", "one")
    shell("template", "move", file, "count", "--into", "two")
    shell("template", "copy", file, "count")
    shell("template", "set", file, "count", "name=many", "type=decimal", "constraint=. > 0")
    shell("template", "remove", file, "one")
    shown = shell("template", "show", file, "--json").json
    assert [(item["name"], item["type"], item["depth"]) for item in shown["items"]] == [
        ("two", "begin_group", 0), ("many", "decimal", 1), ("count_2", "integer", 1),
    ]  # fmt: skip


def test_what_is_wrong_is_told_and_mended(shell, file):
    shell("template", "add", file, "text", "relevant=${nowhere} = 1", "--label", "What?")
    told = shell("template", "problems", file)
    assert "nowhere" in told.out
    refused = shell("template", "publish", file)
    assert (refused.code, "nowhere" in refused.err) == (2, True)
    shell("template", "mend", file)
    assert shell("template", "problems", file, "--json").json == {"faults": 0, "problems": []}


def test_a_new_version_of_a_template_is_drafted_and_published(shell):
    begun = shell("template", "draft", "five_s_area_audit", "--json").json[0]
    edited = shell("template", "set", begun["uid"], "sort", "label=Sort out", "--json").json
    assert edited["draft"] == begun["uid"]
    assert shell("template", "draft", "--json").json[0]["uid"] == begun["uid"]
    assert shell("template", "publish", begun["uid"]).code == 0
    versions = [
        line["version"] for line in shell("template", "list", "--json").json if line["form_id"] == "five_s_area_audit"
    ]
    assert len(versions) == 2
    assert shell("template", "draft", "--json").json == []


def test_the_library_is_searched_kept_in_and_inserted_from(shell, file):
    shell("template", "add", file, "text", "--label", "Who has the key?")
    shell("template", "keep", file, "who_has_the_key", "--tags", "gate")
    found = shell("template", "library", "#gate", "--json").json
    assert [each["label"] for each in found] == ["Who has the key?"]
    inserted = shell("template", "insert", file, "#gate", "--json").json
    assert [item["name"] for item in inserted["items"]] == ["who_has_the_key", "who_has_the_key_2"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("set", "nothing", "label=x"),
        ("set", "form", "colour=red"),
        ("set", "form", "no equals sign"),
        ("move", "nothing", "--up"),
        ("mend", "99"),
        ("insert", "words that stand nowhere"),
        ("choice", "none", "none", "--remove"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_changes_nothing(shell, file, arguments):
    before = file.read_bytes()
    verb, *rest = arguments
    said = shell("template", verb, file, *rest)
    assert said.code == 2
    assert said.err.strip().endswith(".")
    assert file.read_bytes() == before


def test_a_file_that_is_there_is_not_written_over(shell, file):
    assert shell("template", "new", file).code == 2
