"""`gemba complaint target`: within how many hours customers are told, by severity and region."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from gemba.cli.naming import place_for
from gemba.cli.progress import Progress
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.complaint_clock import TELL_HOURS
from gemba.domain.complaints import ClockTarget, Severity
from gemba.domain.places import Place
from gemba.errors import Refusal
from gemba.wording import plural, text
from gemba.work import clock_targets
from gemba.work.desk import Desk

commands = typer.Typer(help="Targets of the clock, by severity and region.", no_args_is_help=True)

_Apply = Annotated[bool, typer.Option("--apply", help="Bring clocks that run up to date.")]


@commands.command("list")
def list_(context: typer.Context, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """List the targets in use; those that nobody has set are shown as the program has them."""
    with desk_at(context, store) as desk, desk.reader() as reader:
        found = clock_targets.targets(reader)
        names = {place.uid: place.name for place in reader.find(Place)}
    everywhere = text("everywhere")
    rows = [
        (
            one.severity,
            names.get(one.place or "", everywhere),
            one.tell_hours,
            one.acknowledge_hours,
            one.valid_from,
            one.uid,
        )
        for one in found
    ]
    preset = [
        (severity, text("everywhere, as preset"), hours, None, None, "")
        for severity, hours in TELL_HOURS.items()
        if not any(one.severity is severity and one.place is None for one in found)
    ]
    heads = [text(name) for name in ("Severity", "Place", "Hours to tell", "To acknowledge", "From", "Uid")]
    say(found, table([*rows, *preset], heads), as_json=as_json)


@commands.command("set")
def set_(
    context: typer.Context,
    severity: Annotated[Severity, typer.Argument(help="Severity.", show_default=False)],
    hours: Annotated[int | None, typer.Option("--hours", help="Hours until the customer is told.")] = None,
    none: Annotated[bool, typer.Option("--none", help="No target.")] = False,
    acknowledge: Annotated[int | None, typer.Option("--acknowledge", help="Hours until it is acknowledged.")] = None,
    place: Annotated[str | None, typer.Option("--place", help="Region or any place; else everywhere.")] = None,
    valid_from: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day of receipt; else today.")
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why.")] = "",
    apply: _Apply = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Set a target from a day on."""
    if (hours is None) != none:
        raise typer.BadParameter(text("give --hours, or --none for no target"))
    with desk_at(context, store) as desk:
        where = place_for(desk, place)[0].uid if place is not None else None
        change = clock_targets.set_target(
            desk,
            severity,
            tell_hours=hours,
            acknowledge_hours=acknowledge,
            place=where,
            valid_from=valid_from.date() if valid_from is not None else None,
            reason=reason,
        )
        changed = _apply(desk, severity, where, silent=as_json) if apply else 0
        with desk.reader() as reader:
            made = reader.find(ClockTarget, uid=change.uid)[0]
    say(made, text("The target is set.") + _changed_words(changed, applied=apply), as_json=as_json)


@commands.command("retire")
def retire(
    context: typer.Context,
    uid: Annotated[str, typer.Argument(help="Uid of the target.", show_default=False)],
    apply: _Apply = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Take a target out of use."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            old = reader.get(ClockTarget, uid)
        if old is None:
            raise Refusal("cli.unknown", noun="clock target", name=uid)
        clock_targets.retire_target(desk, uid)
        changed = _apply(desk, old.severity, old.place, silent=as_json) if apply else 0
    words = text("The target is out of use.") + _changed_words(changed, applied=apply)
    say({"uid": uid, "changed": changed}, words, as_json=as_json)


@commands.command("apply")
def apply_(context: typer.Context, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Bring all clocks that run up to date with the targets as they are."""
    with desk_at(context, store) as desk:
        changed = _apply(desk, None, None, silent=as_json)
    say({"changed": changed}, _changed_words(changed, applied=True).strip(), as_json=as_json)


def _apply(desk: Desk, severity: Severity | None, place: str | None, *, silent: bool) -> int:
    with Progress(silent=silent) as progress:
        return clock_targets.apply_to_running(
            desk,
            severity,
            place,
            lambda done, total: progress.stage(text("Clocks: {done} of {total} …", done=done, total=total)),
        )


def _changed_words(changed: int, *, applied: bool) -> str:
    if not applied:
        return " " + text("Clocks that run keep theirs; gemba complaint target apply brings them up to date.")
    return " " + plural("{n} clock now runs out at another time.", "{n} clocks now run out at another time.", changed)
