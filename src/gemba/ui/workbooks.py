"""Reading workbooks beside the window: on a job's thread, the heavy part in a process of its own."""

from __future__ import annotations

from pathlib import Path

from gemba.domain.change import Change
from gemba.errors import Trouble
from gemba.folders import own_cache
from gemba.forms.apart import inspect_apart
from gemba.forms.looked_before import remembering
from gemba.ui.progress import Progress
from gemba.work.desk import Desk
from gemba.work.import_template import Looked, import_template, look

ENDINGS = (".xlsx", ".xlsm", ".xls", ".csv", ".md")
"""What a file of a form may end with."""
LISTS = (".csv", ".xml", ".geojson")


def through(file: Path, beside: dict[str, bytes], progress: Progress) -> Looked:
    """Look a workbook through; lists and pictures of its form are looked for in its folder.

    Args:
        file: the workbook.
        beside: lists that somebody chose, by file name.
        progress: told what is being done; ends the work when nobody waits any more.
    """

    def stage(words: str) -> None:
        progress.step(0, 1, words)

    source, inspecting = read_file(file), remembering(own_cache() / "forms", inspect_apart)
    found = look(source, file.name, beside, inspecting=inspecting, stage=stage)
    if found.facts is None:
        return found
    near = _near(file, (*found.facts.missing, *found.facts.shown))
    return look(source, file.name, {**beside, **near}, inspecting=inspecting, stage=stage) if near else found


def take_in(desk: Desk, looked: Looked) -> Change:
    """Keep a workbook that was looked through, with the repairs that were shown."""
    return import_template(desk, looked.source, looked.name, accept_repairs=True, files=looked.files)


def read_file(file: Path) -> bytes:
    """The bytes of a file that a person chose.

    Raises:
        Trouble: it is not there or cannot be read.
    """
    try:
        return file.read_bytes()
    except OSError as error:
        raise Trouble("ui.file_not_read", file=str(file), why=error.strerror or str(error)) from error


def _near(file: Path, names: tuple[str, ...]) -> dict[str, bytes]:
    """The files that lie beside the workbook, or in the folder that ODK calls media."""
    found = {}
    for name in names:
        for folder in (file.parent, file.parent / f"{file.stem}-media"):
            if name == Path(name).name and (folder / name).is_file():
                found[name] = read_file(folder / name)
    return found
