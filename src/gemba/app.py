"""Composes the program: the only file that knows every room."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import uuid_utils

from gemba import wording
from gemba.cli.program import run as run_command
from gemba.cli.world import World
from gemba.work.desk import Desk


def run(arguments: Sequence[str]) -> int:
    """Run the program: a command, or the window when none is named."""
    if language := os.environ.get("GEMBA_LANGUAGE"):
        wording.use(language)
    world = World(clock=_now, ids=_new_uid, passphrase=_passphrase(), window=_window, tour=_tour)
    return run_command(arguments, world)


def _now() -> datetime:
    return datetime.now(UTC)


def _new_uid() -> str:
    return str(uuid_utils.uuid7())


def _window(folder: Path) -> int:
    """Open the window on the store in `folder`; what Qt needs is asked for first, in words."""
    from gemba.ui import needs

    needs.check_screen()
    needs.check_libraries()
    from gemba.ui.start import run as run_window

    return run_window(folder, clock=_now, ids=_new_uid, passphrase=_passphrase())


def _tour(desk: Desk, out: Path) -> list[Path]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from gemba.ui import needs

    needs.check_libraries()
    from gemba.ui.tour import tour

    return tour(desk, out)


def _passphrase() -> str | None:
    return os.environ.get("GEMBA_PASSPHRASE") or None
