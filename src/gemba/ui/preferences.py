"""How a person likes the window: kept in a small file beside the program's settings, never in the store."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import msgspec


class Wishes(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What the file holds. An unknown or broken file counts as empty."""

    language: str = ""
    """BCP 47; empty follows the system."""
    mode: str = "system"
    accent: str = "petrol"
    narrow_navigation: bool = False
    size: tuple[int, int] = (1280, 820)
    columns: dict[str, list[str]] = {}
    """Hidden columns by list."""
    send_to: str = ""
    """Folder that packs were last sent to."""


class Preferences:
    """Reads once, writes on every change; a folder that cannot be written to is no trouble.

    Args:
        file: where to keep them; `None` forgets (tests, tours).
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self.wishes = _read(file)

    def keep(self, **wishes: Any) -> None:
        """Change some wishes and write the file."""
        for name, value in wishes.items():
            setattr(self.wishes, name, value)
        if self._file is None:
            return
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            part = self._file.with_suffix(".part")
            part.write_bytes(msgspec.json.encode(self.wishes))
            part.replace(self._file)


def _read(file: Path | None) -> Wishes:
    if file is None:
        return Wishes()
    try:
        return msgspec.json.decode(file.read_bytes(), type=Wishes)
    except (OSError, msgspec.DecodeError):
        return Wishes()
