"""The way to what is shipped beside the code: `resources/` and `migrations/` (a leaf)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def _home(name: str) -> Path:
    """The folder `name`: inside an installed wheel, or at the top of a checkout."""
    installed = _PACKAGE / "_shipped" / name
    return installed if installed.is_dir() else _PACKAGE.parent.parent / name


def resource(*parts: str) -> Path:
    """Path of a file or folder below `resources/`."""
    return _home("resources").joinpath(*parts)


def migrations() -> Path:
    """Path of the Alembic folder."""
    return _home("migrations")
