"""`gemba backup`: the whole store in one file; and backups by the clock."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from typer.core import TyperGroup

from gemba.cli.progress import Progress
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at, world_of
from gemba.store import backing_up
from gemba.wording import plural, sentence, text
from gemba.work import backups
from gemba.work.backup_plan import change_plan, places, plan_of
from gemba.work.backups import Lacking, Made

_TO_FILE = "to"


class FileOrCommand(TyperGroup):
    """Lets `gemba backup FILE` stand for `gemba backup to FILE`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put `to` before what is no command of its own."""
        if args and args[0] not in {*self.commands, *ctx.help_option_names}:
            args = [_TO_FILE, *args]
        return super().parse_args(ctx, args)


commands = typer.Typer(
    cls=FileOrCommand,
    no_args_is_help=True,
)


@commands.command(_TO_FILE, hidden=True)
def to_file(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The backup file to write.", show_default=False)],
    this_account_only: Annotated[
        bool, typer.Option("--this-account-only", help="No passphrase: only this account on this laptop can open it.")
    ] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Write the whole store, still encrypted, into one file; GEMBA_PASSPHRASE opens it wherever it is restored."""
    passphrase = None if this_account_only else world_of(context).passphrase
    with desk_at(context, store, make=False) as desk, Progress(silent=as_json) as progress:
        backing_up.back_up(
            desk.store,
            file,
            passphrase=passphrase,
            this_account_only=this_account_only,
            progress=lambda done, whole: progress.stage(_share(done, whole)),
        )
        lacking = backups.lacking(desk)
    words = "\n".join([text("Wrote {file}.", file=file), *lacking.words()])
    say({"file": file, "size": file.stat().st_size, **_facts_of(lacking)}, words, as_json=as_json)


@commands.command("now")
def now(context: typer.Context, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Make a backup in each folder of the schedule, prove it, and take old ones away."""
    with desk_at(context, store, make=False) as desk, Progress(silent=as_json) as progress:
        made = backups.make(desk, lambda done, whole: progress.stage(_share(done, whole)))
    tell_failed(made)
    facts = {"files": made.files, "absent": made.absent, "dropped": made.dropped, **_facts_of(made.lacking)}
    say(facts, "\n".join([*_told(made), *made.lacking.words()]), as_json=as_json)


@commands.command("list")
def list_(context: typer.Context, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """The backups that were made by the clock, the newest first."""
    with desk_at(context, store, make=False) as desk:
        shown = backups.shown(desk)
    rows = [(f"{one.made_at:%Y-%m-%d %H:%M}", one.size, _where(here=one.here), one.file) for one in shown]
    words = table(rows, [text("Made"), text("Bytes"), text("Where"), text("File")])
    say(shown, words if rows else text("No backup has been made by the clock yet."), as_json=as_json)


@commands.command("schedule")
def schedule(
    context: typer.Context,
    hours: Annotated[int | None, typer.Option("--hours", help="Between two backups; 0: none.")] = None,
    folder: Annotated[str | None, typer.Option("--folder", help="Where they go; empty: beside the store.")] = None,
    second: Annotated[
        str | None, typer.Option("--second", help="A folder on another disk or stick that gets them too.")
    ] = None,
    daily: Annotated[int | None, typer.Option("--daily", help="So many days keep their last backup.")] = None,
    weekly: Annotated[int | None, typer.Option("--weekly", help="So many weeks keep their last backup.")] = None,
    days: Annotated[int | None, typer.Option("--days", help="None is older than this; at most 35.")] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Show or change when backups are made by the clock, and where they go."""
    said = {"hours": hours, "folder": folder, "second": second, "daily": daily, "weekly": weekly, "days": days}
    wishes = {name: wish for name, wish in said.items() if wish is not None}
    with desk_at(context, store, make=False) as desk:
        plan = change_plan(desk, **wishes) if wishes else plan_of(desk)
        where = places(desk, plan)
    folders = ", ".join(map(str, where))
    words = text(
        "A backup is made every {hours:hour|hours} into {folders}; {daily:day|days} and "
        "{weekly:week|weeks} keep theirs, "
        "none longer than {days} days.",
        hours=plan.hours,
        folders=folders,
        daily=plan.daily,
        weekly=plan.weekly,
        days=plan.days,
    )
    never = text("No backup is made by the clock.")
    say({**msgspec.structs.asdict(plan), "folders": where}, words if plan.hours else never, as_json=as_json)


def tell_failed(made: Made) -> None:
    """Say on stderr which folders got no backup."""
    for folder, error in made.failed:
        words = text("No backup was made in {folder}: {why}", folder=folder, why=sentence(error))
        print(words, file=sys.stderr)
    for folder in made.absent:
        print(text("{folder} is not here now; it gets its backup when it is.", folder=folder), file=sys.stderr)


def _facts_of(lacking: Lacking) -> dict[str, Any]:
    return {"evidence_elsewhere": lacking.elsewhere, "evidence_lost": lacking.lost}


def _told(made: Made) -> list[str]:
    lines = [text("Wrote {file}.", file=file) for file in made.files]
    if made.dropped:
        lines.append(plural("Took {n} old copy away.", "Took {n} old copies away.", made.dropped))
    return lines


def _share(done: int, whole: int) -> str:
    return text("Writing the backup: {share} %", share=100 * done // max(1, whole) // 10 * 10)


def _where(*, here: bool) -> str:
    return text("here") if here else text("not here now")
