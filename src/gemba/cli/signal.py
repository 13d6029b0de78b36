"""`gemba signal`: alerts of measures, from the scan until somebody has dealt with them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.complaint_reviews import ComplaintReview
from gemba.domain.measures import Signal, SignalState
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.wording import plural, text
from gemba.work import alerts, signals
from gemba.work.review_signal import review_signal

commands = typer.Typer(no_args_is_help=True)

_SHORTEST = 4
SignalArgument = Annotated[str, typer.Argument(help="Uid of the alert, or its beginning.", show_default=False)]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why.", show_default=False)]


@commands.command("scan")
def scan(context: typer.Context, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Look at all measures and raise an alert for each new signal."""
    with desk_at(context, store, make=False) as desk:
        found = signals.scan(desk)
    words = plural(
        "{n} new alert; {more} go on.", "{n} new alerts; {more} go on.", len(found.raised), more=found.went_on
    )
    words += " " + plural("{n} measure was looked at.", "{n} measures were looked at.", found.measures)
    if found.failed:
        words += "\n" + text("Not charted: {codes}.", codes=", ".join(found.failed))
    say(
        {
            "measures": found.measures,
            "raised": found.raised,
            "went_on": found.went_on,
            "failed": found.failed,
        },
        words,
        as_json=as_json,
    )


@commands.command("list")
def list_(
    context: typer.Context,
    every: Annotated[bool, typer.Option("--all", help="Also those that are snoozed or closed.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List open alerts, the newest first."""
    states = tuple(SignalState) if every else (SignalState.OPEN,)
    with desk_at(context, store, make=False) as desk:
        found = alerts.alerts(desk, states=states)
    rows = [(each.uid, each.seen, each.title, each.words, each.state, each.place) for each in found]
    heads = [text(name) for name in ("Uid", "Seen", "Measure", "Signal", "State", "Place")]
    notes = sorted({each.false_alarms for each in found if each.false_alarms})
    say(found, "\n".join([table(rows, heads), *notes]), as_json=as_json)


@commands.command("snooze")
def snooze(
    context: typer.Context,
    signal: SignalArgument,
    until: Annotated[
        datetime, typer.Option("--until", formats=["%Y-%m-%d"], help="The day it comes back.", show_default=False)
    ],
    reason: ReasonOption,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Let an alert rest; it comes back by itself."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            uid = _named(reader, signal)
        alerts.snooze(desk, uid, until.date(), reason)
        now = _one(alerts.alerts(desk, states=tuple(SignalState)), uid)
    say(now, text("Rests until {day}.", day=until.date()), as_json=as_json)


@commands.command("close")
def close(
    context: typer.Context,
    signal: SignalArgument,
    reason: ReasonOption,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Close an alert that is explained or dealt with."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            uid = _named(reader, signal)
        alerts.close(desk, uid, reason)
        now = _one(alerts.alerts(desk, states=tuple(SignalState)), uid)
    say(now, text("Closed."), as_json=as_json)


@commands.command("review")
def review(
    context: typer.Context, signal: SignalArgument, as_json: JsonOption = False, store: StoreOption = None
) -> None:
    """Draw the complaints that signal, and begin their review."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            uid = _named(reader, signal)
        change = review_signal(desk, uid)
        with desk.reader() as reader:
            made = reader.get(ComplaintReview, change.uid)
    say(
        made,
        text("Review {number}: {n:complaint|complaints}.", number=made.number, n=made.count) if made else "",
        as_json=as_json,
    )


def _one(found: list[alerts.Alert], uid: str) -> alerts.Alert:
    return next(each for each in found if each.uid == uid)


def _named(reader: Reader, name: str) -> str:
    found = [each.uid for each in reader.find(Signal) if len(name) >= _SHORTEST and each.uid.startswith(name.lower())]
    if len(found) != 1:
        raise Refusal("cli.several" if found else "cli.unknown", noun="signal", name=name)
    return found[0]
