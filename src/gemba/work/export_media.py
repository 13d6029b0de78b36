"""Copies of photos and files for an export: pictures without position and camera, with their marks burned in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path, PurePath

from gemba.domain.evidence import Evidence
from gemba.errors import Trouble
from gemba.store.shown import shown
from gemba.work.desk import Desk
from gemba.work.keep_file import write_file


def copy_name(item: Evidence) -> str:
    """A file name that every system takes and that no other content has."""
    plain = PurePath(re.sub(r"[^\w.-]+", "-", item.name)).name.strip("-.") or "file"
    stem = PurePath(plain).stem[:60] or "file"
    return f"{stem}-{item.sha256[:8]}{'.jpg' if item.width else PurePath(plain).suffix}"


def names_by_path(evidence: Iterable[Evidence], *, copied: bool) -> dict[str, list[str]]:
    """The names of the files of each question, as the export calls them."""
    found: dict[str, list[str]] = {}
    for item in evidence:
        if item.path and item.finding is None and not item.removed:
            found.setdefault(item.path, []).append(copy_name(item) if copied else item.name)
    return found


def write_copies(desk: Desk, evidence: Iterable[Evidence], folder: Path) -> tuple[list[Path], list[str]]:
    """Write the copies; gives the files, and the names of evidence whose bytes are not here."""
    written: list[Path] = []
    absent: list[str] = []
    for item in evidence:
        if item.removed:
            continue
        try:
            data = shown(desk.store.evidence, item) if item.width else desk.store.evidence.read(item.sha256)
        except Trouble:
            data = None
        if data is None:
            absent.append(item.name)
            continue
        file = folder / copy_name(item)
        write_file(file, data)
        written.append(file)
    return written, absent
