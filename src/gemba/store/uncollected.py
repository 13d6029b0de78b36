"""Long work that makes many objects and no circles: Python need not look for circles meanwhile."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no circles of objects until the block ends; where nobody looks anyway (the window), nothing changes."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            # What was made counts as old: else all of it would be walked over at the very next allocation.
            if not gc.get_freeze_count():  # what somebody set aside for good stays there
                gc.freeze()
                gc.unfreeze()
            gc.enable()
