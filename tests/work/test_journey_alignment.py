"""The customer's journey against the work: mates by entry or code, what stands alone, and where value leaks."""

from __future__ import annotations

import pytest
from tests.work.registering import entry, way

from gemba.errors import Refusal
from gemba.work.desk import Desk
from gemba.work.journey_alignment import Alignment, journey_alignment
from gemba.work.process_maps import remove_step


def sides(desk: Desk) -> tuple[Alignment, list[str], list[str]]:
    found = journey_alignment(desk)
    assert found is not None
    return found, [step.code for step in found.alone()[0]], [step.code for step in found.alone()[1]]


def test_steps_of_one_code_are_mates(desk: Desk) -> None:
    way(desk, "A journey", "ask", "wait", "thank")
    way(desk, "B work", "ask", "sort", "wait")
    found, left, right = sides(desk)
    assert [(mate.journey, mate.process, mate.agreed) for mate in found.mates] == [(0, 0, False), (1, 2, False)]
    assert (left, right) == (["thank"], ["sort"])


def test_an_entry_says_it_better(desk: Desk) -> None:
    journey, work = way(desk, "A journey", "ask", "wait", "thank"), way(desk, "B work", "ask", "sort")
    said = {"quarter": "2026-Q1"}
    entry(desk, "journey_alignment", "Wait", journey_step=f"process_step:{journey[1]}",
          process_step=f"process_step:{work[1]}", mate="same", leak="much", leaks="Two days", **said)  # fmt: skip
    entry(desk, "journey_alignment", "Thank", journey_step=f"process_step:{journey[2]}", mate="none_needed", **said)
    found, left, right = sides(desk)
    assert [(mate.journey, mate.process, mate.agreed, mate.leak) for mate in found.mates] == [
        (0, 0, False, ""),
        (1, 1, True, "much"),
    ]
    assert (left, right) == ([], [])
    entry(desk, "journey_alignment", "Ask", journey_step=f"process_step:{journey[0]}", mate="missing", **said)
    _, left, right = sides(desk)
    assert (left, right) == (["ask"], ["ask"]), "said to have no mate, whatever its code"


def test_a_later_look_replaces_an_earlier_one(desk: Desk) -> None:
    journey, work = way(desk, "A journey", "ask"), way(desk, "B work", "sort")
    link = {"journey_step": f"process_step:{journey[0]}"}
    entry(desk, "journey_alignment", "Ask", **link, mate="missing", quarter="2026-Q1")
    entry(
        desk, "journey_alignment", "Ask", **link, process_step=f"process_step:{work[0]}", mate="same", quarter="2025-Q4"
    )
    assert sides(desk)[1] == ["ask"], "of two quarters the later"
    remove_step(desk, work[0])
    assert sides(desk)[0].process_steps == ()


def test_fewer_than_two_maps_and_the_same_map_twice(desk: Desk) -> None:
    assert journey_alignment(desk) is None
    way(desk, "A journey", "ask")
    assert journey_alignment(desk) is None
    way(desk, "B work", "ask")
    found = sides(desk)[0]
    with pytest.raises(Refusal, match="same_map"):
        journey_alignment(desk, found.journey.uid, found.journey.uid)
    turned = journey_alignment(desk, found.process.uid, None)
    assert turned is not None
    assert turned.process.uid == found.journey.uid
