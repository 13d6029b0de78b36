"""Work during which nobody looks for circles of objects."""

from __future__ import annotations

import gc

import pytest

from gemba.forms import still
from gemba.store import uncollected

BOTH = pytest.mark.parametrize("apart", [uncollected.uncollected, still.uncollected], ids=["store", "forms"])


@BOTH
def test_nobody_looks_meanwhile_and_somebody_does_afterwards(apart):
    assert gc.isenabled()
    with apart():
        assert not gc.isenabled()
    assert gc.isenabled()


@BOTH
def test_where_nobody_looks_nobody_does_afterwards(apart):
    gc.disable()
    try:
        with apart():
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()


@BOTH
def test_what_was_set_aside_for_good_stays_there(apart):
    gc.freeze()
    before = gc.get_freeze_count()
    with apart():
        pass
    assert gc.get_freeze_count() >= before > 0


@BOTH
def test_what_was_made_counts_as_old_and_is_found_later(apart):
    gc.unfreeze()
    try:
        with apart():
            made = [[] for _ in range(1_000)]
        assert gc.get_freeze_count() == 0
        assert any(one is made for one in gc.get_objects(generation=2))
    finally:
        gc.freeze()
