"""`gemba programme risk|preview|plan`: the sites by risk, and audits of those that a person picks."""

from __future__ import annotations

from typing import Annotated

import msgspec
import typer

from gemba.cli import programme_showing as showing
from gemba.cli.listing import LimitOption
from gemba.cli.programme_options import (
    Because,
    First,
    Last,
    ProgrammeName,
    Second,
    Share,
    Weights,
    day_of,
    person_of,
    place_of,
    weights_of,
)
from gemba.cli.saying import JsonOption, StoreOption, say
from gemba.cli.world import desk_at
from gemba.errors import Refusal
from gemba.wording import plural
from gemba.work.audit_risk import set_weights
from gemba.work.plan_by_risk import Wanted, candidates, plan_sites, proposal
from gemba.work.programmes import programme_named

_Count = Annotated[int, typer.Option("--count", min=1, max=1000, help="How many of the riskiest.")]


def risk(
    context: typer.Context,
    programme: ProgrammeName,
    weight: Weights = None,
    keep: Annotated[bool, typer.Option("--keep", help="Keep these weights for the next time.")] = False,
    limit: LimitOption = 100,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Show all sites of a programme by risk, with the parts, their weights and what is planned there."""
    chosen = weights_of(weight)
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            found = candidates(reader, programme_named(reader, programme).uid, chosen)
            lines = showing.risk_lines(reader, found[:limit])
        if keep and chosen:
            set_weights(desk, chosen)
    say(lines, showing.risk_table(lines), as_json=as_json)


def preview(
    context: typer.Context,
    programme: ProgrammeName,
    count: _Count = 5,
    weight: Weights = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Show which sites would be planned next, and why; nothing is kept."""
    with desk_at(context, store, make=False) as desk, desk.reader() as reader:
        found = candidates(reader, programme_named(reader, programme).uid, weights_of(weight))
        picked = set(proposal(found, count))
        lines = showing.risk_lines(reader, [one for one in found if one.risk.site in picked])
    words = "\n".join([showing.risk_table(lines), *(f"{line.name}: {line.reason}" for line in lines)])
    say(lines, words, as_json=as_json)


def plan(
    context: typer.Context,
    programme: ProgrammeName,
    count: Annotated[int | None, typer.Option("--count", min=1, max=1000, help="Plan so many of the riskiest.")] = None,
    site: Annotated[list[str] | None, typer.Option("--site", help="Name of a site that is picked; repeatable.")] = None,
    auditor: Annotated[
        list[str] | None, typer.Option("--auditor", help="Lead; several take turns where independent; repeatable.")
    ] = None,
    second: Second = "",
    share: Share = None,
    because: Because = "",
    first: First = None,
    last: Last = None,
    weight: Weights = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Plan audits at the sites that are picked, or at the riskiest; the numbers stay with each audit."""
    if bool(site) == (count is not None):
        raise Refusal("cli.sites_or_count")
    chosen = weights_of(weight)
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about = programme_named(reader, programme)
            named = tuple(filter(None, (place_of(reader, name) for name in site or [])))
            wanted = Wanted(
                sites=named or proposal(candidates(reader, about.uid, chosen), count or 0),
                first=day_of(first),
                last=day_of(last),
                auditors=tuple(person_of(reader, name) for name in auditor or []),
                second=person_of(reader, second) if second else None,
                double_share=share or 0.0,
                independent_because=because,
            )
        change = plan_sites(desk, about.uid, wanted, chosen)
        with desk.reader() as reader:
            facts = showing.facts_of(reader, programme_named(reader, about.uid))
    new = [line for line in facts.audits if line.uid in change.uids]
    words = plural("Planned {n} audit.", "Planned {n} audits.", len(new)) + f"\n{showing.audit_table(new)}"
    say(msgspec.structs.replace(facts, audits=tuple(new)), words, as_json=as_json)
