"""Whatever the chance, what the demonstration fills in can be concluded."""

from __future__ import annotations

import random

from tests.work.conftest import template_of

from gemba.work import conduct
from gemba.work.demonstrate_filling import fill_in
from gemba.work.desk import Desk
from gemba.work.rotations import RECORD


def test_no_more_customers_are_hindered_than_were_served(desk: Desk, place: str) -> None:
    record = conduct.start(desk, template_of(desk, RECORD).uid, place).uid
    for seed in range(40):
        fill = conduct.open_sheet(desk, record).fill
        given = fill_in(fill, random.Random(seed), 1.0, 0.85, desk.clock())
        hindered = next(path for path in given if path.rpartition("/")[2] == "hindered")
        assert int(given[hindered]) <= int(given[hindered.replace("hindered", "served")])
