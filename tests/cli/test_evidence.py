"""Photos and files on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Shell
from tests.store.picturing import as_file, camera_photo, opened
from tests.store.test_barcodes import code, on_a_photo
from tests.work.test_mark_evidence import is_hidden


@pytest.fixture
def walk(shell: Shell, tmp_path: Path) -> dict[str, Any]:
    """A walk with one photo at its first question."""
    begun = shell.ok("assess", "start", "five_s_area_audit", "--place", "Depot")
    photo = tmp_path / "view.jpg"
    photo.write_bytes(camera_photo(position=(48.0, 2.0, 30.0)))
    shell.ok(
        "finding", "raise", begun["uid"], "--grade", "minor", "--text", "Here", "--criterion", "C", "--photo", photo
    )
    return begun


def one(shell: Shell, walk: dict[str, Any]) -> dict[str, Any]:
    found = shell.ok("evidence", "list", walk["number"])
    assert len(found) == 1
    return found[0]


def test_marks_are_drawn_listed_and_cleared(shell: Shell, walk: dict[str, Any]) -> None:
    uid = one(shell, walk)["uid"]
    shell.ok("evidence", "mark", uid, "--arrow", "0.1,0.1,0.4,0.4", "--number", "0.5,0.5", "--number", "0.6,0.6")
    item = shell.ok("evidence", "mark", uid, "--text", "0.2,0.8,Guard is open, twice", "--colour", "poor")
    assert [(mark["shape"], mark["text"], mark["colour"]) for mark in item["marks"]] == [
        ("arrow", "", "mark"), ("number", "1", "mark"), ("number", "2", "mark"),
        ("text", "Guard is open, twice", "poor"),
    ]  # fmt: skip
    assert one(shell, walk)["marks"] == item["marks"]
    assert shell.ok("evidence", "mark", uid, "--clear")["marks"] == []


def test_marks_travel_in_a_file(shell: Shell, walk: dict[str, Any], tmp_path: Path) -> None:
    uid = one(shell, walk)["uid"]
    marks = shell.ok("evidence", "mark", uid, "--box", "0.1,0.1,0.4,0.4")["marks"]
    file = tmp_path / "marks.json"
    file.write_text(json.dumps(marks))
    assert shell.ok("evidence", "mark", uid, "--clear", "--file", file)["marks"] == marks


@pytest.mark.parametrize(
    "words",
    [
        ["--arrow", "0.1,0.1"], ["--box", "1,2,3,4"], ["--box", "a,b,c,d"], ["--text", "0.1,0.1"],
        ["--pen", "0.1,0.2,0.3"],
        ["--box", "0.1,0.1,0.2,0.2", "--colour", "pink"], [], ["--file", "none.json"],
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused(shell: Shell, walk: dict[str, Any], words: list[str]) -> None:
    said = shell("evidence", "mark", one(shell, walk)["uid"], *words)
    assert (said.code, said.err.strip().count("\n")) == (2, 0)
    assert one(shell, walk)["marks"] == []


def test_what_is_redacted_is_not_in_the_copy(shell: Shell, walk: dict[str, Any], tmp_path: Path) -> None:
    uid = one(shell, walk)["uid"]
    shell.ok("evidence", "redact", uid[-8:], "0.25,0.25,0.75,0.75")
    copies = shell.ok("evidence", "export", walk["uid"], "--to", tmp_path / "out")
    assert [copy["stripped"] for copy in copies] == [True]
    data = Path(copies[0]["file"]).read_bytes()
    assert is_hidden(opened(data))
    assert b"Ficta" not in data


def test_a_photo_is_named_removed_and_brought_back(shell: Shell, walk: dict[str, Any]) -> None:
    uid = one(shell, walk)["uid"]
    assert shell.ok("evidence", "rename", uid, "The guard")["name"] == "The guard"
    shell.ok("evidence", "remove", uid)
    assert shell.ok("evidence", "list", walk["uid"]) == []
    shell.ok("evidence", "restore", uid)
    assert one(shell, walk)["name"] == "The guard"


def test_codes_are_read_from_a_photo(shell: Shell, walk: dict[str, Any], tmp_path: Path) -> None:
    photo = tmp_path / "label.jpg"
    photo.write_bytes(as_file(on_a_photo(code("PUMP-0042", "Code128"))))
    shell.ok("finding", "raise", walk["uid"], "--grade", "minor", "--text", "L", "--criterion", "C", "--photo", photo)
    uid = next(item["uid"] for item in shell.ok("evidence", "list", walk["uid"]) if item["name"] == "label.jpg")
    assert shell.ok("evidence", "codes", uid) == [{"text": "PUMP-0042", "sort": "Code 128"}]


def test_nobody_of_that_name_is_told(shell: Shell, tmp_path: Path) -> None:
    said = shell("evidence", "export", "nobody", "--to", tmp_path / "out")
    assert said.code == 2
    assert "nobody" in said.err


def test_a_photo_that_answers_is_named_by_the_answer(shell: Shell, tmp_path: Path) -> None:
    book = tmp_path / "views.csv"
    book.write_text(
        '"survey",,\n,"type","name","label"\n,"image","view","A view"\n'
        '"settings",,\n,"form_title","form_id","version"\n,"Views","views","1"\n'
    )
    shell.ok("template", "import", book)
    begun = shell.ok("assess", "start", "views", "--place", "Depot")
    photo = tmp_path / "view.jpg"
    photo.write_bytes(camera_photo())
    shell.ok("assess", "answer", begun["uid"], f"view=@{photo}")
    assert list(shell.ok("assess", "show", begun["uid"])["answers"].values()) == ["view.jpg"]
    assert one(shell, begun)["name"] == "view.jpg"


def test_files_are_added_and_a_broken_picture_with_a_word(shell: Shell, walk: dict[str, Any], tmp_path: Path) -> None:
    good, broken = tmp_path / "good.jpg", tmp_path / "broken.jpg"
    good.write_bytes(camera_photo(seed=5))
    broken.write_bytes(b"no picture")
    said = shell("evidence", "add", walk["number"], good, broken)
    assert said.code == 0
    assert "kept as a file" in said.out
    assert [item["width"] for item in shell.ok("evidence", "list", walk["uid"])] == [640, 640, 0]
    assert shell("evidence", "add", walk["number"], tmp_path / "none.jpg").code == 3


def test_a_photo_added_at_a_question_that_asks_for_one_is_its_answer(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "hall.md").write_text("| survey |\n| | type | name | label |\n| | image | view | A view |\n")
    photo = tmp_path / "view.jpg"
    photo.write_bytes(camera_photo())
    shell.ok("template", "import", tmp_path / "hall.md")
    uid = shell.ok("assess", "start", "hall", "--place", "Depot")["uid"]
    shell.ok("evidence", "add", uid, photo, "--question", "view")
    assert shell.ok("assess", "show", uid)["answers"] == {"/data/view": "view.jpg"}


def test_a_finding_that_is_refused_leaves_no_photo_behind(shell: Shell, walk: dict[str, Any], tmp_path: Path) -> None:
    more = tmp_path / "more.jpg"
    more.write_bytes(camera_photo())
    said = shell("finding", "raise", walk["uid"], "--grade", "minor", "--text", "No criterion", "--photo", more)
    assert said.code == 2
    assert "criterion" in said.err
    one(shell, walk)
