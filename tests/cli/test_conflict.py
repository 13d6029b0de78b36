"""`gemba conflict`: a person sees both sides and decides, from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from tests.cli.conftest import Shell
from tests.conftest import new_uid, reopen

from gemba.domain.places import Place
from gemba.store import journal, keys
from gemba.work.open_desk import make_desk
from gemba.work.places import add_place


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
