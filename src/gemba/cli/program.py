"""The command line as a whole: its commands, and what becomes of a failure."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from gemba import __version__
from gemba.cli.saying import StoreOption, say_all_signs
from gemba.cli.tree import Tree
from gemba.cli.world import PERSON, STORE, World, store_folder, world_of
from gemba.errors import GembaError, Refusal
from gemba.folders import own_log
from gemba.wording import sentence, short, text

OK, REFUSED, TROUBLE, BUG = 0, 2, 3, 70

_UsageError: type[Exception] = typer.BadParameter.__bases__[0]
"""What Typer raises for words it does not understand; it keeps the class to itself and shows only this child of it."""

program = typer.Typer(
    cls=Tree,
    name="gemba",
    help="Offline site audits and Gemba walks. Without a command it opens the window.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _say_version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"gemba {__version__}\n")
        raise typer.Exit


@program.callback(invoke_without_command=True)
def window(
    context: typer.Context,
    store: StoreOption = None,
    person: Annotated[
        str | None, typer.Option("--person", help="Whose store it is, on a laptop that several share (gemba people).")
    ] = None,
    _version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """Open the window when no command is named."""
    context.meta[STORE] = _store_of(person) if person is not None else store
    context.meta[PERSON] = person or ""
    if context.invoked_subcommand is None:
        raise typer.Exit(world_of(context).window(store_folder(context, store)))


def _store_of(person: str) -> Path:
    from gemba.cli.shared_laptop import store_for

    return store_for(person)


def run(arguments: Sequence[str], world: World) -> int:
    """Run one command.

    Args:
        arguments: as the shell gives them, without the program's name.
        world: what the command may use.

    Returns:
        Exit code: 0 done, 2 refused, 3 trouble, 70 a bug in the program.
    """
    say_all_signs()
    command = typer.main.get_command(program)
    try:
        return int(command.main(list(arguments), prog_name="gemba", standalone_mode=False, obj=world) or OK)
    except typer.Abort:
        return _tell(text("Stopped."), REFUSED)
    except _UsageError as error:
        return _usage(error)
    except GembaError as error:
        return _tell(sentence(error), REFUSED if isinstance(error, Refusal) else TROUBLE)
    except BrokenPipeError:  # whoever read the answer has seen enough
        return OK
    except Exception as error:  # noqa: BLE001 - the last door: whatever comes here is a bug, and is told as one
        return _not_utf8(arguments) if _met_foreign_bytes(error) else _bug()


def _tell(words: str, code: int) -> int:
    print(words, file=sys.stderr)
    return code


def _usage(error: Any) -> int:
    """Words that were not understood; a group without a command gets its help."""
    words = error.format_message().replace("Value error, ", "")
    words = words.replace(
        "does not match the formats '%Y-%m-%d'", text("is no day of the calendar, written as 2026-12-31")
    )
    if words.startswith("Usage:"):
        return _tell(words, REFUSED)
    way_out = f"{error.ctx.command_path if error.ctx else 'gemba'} --help"
    told = " ".join(short(words).split()).rstrip(".")
    if told.endswith("?"):
        return _tell(text("{words} See: {way_out}", words=told, way_out=way_out), REFUSED)
    return _tell(text("{words}. See: {way_out}", words=told, way_out=way_out), REFUSED)


def _met_foreign_bytes(error: Exception) -> bool:
    """True when something that is no text was to be kept: names of files may be so, but nothing else."""
    return isinstance(error, UnicodeEncodeError) and _has_foreign_bytes(error.object[error.start : error.end])


def _not_utf8(arguments: Sequence[str]) -> int:
    typed = next((one for one in arguments if _has_foreign_bytes(one)), "?")
    spelled = typed.encode("utf-8", "backslashreplace").decode("utf-8")
    return _tell(sentence(Refusal("cli.not_utf8", typed=spelled)), REFUSED)


def _has_foreign_bytes(words: str) -> bool:
    """True when bytes are in it that are not UTF-8; Python carries them as halves of signs."""
    return any("\ud800" <= letter <= "\udfff" for letter in words)


def _bug() -> int:
    report = own_log() / "bug-report.txt"
    story = f"gemba {__version__}, Python {sys.version.split()[0]}, {sys.platform}\n\n{traceback.format_exc()}"
    try:
        report.parent.mkdir(parents=True, exist_ok=True)
        report.write_text(story, "utf-8", "backslashreplace")
    except OSError:
        sys.stderr.write(story)
    words = text(
        "A mistake in Gemba itself stopped the command; nothing half-done was kept. The report is in {file}.",
        file=report,
    )
    return _tell(words, BUG)
