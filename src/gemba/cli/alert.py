"""`gemba alert`: what is to be gone to and seen on the next walk."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from gemba.cli.map_naming import PlaceOption, alert_named, place_uid
from gemba.cli.naming import named
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.assessments import Assessment
from gemba.domain.places import Place
from gemba.domain.process_maps import AlertState, GoAndSee
from gemba.store.list_filters import places_below
from gemba.wording import text
from gemba.work import go_and_see
from gemba.work.desk import Desk
from gemba.work.records import known

commands = typer.Typer(no_args_is_help=True)

_Uid = Annotated[str, typer.Argument(help="Uid of the alert, or its beginning.", show_default=False)]


class Origin(StrEnum):
    """What an alert comes from."""

    SIGNAL = "signal"
    CLUSTER_DECISION = "cluster_decision"
    COMPLAINT = "complaint"
    PROCESS_STEP = "process_step"
    COMMITMENT = "commitment"
    ACTION = "action"


@commands.command("list")
def list_(
    context: typer.Context,
    place: PlaceOption = None,
    state: Annotated[AlertState | None, typer.Option("--state", help="Only those in this state.")] = None,
    walk: Annotated[str, typer.Option("--walk", help="Number or uid of a walk: those that it carries.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List alerts, the newest first."""
    with desk_at(context, store) as desk, desk.reader() as reader:
        where = place_uid(reader, place)
        near = set(places_below(reader, (where,))) if where else None
        of = named(reader, Assessment, walk).uid if walk else None
        found = [
            each
            for each in reversed(reader.find(GoAndSee))
            if (state is None or each.state is state)
            and (near is None or each.place in near)
            and (of is None or each.assessment == of)
        ]
        names = {each.uid: each.name for each in reader.find(Place)}
    rows = [
        (each.uid[:13], each.state.value, each.question, names.get(each.place or "", ""), each.seen) for each in found
    ]
    say(found, table(rows, [text(head) for head in ("Alert", "State", "Question", "Place", "Seen")]), as_json=as_json)


@commands.command("add")
def add(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="What to look at, as a question; else what its origin asks.")] = "",
    place: PlaceOption = None,
    step: Annotated[str, typer.Option("--step", help="Code of the step of the work.")] = "",
    origin: Annotated[Origin | None, typer.Option("--from", help="What it comes from.")] = None,
    uid: Annotated[str, typer.Option("--uid", help="Uid of that record, or its number where it has one.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Raise an alert by hand, or from what shall be gone to and seen."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            where = place_uid(reader, place)
            if origin in {Origin.COMPLAINT, Origin.COMMITMENT, Origin.ACTION}:
                uid = named(reader, go_and_see.ORIGINS[origin.value], uid).uid
        made = go_and_see.raise_alert(
            desk, question, place=where, step=step, sort=origin.value if origin else "", origin=uid
        )
        alert = _read(desk, made.uid)
    say(alert, text("Raised: {question}", question=alert.question) + f"\n{alert.uid}", as_json=as_json)


@commands.command("carry")
def carry(
    context: typer.Context,
    walk: Annotated[str, typer.Argument(help="Number or uid of a walk that goes on.", show_default=False)],
    uids: Annotated[list[str], typer.Argument(help="Uids of the alerts, or their beginnings.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Give alerts to a walk."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            to = named(reader, Assessment, walk)
            alerts = [alert_named(reader, uid).uid for uid in uids]
        go_and_see.carry(desk, to.uid, alerts)
        with desk.reader() as reader:
            found = go_and_see.carried(reader, to.uid)
    say(found, text("{number} carries {n} to go and see.", number=to.number, n=len(found)), as_json=as_json)


@commands.command("seen")
def seen(
    context: typer.Context,
    uid: _Uid,
    words: Annotated[str, typer.Option("--text", help="What was seen.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Say what was seen."""
    with desk_at(context, store, make=False) as desk:
        go_and_see.see(desk, _uid(desk, uid), words)
        alert = _read(desk, _uid(desk, uid))
    say(alert, text("Seen: {question}", question=alert.question), as_json=as_json)


@commands.command("drop")
def drop(
    context: typer.Context,
    uid: _Uid,
    reason: Annotated[str, typer.Option("--reason", help="Why nobody goes and sees it.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Take an alert off the list, with the reason."""
    with desk_at(context, store, make=False) as desk:
        go_and_see.drop(desk, _uid(desk, uid), reason)
        alert = _read(desk, _uid(desk, uid))
    say(alert, text("Dropped: {question}", question=alert.question), as_json=as_json)


def _uid(desk: Desk, name: str) -> str:
    with desk.reader() as reader:
        return alert_named(reader, name).uid


def _read(desk: Desk, uid: str) -> GoAndSee:
    with desk.reader() as reader:
        return known(reader, GoAndSee, uid)
