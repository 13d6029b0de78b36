from __future__ import annotations

import pytest

from gemba.domain.places import Place
from gemba.store.rows import Rows

pytestmark = pytest.mark.on_both

PERSON = "00000000-0000-7000-8000-000000000000"


def test_what_is_changed_and_changed_back_in_one_go_is_as_it_was(store) -> None:
    place = Place(uid="01a1fbf1-79f6-759a-b9d5-f2129aa76d85", name="Dock", level="area", parent=None, zone="UTC")
    with store.unit(PERSON) as unit:
        unit.put(place)
    with store.unit(PERSON) as unit:
        rows, subject = Rows(unit.connection), ("place", place.uid)
        assert not rows.put(subject, {"name": "Ramp"})
        assert not rows.put(subject, {"name": "Dock"})
        rows.flush()
    with store.reader() as reader:
        assert reader.find(Place) == [place]
