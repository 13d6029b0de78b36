"""How a person likes the window: kept in a small file beside the program's settings, never in the store."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple


class Wishes(NamedTuple):
    """What the file holds."""

    language: str = ""
    """BCP 47; empty follows the system."""
    mode: str = "system"
    accent: str = "petrol"
    narrow_navigation: bool = False
    size: tuple[int, int] = (1280, 820)
    columns: Mapping[str, list[str]] = {}
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
        self.wishes = self.wishes._replace(**wishes)
        if self._file is None:
            return
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            part = self._file.with_suffix(".part")
            part.write_text(json.dumps(self.wishes._asdict(), indent=1), "utf-8")
            part.replace(self._file)


def _read(file: Path | None) -> Wishes:
    """The wishes of a file; what is missing, unknown or of another kind counts as not wished."""
    if file is None:
        return Wishes()
    try:
        kept = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return Wishes()
    fresh = Wishes()
    if not isinstance(kept, dict):
        return fresh
    if isinstance(kept.get("size"), list):
        kept["size"] = tuple(kept["size"])
    known = {name: kept[name] for name, value in fresh._asdict().items() if isinstance(kept.get(name), type(value))}
    return fresh._replace(**known) if len(known.get("size", (1, 1))) == len(fresh.size) else fresh
