"""`gemba conflict`: a person sees both sides and decides, from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from tests.cli.conftest import Shell
from tests.conftest import new_uid, reopen

from gemba.domain.findings import Finding, FindingGrade
from gemba.domain.places import Place
from gemba.domain.templates import Template
from gemba.store import journal, keys
from gemba.work import conduct
from gemba.work.open_desk import make_desk
from gemba.work.places import add_place
from gemba.work.raise_finding import raise_finding


@pytest.fixture
def disputed(shell: Shell, tmp_path: Path, ticking: Callable[[], datetime]) -> str:
    """A place that two laptops have named anew."""
    desk = reopen(shell.store, keys.find_key(shell.store, passphrase=None), ticking)
    other = make_desk(tmp_path / "other", clock=ticking, ids=new_uid, demo=True)
    try:
        place = add_place(desk, "Harbour branch").uid
        for giver, taker, name in ((desk, other, "Harbour East"), (other, desk, "Harbour West")):
            with giver.reader() as reader:
                lines = [json.loads(line) for line in journal.since(reader, reader.device.epoch, 1, 10_000)]
            if giver is desk:
                with desk.unit() as unit:
                    unit.change(Place, place, name=name)
            with taker.unit() as unit:
                journal.merge(unit, lines, trusted={giver.store.device.id: giver.store.device.public_key})
            if taker is other:
                with other.unit() as unit:
                    unit.change(Place, place, name="Harbour West")
    finally:
        desk.store.close()
        other.store.close()
    return place


def test_nothing_in_conflict_is_said(shell: Shell) -> None:
    said = shell("conflict", "list")
    assert said.code == 0
    assert said.out == "Nothing is in conflict.\n"
    assert shell.ok("conflict", "list") == []


def test_both_sides_are_listed_and_one_is_taken(shell: Shell, disputed: str) -> None:
    (found,) = shell.ok("conflict", "list")
    (name,) = found["fields"]
    assert {side["value"] for side in name["sides"]} == {"Harbour East", "Harbour West"}
    assert found["title"] in {"Harbour East", "Harbour West"}
    listed = shell("conflict", "list").out
    assert "Harbour East" in listed
    assert "Harbour West" in listed
    assert f"place · {found['title']}" in listed
    east = next(side["operation"] for side in name["sides"] if side["value"] == "Harbour East")
    settled = shell.ok("conflict", "settle", disputed, "--take", f"name={east}", "--reason", "The sign says so.")
    assert settled == {"noun": "place", "uid": disputed, "fields": ["name"], "reason": "The sign says so."}
    assert shell.ok("conflict", "list") == []
    assert "Harbour East" in {line["name"] for line in shell.ok("place", "list")}


def test_a_value_of_ones_own_is_set(shell: Shell, disputed: str) -> None:
    shell.ok("conflict", "settle", disputed, "--set", "name=Harbour", "--reason", "Neither.")
    assert "Harbour" in {line["name"] for line in shell.ok("place", "list")}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--set", "name", "--reason", "x"], "FIELD=VALUE"),
        (["--laptop", "nobody", "--reason", "x"], "nobody"),
        (["--set", "name=Harbour", "--reason", " "], "Say why"),
        (["--set", "level=site", "--reason", "x"], "conflict"),
        (["--reason", "x"], "--take FIELD=SIDE"),
        (["--take", "nosuch=SIDE", "--reason", "x"], "in conflict: name"),
        (["--set", "name=", "--reason", "x"], "not empty on any side"),
    ],
)
def test_what_cannot_be_settled_is_refused_in_a_sentence(
    shell: Shell, disputed: str, arguments: list[str], words: str
) -> None:
    said = shell("conflict", "settle", disputed, *arguments)
    assert said.code == 2
    assert words in said.err
    assert len(said.err.strip().splitlines()) == 1
    assert len(shell.ok("conflict", "list")) == 1


@pytest.fixture
def finding(shell: Shell, tmp_path: Path, ticking: Callable[[], datetime]) -> Finding:
    """A finding of which two laptops have said otherwise what was done at once, and when."""
    desk = reopen(shell.store, keys.find_key(shell.store, passphrase=None), ticking)
    other = make_desk(tmp_path / "other", clock=ticking, ids=new_uid, demo=True)
    try:
        with desk.reader() as reader:
            template = reader.find(Template, kind="area_audit")[0].uid
        audit = conduct.start(desk, template, add_place(desk, "Harbour branch").uid).uid
        uid = raise_finding(desk, audit, path="", criterion="Short", grade=FindingGrade.MAJOR, text="Eight").uid
        for giver, taker in ((desk, other), (other, desk)):
            with giver.reader() as reader:
                lines = [json.loads(line) for line in journal.since(reader, reader.device.epoch, 1, 10_000)]
            if giver is desk:
                with desk.unit() as unit:
                    unit.change(Finding, uid, contained="Opened one", contained_at=ticking())
            with taker.unit() as unit:
                journal.merge(unit, lines, trusted={giver.store.device.id: giver.store.device.public_key})
            if taker is other:
                with other.unit() as unit:
                    unit.change(Finding, uid, contained="Opened two", contained_at=ticking())
        with desk.reader() as reader:
            found = reader.get(Finding, uid)
            assert found is not None
            return found
    finally:
        desk.store.close()
        other.store.close()


@pytest.mark.parametrize("how", ["number", "small", "beginning", "uid"])
def test_a_record_is_known_by_its_number(shell: Shell, finding: Finding, how: str) -> None:
    names = {"number": finding.number, "small": finding.number.lower(), "uid": finding.uid.upper()}
    name = names.get(how, finding.number[:6])
    settled = shell.ok("conflict", "settle", name, "--set", "contained=5", "--reason", "Five.")
    assert settled["uid"] == finding.uid
    (left,) = shell.ok("conflict", "list")
    assert [one["field"] for one in left["fields"]] == ["contained_at"]
    assert settled["fields"] == ["contained"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("F-XXXXXX-0001", "There is no record 'F-XXXXXX-0001' in conflict"),
        ("F-", "There is no record 'F-' in conflict"),
        ("audit", "Nothing of this record"),
    ],
)
def test_what_is_not_in_conflict_is_said(shell: Shell, finding: Finding, name: str, words: str) -> None:
    known = finding.assessment if name == "audit" else name
    said = shell("conflict", "settle", known, "--set", "contained=x", "--reason", "x")
    assert said.code == 2
    assert words in said.err


def test_what_nests_without_end_is_refused(shell: Shell, finding: Finding) -> None:
    deep = "[" * 15_000
    said = shell("conflict", "settle", finding.number, "--set", f"contained_at={deep}", "--reason", "x")
    assert said.code == 2
    assert "cannot be set to that" in said.err
