"""Composes the program: the only file that knows every room.

The window must be painted before anything heavy is imported, so each face is imported only once it is asked for.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import uuid_utils

from gemba import wording
from gemba.errors import Trouble
from gemba.folders import own_store

if TYPE_CHECKING:
    from gemba.work.desk import Desk

STORE = "GEMBA_STORE"
PASSPHRASE = "GEMBA_PASSPHRASE"  # noqa: S105 - the name of the variable, not what is in it
LANGUAGE = "GEMBA_LANGUAGE"
LOOK_THROUGH = "--look-through-workbook"
"""As `gemba.forms.apart.CALLED`; its module is not imported before it is asked for."""


def run(arguments: Sequence[str]) -> int:
    """Run the program: a command, or the window when none is named; gives the exit code."""
    if language := os.environ.get(LANGUAGE):
        wording.use(language)
    if len(arguments) == 2 and arguments[0] == LOOK_THROUGH:
        return _look_through(Path(arguments[1]))
    folder = window_wanted(arguments)
    if folder is not None:
        return _open_window(folder)
    from gemba.cli.program import run as run_command
    from gemba.cli.world import World

    world = World(clock=_now, ids=_new_uid, passphrase=_passphrase(), window=_window, tour=_tour)
    return run_command(arguments, world)


def window_wanted(arguments: Sequence[str]) -> Path | None:
    """The folder of the store when the arguments ask for the window and nothing else; otherwise `None`."""
    match list(arguments):
        case []:
            return Path(os.environ[STORE]) if os.environ.get(STORE) else own_store()
        case ["--store", folder] if not folder.startswith("-"):
            return Path(folder)
        case [one] if one.startswith("--store="):
            return Path(one.removeprefix("--store="))
        case _:
            return None


def _open_window(folder: Path) -> int:
    try:
        return _window(folder)
    except Trouble as trouble:
        sys.stderr.write(wording.sentence(trouble) + "\n")
        return 3


def _look_through(folder: Path) -> int:
    """Read a workbook for a window that waits: a program in one file calls itself for it."""
    from gemba.forms.apart import main

    return main(folder)


def _now() -> datetime:
    return datetime.now(UTC)


def _new_uid() -> str:
    return str(uuid_utils.uuid7())


def _window(folder: Path) -> int:
    """Open the window on the store in `folder`; what Qt needs is asked for first, in words."""
    from gemba.ui import needs

    needs.check_screen()
    needs.check_libraries()
    from gemba.ui.application import run as run_window

    return run_window(folder, clock=_now, ids=_new_uid, passphrase=_passphrase())


def _tour(desk: Desk, out: Path) -> list[Path]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from gemba.ui import needs

    needs.check_libraries()
    from gemba.ui.tour import tour

    return tour(desk, out)


def _passphrase() -> str | None:
    return os.environ.get(PASSPHRASE) or None
