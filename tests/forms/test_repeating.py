"""Repeats are added, copied, moved and taken out anywhere, and each such change can be taken back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemba.errors import Refusal
from gemba.forms.filling import Fill

SURVEY = [
    ["type", "name", "label", "calculation", "default", "repeat_count"],
    ["begin_repeat", "room", "Room"],
    ["text", "name", "Name"],
    ["calculate", "place", "", "position(..)"],
    ["calculate", "stamp", "", "once(uuid())"],
    ["image", "photo", "Photo"],
    ["begin_repeat", "bed", "Bed ${name}"],
    ["integer", "age", "Age", "", "1 + 1"],
    ["end_repeat"],
    ["calculate", "before", "", "indexed-repeat(${name}, ${room}, ${place} - 1)"],
    ["end_repeat"],
    ["calculate", "names", "", "join('', ${name})"],
    ["calculate", "ages", "", "sum(${age})"],
]
ROOM = "/data/room"


@pytest.fixture
def rooms(filling):
    fill = filling(SURVEY)
    for number, name in enumerate("abc", 1):
        if number > 1:
            fill.add_repeat(ROOM)
            fill.add_repeat(f"{ROOM}[{number}]/bed")
        fill.set(f"{ROOM}[{number}]/name", name)
    fill.set(f"{ROOM}[2]/bed[1]/age", "7")
    return fill


def column(fill, name: str) -> list[str]:
    return [fill.view(f"{ROOM}[{number}]/{name}").value for number in range(1, fill.repeats(ROOM) + 1)]


def stands(fill) -> dict:
    values = {path: value for path, (value, _) in fill.snapshot().values.items()}
    return values | {"items": fill.items()}


def test_one_is_added_in_the_midst(rooms):
    effect = rooms.add_repeat(ROOM, 2)
    assert column(rooms, "name") == ["a", "", "b", "c"]
    assert column(rooms, "place") == ["1", "2", "3", "4"]
    assert column(rooms, "before")[1:] == ["a", "", "b"]
    assert effect.moved[f"{ROOM}[2]/bed[1]/age"] == f"{ROOM}[3]/bed[1]/age"
    assert not effect.gone
    assert {f"{ROOM}[4]/name", f"{ROOM}[3]/before"} <= effect.changed


def test_a_copy_stands_right_after_and_has_its_own_stamp(rooms):
    rooms.set(f"{ROOM}[2]/photo", "leak.jpg")
    rooms.add_repeat(f"{ROOM}[2]/bed")
    rooms.set(f"{ROOM}[2]/bed[2]/age", "9")
    effect = rooms.copy_repeat(ROOM, 2)
    assert column(rooms, "name") == ["a", "b", "b", "c"]
    assert [rooms.view(f"{ROOM}[3]/bed[{number}]/age").value for number in (1, 2)] == ["7", "9"]
    assert rooms.view(f"{ROOM}[3]/photo").value == ""
    assert len(set(column(rooms, "stamp"))) == 4
    assert rooms.view("/data/ages").value == "36"
    assert effect.structure
    assert f"{ROOM}[3]/name" in effect.changed
    assert rooms.answers()[f"{ROOM}[3]/name"] == ("b", "given")


@pytest.mark.parametrize(("number", "to", "names"), [(1, 3, "bca"), (3, 1, "cab"), (2, 3, "acb"), (2, 2, "abc")])
def test_one_is_moved(rooms, number, to, names):
    effect = rooms.move_repeat(ROOM, number, to)
    assert column(rooms, "name") == list(names)
    assert column(rooms, "place") == ["1", "2", "3"]
    assert column(rooms, "before")[1:] == [names[0], names[1]]
    assert rooms.view("/data/names").value == names
    assert bool(effect.moved) == (number != to)


def test_any_one_is_taken_out(rooms):
    effect = rooms.remove_repeat(ROOM, 1)
    assert column(rooms, "name") == ["b", "c"]
    assert rooms.view(f"{ROOM}[1]/bed[1]/age").value == "7"
    assert effect.moved[f"{ROOM}[3]/name"] == f"{ROOM}[2]/name"
    assert f"{ROOM}[3]/name" in effect.gone
    assert f"{ROOM}[2]/name" not in effect.gone
    assert rooms.view("/data/names").value == "bc"


@pytest.mark.parametrize("number", [0, 4, -1])
def test_a_number_that_is_not_there_is_refused(rooms, number):
    for act in (rooms.copy_repeat, rooms.remove_repeat, lambda path, at: rooms.move_repeat(path, 1, at)):
        with pytest.raises(Refusal, match="no_such_repeat"):
            act(ROOM, number)
    assert column(rooms, "name") == ["a", "b", "c"]


CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("set"), st.integers(1, 4), st.sampled_from(["", "x", "y"])),
        st.tuples(st.just("add"), st.integers(1, 4)),
        st.tuples(st.just("copy"), st.integers(1, 4)),
        st.tuples(st.just("move"), st.integers(1, 4), st.integers(1, 4)),
        st.tuples(st.just("remove"), st.integers(1, 4)),
        st.tuples(st.just("bed"), st.integers(1, 4)),
    ),
    max_size=8,
)


def change(fill, step: tuple) -> None:
    act, *numbers = step
    try:
        match act:
            case "set":
                fill.set(f"{ROOM}[{numbers[0]}]/name", numbers[1])
            case "add":
                fill.add_repeat(ROOM, numbers[0])
            case "copy":
                fill.copy_repeat(ROOM, numbers[0])
            case "move":
                fill.move_repeat(ROOM, *numbers)
            case "remove":
                fill.remove_repeat(ROOM, numbers[0])
            case "bed":
                fill.add_repeat(f"{ROOM}[{numbers[0]}]/bed")
    except Refusal:
        pass


@pytest.fixture(scope="module")
def begin(filling):
    made = filling(SURVEY)
    return lambda: Fill(made.form, now=made._world.now)


@settings(max_examples=60, deadline=None)
@given(before=CHANGES, after=CHANGES)
def test_whatever_was_changed_can_be_taken_back(begin, before, after):
    fill = begin()
    for step in before:
        change(fill, step)
    snapshot, stood = fill.snapshot(), stands(fill)
    for step in after:
        change(fill, step)
    fill.restore(snapshot)
    assert stands(fill) == stood
    fill._answers.wake_all()
    fill._settle()
    assert stands(fill) == stood
