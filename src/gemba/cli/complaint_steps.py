"""`gemba complaint move|close|reopen|pause|resume`: how a complaint goes on."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from gemba.cli import complaint_options as options
from gemba.cli.naming import named
from gemba.cli.saying import JsonOption, StoreOption, say
from gemba.cli.world import desk_at
from gemba.domain.complaints import Complaint, ComplaintDecision, ComplaintState, SimilarElsewhere, ToldBack
from gemba.domain.places import Place
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work import complaint_clock, complaint_moves
from gemba.work.complaint_moves import Moved
from gemba.work.complaint_words import clock_was_back_words, moment_words, state_words

_Note = Annotated[str | None, typer.Option("--note", help="Where else it exists or could occur.")]


def register(commands: typer.Typer) -> None:
    """Add the commands to `gemba complaint`."""
    for name, command in (("move", move), ("close", close), ("reopen", reopen), ("pause", pause), ("resume", resume)):
        commands.command(name)(command)


def move(
    context: typer.Context,
    uid: options.Uid,
    to: Annotated[ComplaintState, typer.Argument(help="The step.", show_default=False)],
    severity: options.SeverityOption = None,
    owner: options.Owner = None,
    decision: Annotated[ComplaintDecision | None, typer.Option("--decision", help="What was decided.")] = None,
    answer: Annotated[str | None, typer.Option("--answer", help="What the customer is told, or why not.")] = None,
    told_back: Annotated[ToldBack | None, typer.Option("--told-back", help="Was the customer told back?")] = None,
    similar: Annotated[SimilarElsewhere | None, typer.Option("--similar", help="Does it exist elsewhere?")] = None,
    note: _Note = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Move a complaint to a step that lies ahead, with what that step asks for."""
    asked = {"severity": severity, "owner": owner, "decision": decision, "answer": answer, "told_back": told_back}
    asked |= {"similar": similar, "similar_note": note}
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            about = named(reader, Complaint, uid)
        given = {name: value for name, value in asked.items() if value is not None}
        moved = complaint_moves.move(desk, about.uid, to, **given)
    _say_moved(moved, as_json=as_json)


def close(
    context: typer.Context,
    uid: options.Uid,
    told_back: Annotated[
        ToldBack, typer.Option("--told-back", help="Was the customer told back? yes, not_wanted, not_reached.")
    ] = ToldBack.UNANSWERED,
    similar: Annotated[
        SimilarElsewhere, typer.Option("--similar", help="Does it exist elsewhere? no, yes, could_occur.")
    ] = SimilarElsewhere.UNANSWERED,
    note: _Note = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Close a complaint with the two answers without which none is closed."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            about = named(reader, Complaint, uid)
        moved = complaint_moves.close(
            desk,
            about.uid,
            told_back=told_back or about.told_back,
            similar=similar or about.similar,
            note=about.similar_note if note is None else note,
        )
    _say_moved(moved, as_json=as_json)


def reopen(context: typer.Context, uid: options.Uid, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Open a told or closed complaint again; its clock begins anew."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            about = named(reader, Complaint, uid)
        moved = complaint_moves.reopen(desk, about.uid)
    _say_moved(moved, as_json=as_json)


def pause(
    context: typer.Context,
    uid: options.Uid,
    reason: Annotated[str, typer.Option("--reason", help="What we wait for.", show_default=False)],
    since: Annotated[str | None, typer.Option("--since", help="From when, if earlier than now.")] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Stop the clock of a complaint while we wait for the customer."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            about = named(reader, Complaint, uid)
        complaint_clock.pause(desk, about.uid, reason, since=options.moment(desk, since))
        with desk.reader() as reader:
            now = named(reader, Complaint, about.uid)
    say(now, text("The clock of {number} stands.", number=now.number), as_json=as_json)


def resume(context: typer.Context, uid: options.Uid, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Let the clock of a complaint go on."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            about = named(reader, Complaint, uid)
        complaint_clock.resume(desk, about.uid)
        with desk.reader() as reader:
            now = named(reader, Complaint, about.uid)
            due = _due_words(reader, now)
    say(now, text("The clock of {number} goes on. {due}", number=now.number, due=due).strip(), as_json=as_json)


def _say_moved(moved: Moved, *, as_json: bool) -> None:
    if moved.clock_was_back:
        print(clock_was_back_words(moved.after.number), file=sys.stderr)
    state = state_words(moved.after.state)
    say(moved.after, text("{number} is {state}.", number=moved.after.number, state=state), as_json=as_json)


def _due_words(reader: Reader, complaint: Complaint) -> str:
    if complaint.due_at is None:
        return ""
    place = reader.get(Place, complaint.place) if complaint.place is not None else None
    due = moment_words(complaint.due_at, place.zone if place is not None else "UTC")
    return text("It runs out at {due}.", due=due)
