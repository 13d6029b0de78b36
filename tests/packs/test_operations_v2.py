"""Operations with a part apart that tells of a person, and packs that hold a selection of operations."""

from __future__ import annotations

import pytest
from tests.packs.writing import lines, operation, part

from gemba.gemba_verify import NotRead, NotWhole, verify
from gemba.packs import identity
from gemba.packs.opening import open_pack


@pytest.fixture
def key_file(world, tmp_path):
    file = tmp_path / "key.txt"
    file.write_text(world.hq_identity)
    return file


@pytest.fixture
def verdict(world, tmp_path, key_file):
    """What gemba-verify says of a pack with these operations, after the strict reader has read it."""

    def said(*operations, **changes):
        file = world.seal(tmp_path, operations=lines(*operations), **changes).path
        with open_pack(file, [world.hq_identity], scratch=tmp_path) as pack:
            assert list(pack.operations()) == list(operations)
        return verify(file, key_file)

    return said


def test_operations_of_both_versions_stand_side_by_side(world, verdict):
    key = world.laptop
    found = verdict(operation(key, 1), operation(key, 2, personal=part(name="Ana 地")), operation(key, 3))
    assert (found["level"], found["operations"], found["without_personal"]) == ("whole", 3, 0)
    assert found["bag_info"]["Schema"] == "gemba-op v2"


def test_what_was_erased_is_counted_and_the_rest_still_holds(world, verdict):
    key = world.laptop
    blank = {**operation(key, 2, personal=part(name="Ana")), "personal": None}
    old = {**operation(key, 3), "payload": None}
    found = verdict(operation(key, 1), blank, old)
    assert found["without_personal"] == 2
    assert "erased or left out: 2" in " ".join(found["sentences"])


def forged(key, forgery: str):
    one = operation(key, 2, personal=part(name="Ana"))
    return {
        "personal changed": {**one, "personal": part(name="Bea")},
        "payload gone": {**one, "payload": None},
        "personal gone": {name: value for name, value in one.items() if name != "personal"},
        "personal no part": {**one, "personal": {}},
        "personal on v 1": {**operation(key, 2), "personal": None},
        "header of v 1": operation(key, 2, personal=part(name="Ana"), v=1),
        "v 2 without hash": {**operation(key, 2, v=2), "personal": None},
        "fields in both parts": operation(key, 2, payload=part(name="Bea"), personal=part(name="Ana")),
        "field hidden": operation(key, 2, personal=part(name="Ana"), fields=["share", "tags"]),
        "field made up": operation(key, 2, personal=part(name="Ana"), fields=["age", "name", "share", "tags"]),
        "v 3": operation(key, 2, personal=part(name="Ana"), v=3),
    }[forgery]


@pytest.mark.parametrize(
    "forgery",
    [
        "personal changed",
        "payload gone",
        "personal gone",
        "personal no part",
        "personal on v 1",
        "header of v 1",
        "v 2 without hash",
        "fields in both parts",
        "field hidden",
        "field made up",
        "v 3",
    ],
)
def test_a_forged_part_is_refused_by_its_line(world, verdict, forgery):
    with pytest.raises(NotWhole, match="Line 2 ") as caught:
        verdict(operation(world.laptop, 1), forged(world.laptop, forgery), operation(world.laptop, 3))
    assert caught.value.code == "bad_operation"


@pytest.mark.parametrize("blank", ["v 2", "payload null"])
def test_a_pack_of_the_first_schema_holds_only_whole_operations_of_v1(world, forger, tmp_path, key_file, blank):
    key = world.laptop
    odd = operation(key, 2, personal=part(name="Ana")) if blank == "v 2" else {**operation(key, 2), "payload": None}
    forger.operations(*lines(operation(key, 1), odd, operation(key, 3)))
    forger.info("Schema", "gemba-op v1")
    forger.sign()
    with pytest.raises(NotWhole, match="Line 2 "):
        verify(world.sealed(tmp_path, forger.zip()), key_file)
    forger.operations(*lines(operation(key, 1), operation(key, 2), operation(key, 3)))
    forger.sign()
    assert verify(world.sealed(tmp_path, forger.zip()), key_file)["level"] == "whole"


def test_operations_of_a_version_to_come_are_not_read(world, forger, tmp_path, key_file):
    forger.info("Schema", "gemba-op v3")
    forger.sign()
    with pytest.raises(NotRead, match="newer"):
        verify(world.sealed(tmp_path, forger.zip()), key_file)


# --- selections: an empty stretch, and operations all the same


def test_a_selection_may_hold_operations_of_any_devices_in_any_order(world, verdict):
    other = identity.make_device_key()
    found = verdict(
        operation(other, 9, personal=part(name="Ana")),
        operation(world.laptop, 5),
        operation(other, 2, epoch="0003-00000000"),
        first_seq=6,
        last_seq=5,
    )
    assert (found["operations"], found["unsigned_for"]) == (3, [other.id])
    assert "only who knows their keys can check" in " ".join(found["sentences"])


def test_a_selection_of_the_own_device_alone_is_checked_wholly(world, verdict):
    found = verdict(operation(world.laptop, 7), operation(world.laptop, 3), first_seq=1, last_seq=0)
    assert found["unsigned_for"] == []
    assert "they are a selection" in " ".join(found["sentences"])


def test_in_a_selection_own_signatures_parts_and_ids_are_checked_still(world, verdict):
    other = identity.make_device_key()
    good = operation(other, 9)
    for bad in (
        {**operation(world.laptop, 1), "signature": good["signature"]},
        {**operation(other, 1), "payload": part(share=9, tags=[])},
        {**operation(other, 1), "signature": "AA=="},
        good,
    ):
        with pytest.raises(NotWhole, match="Line 2 "):
            verdict(good, bad, first_seq=1, last_seq=0)


def test_a_number_that_was_given_twice_is_told_of_a_selection_too(world, verdict):
    other = identity.make_device_key()
    again = operation(other, 9, id="01890a5d-ac96-774b-bcc0-ffffffffffff")
    assert verdict(operation(other, 9), again, first_seq=1, last_seq=0)["forks"] == 1


def test_a_stretch_takes_no_operations_of_others(world, verdict):
    with pytest.raises(NotWhole, match="another device"):
        verdict(operation(identity.make_device_key(), 1), first_seq=1, last_seq=1)
