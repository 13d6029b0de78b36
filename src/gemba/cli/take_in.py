"""`gemba take-in`: whatever came, a file or a folder of them, at a laptop or at headquarters."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gemba.cli.progress import Progress
from gemba.cli.saying import JsonOption, StoreOption, say
from gemba.cli.world import desk_at
from gemba.domain.devices import DeviceRole
from gemba.errors import Refusal
from gemba.hq.taking import take_in_all, take_in_one
from gemba.packs.publication_reading import looks_like_one
from gemba.work import take_in as laptop
from gemba.work.desk import Desk
from gemba.work.hand_over import is_hand_over
from gemba.work.take_in_folder import take_in_files

_KNOWN = (".card", ".publication", ".receipt", ".gemba")
"""How the names of files end that travel, in the order in which they are taken in: keys before what they vouch for."""


def take_in(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="What came: a file, or a folder with such files.", show_default=False)],
    out: Annotated[
        Path | None,
        typer.Option("--out", help="At headquarters: folder for receipts; beside each pack without it."),
    ] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Take in what came: a card, receipt, publication or shared pack; at headquarters the packs of laptops."""
    with desk_at(context, store) as desk:
        if desk.store.device.role == DeviceRole.HEADQUARTERS:
            at_headquarters(desk, file, out, as_json=as_json)
        elif not file.is_dir() or is_hand_over(file) or (looks_like_one(file) and not _travelling(file, _KNOWN)):
            with Progress(silent=as_json) as progress:
                taken = laptop.take_in(desk, file, lambda _done, _total, words: progress.stage(words))
            say(taken, taken.words, as_json=as_json)
        else:
            laid_open = [file] if looks_like_one(file) else []
            _on_laptop(desk, [*laid_open, *_inside(file, _KNOWN)], as_json=as_json)


def at_headquarters(desk: Desk, file: Path, out: Path | None, *, as_json: bool) -> None:
    """Take in a pack, or all packs of a folder, and say what came of it."""
    if not file.is_dir():
        signed = take_in_one(desk, file, out or file.parent)
        say(signed, signed.words, as_json=as_json)
        return
    taking = take_in_all(desk, _inside(file, (".gemba",)), out)
    say(taking, taking.words, as_json=as_json)
    _tell_refused(len(taking.refused), len(taking.taken), file)


def _on_laptop(desk: Desk, files: list[Path], *, as_json: bool) -> None:
    """All of them, one after the other; what is of no use to this laptop is told and is no failure."""
    found = take_in_files(desk, files)
    say(found, found.words, as_json=as_json)
    _tell_refused(len(found.refused), len(found.taken), files[0].parent)


def _tell_refused(refused: int, taken: int, folder: Path) -> None:
    """Let whoever looks at the exit code alone know that not all was taken in."""
    if refused and not taken:
        raise Refusal("cli.nothing_taken_in", folder=str(folder))
    if refused:
        raise Refusal("cli.some_not_taken_in", refused=refused, taken=taken, folder=str(folder))


def _inside(folder: Path, endings: tuple[str, ...]) -> list[Path]:
    """The files of a folder with these endings, in the order of the endings, then by name.

    Raises:
        Refusal: `cli.nothing_to_take_in`.
    """
    found = _travelling(folder, endings)
    if not found:
        raise Refusal("cli.nothing_to_take_in", folder=str(folder))
    return sorted(found, key=lambda file: (endings.index(file.suffix), file.name))


def _travelling(folder: Path, endings: tuple[str, ...]) -> list[Path]:
    return [file for file in folder.iterdir() if file.suffix in endings and not file.name.startswith(".")]
