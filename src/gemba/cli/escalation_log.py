"""`gemba escalation log`: what leaders have to decide, how long it waits, what they decided."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from gemba.cli.escalation_options import day_of, place_known
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.wording import plural, text
from gemba.work.escalation_log import LogFacts, age_days, hold_review, log_facts
from gemba.work.escalation_log_sheet import log_pdf
from gemba.work.escalation_words import severity_words

_Day = ["%Y-%m-%d"]


def log(
    context: typer.Context,
    begins: Annotated[
        datetime | None, typer.Option("--from", formats=_Day, help="First day; else that of the last review.")
    ] = None,
    ends: Annotated[datetime | None, typer.Option("--to", formats=_Day, help="Last day; else today.")] = None,
    place: Annotated[str | None, typer.Option("--place", help="Only this place and what is below it.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="PDF to write.")] = None,
    no_names: Annotated[
        bool, typer.Option("--no-names", help="You have looked: what may be names in the texts are none.")
    ] = False,
    held: Annotated[
        bool, typer.Option("--held", help="A review was held today: what is open was looked at and rolls over.")
    ] = False,
    note: Annotated[str, typer.Option("--note", help="What the review said, with --held.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Show the leaders' log, write it as a PDF, or mark that a review was held."""
    with desk_at(context, store, make=False) as desk:
        where = place_known(desk, place) if place else None
        facts = log_facts(desk, begins=day_of(begins), ends=day_of(ends), place=where)
        if out is not None:
            log_pdf(desk, facts, out, are_no_names=no_names)
        marked = len(hold_review(desk, where, note=note).uids) if held else None
    answer = {
        "begins": facts.begins,
        "ends": facts.ends,
        "open": facts.open,
        "closed": facts.closed,
        "overdue": len(facts.overdue),
        "carried_over": len(facts.carried_over),
        "last_review": facts.last_review,
        "file": out,
        "held": marked,
    }
    say(answer, _words(facts, out, marked), as_json=as_json)


def _words(facts: LogFacts, out: Path | None, marked: int | None) -> str:
    told = [text("{begins} to {ends}", begins=facts.begins, ends=facts.ends), ""]
    heads = [text(name) for name in ("Number", "Severity", "Days", "Carried over", "With", "Asked for", "Next by")]
    rows = [
        (
            line.number,
            severity_words(line.severity),
            age_days(line, facts.when),
            line.looked_at,
            line.owner,
            line.asked,
            line.next_by,
        )
        for line in facts.open
    ]
    told += [table(rows, heads) if rows else text("Nothing waits for a decision."), ""]
    if facts.closed:
        heads = [text(name) for name in ("Number", "Decided", "By", "On", "Until")]
        closed = [
            (one.number, one.outcome or one.state, one.decided_by, one.decided_at, one.expires) for one in facts.closed
        ]
        told += [table(closed, heads), ""]
    if out is not None:
        told.append(text("The log is in {file}.", file=out))
    if marked is not None:
        told.append(plural("{n} escalation rolls over.", "{n} escalations roll over.", marked))
    return "\n".join(told).rstrip()
