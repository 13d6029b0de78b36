"""What an operation means on its own is worked out once, and never for more than it says."""

from __future__ import annotations

import msgspec
import pytest

from gemba.domain.places import Place
from gemba.errors import Refusal
from gemba.store import operations
from gemba.store.meaning import meaning_of
from gemba.store.operations import blanked
from gemba.store.projection import columns_of

UID = "01a1fbf1-79f6-759a-b9d5-f2129aa76d85"
OTHER = "01a1fbf1-79f6-759a-b9d5-f2129aa76d86"
PLACE = operations.Place("d" * 32, "0001-00000000", 1, "01a1fbf1ff3c-0000", OTHER)


def _made(noun: str, values: dict[str, object]) -> operations.Operation:
    return operations.make(PLACE, noun, UID, values, (), lambda _: b"s" * 64)


def test_a_whole_record_and_the_records_that_it_names() -> None:
    values = {"name": "Dock", "level": "area", "parent": OTHER, "zone": "UTC"}
    found = meaning_of(_made("place", values))
    assert found.subject == ("place", UID)
    assert found.alone == columns_of(Place(uid=UID, name="Dock", level="area", parent=OTHER, zone="UTC"))
    assert found.alone["level"] == "area"  # as the column keeps it
    assert type(found.alone["level"]) is str
    assert found.named == [("place", OTHER)]


def test_a_change_makes_no_record_alone() -> None:
    found = meaning_of(_made("place", {"zone": "UTC", "parent": None}))
    assert (found.alone, found.named) == (None, [])


@pytest.mark.parametrize(
    ("noun", "values", "code"),
    [
        ("ghost", {"name": "X"}, "store.unknown_noun"),
        ("place", {"colour": "red"}, "store.unfit_value"),
        ("place", {"name": 7}, "store.unfit_value"),
    ],
)
def test_what_no_record_can_say_is_refused_each_time(noun, values, code) -> None:
    operation = _made(noun, values)
    for _ in range(2):
        with pytest.raises(Refusal) as refused:
            meaning_of(operation)
        assert refused.value.code == code


def test_it_is_worked_out_once_and_travels_nowhere() -> None:
    operation = _made("place", {"name": "Ramp"})
    before = operations.line(operation.header_bytes, operation.payload, operation.signature, operation.personal)
    assert meaning_of(operation) is meaning_of(operation)
    assert operations.line(operation.header_bytes, operation.payload, operation.signature, operation.personal) == before


def test_words_that_are_erased_are_not_in_what_is_left() -> None:
    operation = _made("person", {"name": "Somebody", "role": "auditor"})
    assert meaning_of(operation).alone is not None
    left = blanked(operation)
    assert left.meaning is None
    assert "name" not in left.values
    assert meaning_of(left).alone is None


def test_another_process_may_say_what_it_has_not_worked_out() -> None:
    operation = _made("place", {"name": "Ramp"})
    read = msgspec.msgpack.Decoder(operations.Operation).decode(msgspec.msgpack.encode(operation))
    assert read == operation
    assert meaning_of(read) == meaning_of(operation)
