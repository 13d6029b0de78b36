"""`gemba complaint`: enter, show, list and change what customers complained of."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

import typer

from gemba.cli import complaint_options as options
from gemba.cli import complaint_steps, complaint_targets
from gemba.cli.complaint_showing import shown, words_of
from gemba.cli.listing import LimitOption, PlaceFilter, SearchOption, SortOption, StateFilter, query
from gemba.cli.naming import named
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.complaint_clock import ClockState
from gemba.domain.complaints import Complaint, ComplaintState, Severity
from gemba.errors import Refusal
from gemba.store.complaint_line import ComplaintLine
from gemba.store.complaint_lists import COMPLAINTS
from gemba.store.lists import Query
from gemba.wording import text
from gemba.work import complaints, duplicates
from gemba.work.complaint_words import clock_words

commands = typer.Typer(no_args_is_help=True)
complaint_steps.register(commands)
commands.add_typer(complaint_targets.commands, name="target")


@commands.command("add")
def add(
    context: typer.Context,
    words: options.Words = None,
    summary: options.Summary = None,
    place: options.PlaceName = None,
    severity: options.SeverityOption = None,
    received: Annotated[str | None, typer.Option("--received", help="When it was received; else now.")] = None,
    occurred: options.Occurred = None,
    customer: options.Customer = None,
    contact: options.Contact = None,
    remedy: options.Remedy = None,
    owner: options.Owner = None,
    product: options.Product = None,
    step: options.Step = None,
    channel: options.Channel = None,
    segment: options.Segment = None,
    cause: options.Cause = None,
    consent: options.ConsentOption = None,
    purpose: options.Purpose = None,
    language: options.Language = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Enter a complaint by hand."""
    with desk_at(context, store) as desk:
        fields = options.said(
            desk, words=words, summary=summary, place=place, severity=severity, occurred_on=occurred,
            customer=customer, contact=contact, remedy_sought=remedy, owner=owner, product=product, step=step,
            channel=channel, segment=segment, cause=cause, consent=consent, purpose=purpose, language=language,
        )  # fmt: skip
        change = complaints.add(desk, received_at=options.moment(desk, received), **fields)
        with desk.reader() as reader:
            entered = named(reader, Complaint, change.uid)
    say(entered, text("Entered {number}.", number=entered.number) + f"\n{entered.uid}", as_json=as_json)


