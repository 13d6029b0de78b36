"""`gemba action verify|live|reopen` and `gemba action check`: whether a change helped, and whether it still holds."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from gemba.cli.map_naming import place_uid
from gemba.cli.naming import named
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.actions import Action, Effect
from gemba.domain.effects import EffectCheck, EffectResult
from gemba.domain.places import Place
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work import effect_checks, follow_action
from gemba.work.effect_words import result_title
from gemba.work.verify_action import Verified
from gemba.work.verify_action import verify as verify_action

checks = typer.Typer(help="Changes that are looked at 30, 60 and 90 days after they went live.", no_args_is_help=True)

ActionArgument = Annotated[str, typer.Argument(help="Uid or number of the action.", show_default=False)]
_Days = Annotated[int, typer.Argument(help="30, 60 or 90.", show_default=False)]


def register(commands: typer.Typer) -> None:
    """Put the commands beside those that `gemba action` has."""
    commands.command("verify")(verify)
    commands.command("live")(live)
    commands.command("reopen")(reopen)
    commands.add_typer(checks, name="check")


def verify(
    context: typer.Context,
    action: ActionArgument,
    how: Annotated[str, typer.Option("--how", help="How the effect was seen.", show_default=False)],
    similar: Annotated[str, typer.Option("--similar", help="Similar elsewhere? yes or no.", show_default=False)],
    where: Annotated[str, typer.Option("--where", help="Where it was looked, and what follows.", show_default=False)],
    helped: Annotated[bool | None, typer.Option("--helped/--did-not-help", help="Whether it helped.")] = None,
    look: Annotated[
        list[str] | None, typer.Option("--look", help="Place at which the next walk is asked to look; repeat it.")
    ] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Say whether an action that is done was seen to help."""
    effects = {None: Effect.UNKNOWN, True: Effect.EFFECTIVE, False: Effect.NOT_EFFECTIVE}
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about = named(reader, Action, action)
            places = tuple(uid for name in look or [] if (uid := place_uid(reader, name)) is not None)
        said = Verified(effect=effects[helped], how=how, similar=similar, similar_note=where, places=places)
        verify_action(desk, about.uid, said)
        with desk.reader() as reader:
            now = named(reader, Action, about.uid)
    words = text("{number} helped.", number=now.number)
    again = text("{number} did not help and is open again.", number=now.number)
    say(now, words if helped else again, as_json=as_json)


def live(
    context: typer.Context,
    action: ActionArgument,
    on: Annotated[datetime, typer.Option("--on", formats=["%Y-%m-%d"], help="The day.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Say when the change went live; it is looked at 30, 60 and 90 days later."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about = named(reader, Action, action)
        effect_checks.go_live(desk, about.uid, on.date())
        with desk.reader() as reader:
            made = effect_checks.checks_of(reader, named(reader, Action, about.uid))
    days = ", ".join(f"{one.due}" for one in made if one.result is EffectResult.DUE)
    say(made, text("{number} is looked at on {days}.", number=about.number, days=days), as_json=as_json)


def reopen(
    context: typer.Context,
    action: ActionArgument,
    because: Annotated[str, typer.Option("--because", help="Why it is open again.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Open an action again, with the reason."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about = named(reader, Action, action)
        follow_action.reopen(desk, about.uid, because)
        with desk.reader() as reader:
            now = named(reader, Action, about.uid)
    say(now, text("{number} is open again.", number=now.number), as_json=as_json)


@checks.command("list")
def list_(
    context: typer.Context,
    action: Annotated[str, typer.Option("--action", help="Only those of this action, looked at or not.")] = "",
    within: Annotated[int, typer.Option("--within", help="Also those due within so many days.")] = 0,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List the checks that wait, the longest overdue first; or all of one action."""
    with desk_at(context, store, make=False) as desk, desk.reader() as reader:
        if action:
            about = named(reader, Action, action)
            found = [(one, about) for one in effect_checks.checks_of(reader, about)]
        else:
            found = [(one.check, one.action) for one in effect_checks.due_checks(desk, reader, within=within)]
        names = {place.uid: place.name for place in reader.find(Place)}
    rows = [
        (
            *(of.number, one.days, one.due, names.get(one.place, "")),
            *(result_title(one.result), one.note or of.text),
        )
        for one, of in found
    ]
    heads = [text(name) for name in ("Action", "Days", "Due", "Place", "Result", "Words")]
    say([one for one, _ in found], table(rows, heads), as_json=as_json)


@checks.command("look")
def look(
    context: typer.Context,
    action: ActionArgument,
    days: _Days,
    result: Annotated[EffectResult, typer.Option("--result", help="What was seen.", show_default=False)],
    note: Annotated[str, typer.Option("--note", help="How it was seen; needed unless it holds.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Keep what was seen; a change that does not hold opens its action again."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about = named(reader, Action, action)
            check = _check(reader, about, days)
        effect_checks.look(desk, check.uid, result, note)
        with desk.reader() as reader:
            now = named(reader, Action, about.uid)
    words = text("{number} after {days:day|days}: {result}.", number=now.number, days=days, result=result_title(result))
    if result is EffectResult.REGRESSED:
        words += " " + text("{number} is open again.", number=now.number)
    say(now, words, as_json=as_json)


@checks.command("begin")
def begin(
    context: typer.Context,
    action: ActionArgument,
    days: _Days,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Begin the sustainment checklist for a check; conduct it as any assessment."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            check = _check(reader, named(reader, Action, action), days)
        made = effect_checks.begin(desk, check.uid)
    say({"assessment": made.uid, "check": check.uid}, made.uid, as_json=as_json)


def _check(reader: Reader, action: Action, days: int) -> EffectCheck:
    found = [one for one in effect_checks.checks_of(reader, action) if one.days == days]
    waiting = [one for one in found if one.result is EffectResult.DUE]
    if not found:
        raise Refusal("cli.no_such_check", number=action.number, days=days)
    return (waiting or found)[-1]
