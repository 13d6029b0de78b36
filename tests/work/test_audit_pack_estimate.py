"""What an audit pack is thought to weigh is what it weighs, within a tenth, however few reports it is about."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from tests.hq.conftest import walk as walk_of_the_library
from tests.work.audit_packing import QUARTER, a_photo, packed, walk

from gemba.work import audit_pack, conduct
from gemba.work.audit_pack_choice import Choice, Resolution
from gemba.work.conclude import conclude
from gemba.work.demonstrate_filling import fill_in
from gemba.work.desk import Desk
from gemba.work.places import add_place


@pytest.mark.parametrize("resolution", [Resolution.SCREEN, Resolution.SMALL])
@pytest.mark.parametrize("reports", [1, 2, 5])
def test_a_few_reports_are_not_thought_to_be_more_than_they_are(
    desk: Desk, tmp_path: Path, reports: int, resolution: Resolution
) -> None:
    place = add_place(desk, "Harbour").uid
    for _ in range(reports):
        walk(desk, place)
    made, _ = packed(desk, tmp_path, evidence=resolution)
    assert made.estimated == audit_pack.estimate(desk, Choice(**QUARTER, evidence=resolution))[0].total
    assert 0.9 < made.estimated / made.size < 1.1


def test_one_report_of_the_library_with_a_photo(desk: Desk, tmp_path: Path) -> None:
    uid = walk_of_the_library(desk, a_photo(1, (2000, 1500)))
    fill = conduct.open_sheet(desk, uid).fill
    conduct.answer_all(desk, uid, fill_in(fill, random.Random(5), 1.0, 0.7, desk.clock()))
    conclude(desk, uid)
    for resolution in Resolution:
        made, _ = packed(desk, tmp_path / f"{resolution}.zip", evidence=resolution)
        assert 0.9 < made.estimated / made.size < 1.1, resolution