@commands.command("change")
def change_(
    context: typer.Context,
    uid: options.Uid,
    words: options.Words = None,
    summary: options.Summary = None,
    place: options.PlaceName = None,
    severity: options.SeverityOption = None,
    occurred: options.Occurred = None,
    customer: options.Customer = None,
    contact: options.Contact = None,
    remedy: options.Remedy = None,
    owner: options.Owner = None,
    product: options.Product = None,
    step: options.Step = None,
    channel: options.Channel = None,
    segment: options.Segment = None,
    cause: options.Cause = None,
    consent: options.ConsentOption = None,
    redaction: options.RedactionOption = None,
    redacted_words: options.Redacted = None,
    delete_by: options.DeleteBy = None,
    purpose: options.Purpose = None,
    language: options.Language = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Change what is kept of a complaint; an empty text takes a field away."""
    with desk_at(context, store) as desk:
        fields = options.said(
            desk, words=words, summary=summary, place=place, severity=severity, occurred_on=occurred,
            customer=customer, contact=contact, remedy_sought=remedy, owner=owner, product=product, step=step,
            channel=channel, segment=segment, cause=cause, consent=consent, redaction=redaction,
            redacted_words=redacted_words, delete_by=delete_by, purpose=purpose, language=language,
        )  # fmt: skip
        with desk.reader() as reader:
            about = named(reader, Complaint, uid)
        complaints.change(desk, about.uid, **fields)
        with desk.reader() as reader:
            now = named(reader, Complaint, about.uid)
    say(now, text("{number} is changed.", number=now.number), as_json=as_json)


@commands.command("show")
def show(context: typer.Context, uid: options.Uid, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Show a complaint with its clock, its pauses and those that say the same."""
    with desk_at(context, store) as desk, desk.reader() as reader:
        facts = shown(reader, named(reader, Complaint, uid))
    say(facts, words_of(facts), as_json=as_json)


_FIXED: dict[str, type[StrEnum]] = {"clock": ClockState, "state": ComplaintState, "severity": Severity}


def _check(where: Mapping[str, tuple[str, ...]]) -> None:
    """A word that no complaint can have is a slip of whoever asks: an empty list would hide it."""
    for name, known in _FIXED.items():
        for each in where.get(name, ()):
            if each not in set(known):
                raise Refusal("cli.unknown_state", state=each, known=", ".join(known))


@commands.command("list")
def list_(
    context: typer.Context,
    search: SearchOption = "",
    place: PlaceFilter = None,
    state: StateFilter = None,
    clock: Annotated[
        str | None, typer.Option("--clock", help="overdue, due_soon, running, paused, met, missed.")
    ] = None,
    filters: Annotated[
        list[str] | None, typer.Option("--where", help="filter=value, for example severity=high or cause=delay.")
    ] = None,
    sort: SortOption = "-received_at",
    limit: LimitOption = 100,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List complaints, the newest first."""
    with desk_at(context, store) as desk, desk.reader() as reader:
        asked = query(reader, search, place, state, sort, states=ComplaintState)
        where = dict(asked.where) | ({"clock": tuple(clock.split(","))} if clock else {})
        for one in filters or []:
            name, _, values = one.partition("=")
            where[name] = tuple(values.split(","))
        _check(where)
        meant = Query(search=asked.search, where=where, sort=asked.sort, descending=asked.descending)
        lines = COMPLAINTS.first(reader, meant, limit=limit)
    say(lines, _as_table(lines), as_json=as_json)


@commands.command("search")
def search(
    context: typer.Context,
    words: Annotated[str, typer.Argument(help="Words, or how they begin; all must occur.", show_default=False)],
    limit: LimitOption = 50,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Search the words, summaries and numbers of complaints; the newest first."""
    with desk_at(context, store) as desk, desk.reader() as reader:
        lines = COMPLAINTS.first(reader, Query(search=words, sort="received_at", descending=True), limit=limit)
    say(lines, _as_table(lines), as_json=as_json)


@commands.command("merge")
def merge(
    context: typer.Context,
    uid: options.Uid,
    into: Annotated[str | None, typer.Option("--into", help="The complaint that says the same.")] = None,
    apart: Annotated[bool, typer.Option("--apart", help="Take the link away again.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Link a complaint to the one that says the same; both are kept."""
    if (into is None) == (not apart):
        raise typer.BadParameter(text("name the other one with --into, or take the link away with --apart"))
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            one = named(reader, Complaint, uid)
            other = named(reader, Complaint, into) if into is not None else None
        if other is None:
            duplicates.unlink(desk, one.uid)
        else:
            duplicates.link(desk, one.uid, other.uid)
        with desk.reader() as reader:
            now = named(reader, Complaint, one.uid)
            first = duplicates.first_of(reader, now.uid)
    words = text("{number} is a complaint of its own again.", number=now.number)
    if now.duplicate_of is not None:
        words = text("{number} is linked to {other}.", number=now.number, other=first.number)
    say(now, words, as_json=as_json)


def _as_table(lines: list[ComplaintLine]) -> str:
    heads = [text(name) for name in ("Number", "Received", "Severity", "State", "Clock", "Place", "Complaint")]
    return table(
        [
            (
                *(one.number, f"{one.received_at:%Y-%m-%d}", one.severity, one.state),
                *(clock_words(one.clock), one.place, one.text),
            )
            for one in lines
        ],
        heads,
    )
