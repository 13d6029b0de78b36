"""The stores of `tests/store`, for the fault suites too."""

from __future__ import annotations

from tests.store.conftest import another, folder, key, prepared, real, records, store, time

__all__ = ["another", "folder", "key", "prepared", "real", "records", "store", "time"]
