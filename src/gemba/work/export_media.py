"""Copies of photos and files for an export, as they are given out one by one: marks burned in, remarks taken out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path, PurePath

import msgspec

from gemba.domain.evidence import Evidence
from gemba.errors import GembaError
from gemba.store.reading import Reader
from gemba.work.desk import Desk
from gemba.work.give_out_evidence import copy_of, file_name, keeps_position
from gemba.work.keep_file import write_file


def copy_name(item: Evidence) -> str:
    """A file name that every system takes and that no other content has."""
    plain = PurePath(re.sub(r"[^\w.-]+", "-", file_name(item)).strip("-.") or "file")
    # Marks make another picture of one content; so does the template, but that is the same for all of an export.
    marks = sha256(msgspec.json.encode(item.marks)).hexdigest()[:4] if item.marks else ""
    return f"{plain.stem[:60]}-{item.sha256[:8]}{marks}{plain.suffix}"


def names_by_path(evidence: Iterable[Evidence], *, copied: bool) -> dict[str, list[str]]:
    """The names of the files of each question, as the export calls them."""
    found: dict[str, list[str]] = {}
    for item in evidence:
        if item.path and item.finding is None and not item.removed:
            found.setdefault(item.path, []).append(copy_name(item) if copied else item.name)
    return found


def write_copies(
    desk: Desk, reader: Reader, evidence: Iterable[Evidence], folder: Path
) -> tuple[list[Path], list[str]]:
    """Write the copies; gives the files, and the names of what is not here or may not be given out."""
    written: list[Path] = []
    absent: list[str] = []
    for item in evidence:
        if item.removed:
            continue
        try:
            data = copy_of(desk, item, position=keeps_position(desk, reader, item.assessment))
        except GembaError:  # damaged, not here, or a picture whose remarks cannot be taken out
            absent.append(item.name)
            continue
        file = folder / copy_name(item)
        write_file(file, data)
        written.append(file)
    return written, absent
