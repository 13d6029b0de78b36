"""Every list can be searched, whether its noun has a full-text index or is looked through."""

from __future__ import annotations

import importlib
import pkgutil
from datetime import date

import pytest

import gemba.store
from gemba.domain.assessments import Custody
from gemba.domain.places import Level, Place
from gemba.domain.rotations import Rotation
from gemba.store import transit
from gemba.store.list_of import ListOf
from gemba.store.lists import PACKS, Query
from gemba.store.rotation_lists import ROTATIONS

pytestmark = pytest.mark.on_both


def every_list() -> dict[str, ListOf]:
    """All lists that the store declares, by name."""
    found: dict[str, ListOf] = {}
    for module in pkgutil.iter_modules(gemba.store.__path__):
        if module.name == "lists" or module.name.endswith("_lists"):
            declared = vars(importlib.import_module(f"gemba.store.{module.name}"))
            found |= {name: one for name, one in declared.items() if isinstance(one, ListOf)}
    return found


@pytest.mark.parametrize("words", ["noon", "%", "a_b 'c'", "\0", '"', "مرحبا 😀", "x" * 10_000])
def test_whatever_is_typed_is_looked_for(store, words) -> None:
    lists = every_list()
    assert {"ROTATIONS", "MEETINGS", "ROUTES", "TRANSFERS", "PACKS"} <= lists.keys()
    with store.reader() as reader:
        for one in lists.values():
            asked = Query(search=words)
            assert list(one.keys(reader, asked)) == [line.id for line in one.first(reader, asked)] == []
            assert one.count(reader, asked) == 0


def test_rows_without_an_index_are_found_by_all_the_words(store, records) -> None:
    records.begin(store)
    with store.unit(records.person.uid) as unit:
        hill = Place(uid=records.uid(), name="Hill", level=Level.SITE)
        unit.put(hill)
        for day, role in ((2, "Front counter"), (3, "Phone 50%"), (4, "Phone")):
            unit.put(
                Rotation(
                    uid=records.uid(),
                    number=unit.number(Rotation),
                    leader=records.person.uid,
                    place=hill.uid,
                    role=role,
                    quarter="2026-Q1",
                    planned_on=date(2026, 3, day),
                    until=date(2026, 3, day),
                    made_at=records.time(),
                    person=records.person.uid,
                )
            )

    def found(words: str) -> list[str]:
        with store.reader() as reader:
            asked = Query(search=words)
            lines = [line.role for line in ROTATIONS.first(reader, asked)]
            assert ROTATIONS.count(reader, asked) == len(lines) == len(ROTATIONS.keys(reader, asked))
            return lines

    assert found("phone") == ["Phone 50%", "Phone"]
    assert found("hill COUNTER") == ["Front counter"]
    assert found("50%") == ["Phone 50%"]
    assert found("phone counter") == []
    assert found("  ") == ["Front counter", "Phone 50%", "Phone"]


def test_a_pack_is_found_by_a_part_of_its_hash(store, records) -> None:
    records.begin(store)
    hashes = [f"{n:02x}" * 32 for n in range(0x40, 0x48)]
    for place, sha256 in enumerate(hashes):
        with store.unit(records.person.uid) as unit:
            transit.add_pack(
                unit,
                transit.Pack(
                    uid=records.uid(),
                    sha256=sha256,
                    state=Custody.SEALED,
                    epoch=store.device.epoch,
                    first_seq=place + 1,
                    last_seq=place + 1,
                    prev=None,
                    sealed_at=records.time(),
                    to="h" * 32,
                    file=f"{sha256}.gemba",
                    size=9,
                    operations=1,
                    blobs=0,
                ),
                [],
            )
    with store.reader() as reader:
        for words in ("434343", "43434343.GEMBA"):
            asked = Query(search=words)
            assert [line.sha256 for line in PACKS.first(reader, asked)] == ["43" * 32]
            assert len(PACKS.keys(reader, asked)) == PACKS.count(reader, asked) == 1
        assert PACKS.count(reader, Query(search="ffff")) == 0
