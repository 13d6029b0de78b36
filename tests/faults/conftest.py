"""The stores of `tests/store`, for the fault suites too."""

from __future__ import annotations

import pytest
from tests.faults.scene import Scene, build
from tests.store.conftest import another, folder, key, prepared, real, records, store, time

__all__ = ["another", "folder", "key", "prepared", "real", "records", "store", "time"]


@pytest.fixture(scope="session")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """What the fault suites work on, made once."""
    return build(tmp_path_factory.mktemp("scene"))
