"""`gemba escalation tiers` and `gemba escalation tier`: who answers on which tier, and within how many hours."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from gemba.cli.escalation_options import day_of, place_known
from gemba.cli.escalation_showing import tier_row
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.escalation_tiers import SEVERITIES, Rung, shipped
from gemba.domain.escalations import EscalationSort, EscalationTier
from gemba.domain.places import Place
from gemba.wording import text
from gemba.work import escalation_tiers
from gemba.work.escalation_words import severity_words, sort_short

commands = typer.Typer(help="Set and retire tiers of escalations.", no_args_is_help=True)


def list_(
    context: typer.Context,
    place: Annotated[
        str | None, typer.Option("--place", help="The tiers that apply at a place, wherever they are set.")
    ] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List the tiers that are set; the shipped ones where nobody has set any."""
    with desk_at(context, store) as desk:
        where = place_known(desk, place) if place else None
        with desk.reader() as reader:
            found = escalation_tiers.tiers(reader)
            names = {each.uid: each.name for each in reader.find(Place)}
            ladders = escalation_tiers.Ladders(reader)
            applying = {
                f"{sort.value}/{severity}": ladders.of(sort, severity, where, desk.clock())
                for sort in EscalationSort
                for severity in SEVERITIES
            }
    if where is not None:
        say(applying, _applying(applying), as_json=as_json)
        return
    say({"set": found, "applies": applying}, _set(found, names), as_json=as_json)


@commands.command("set")
def set_(
    context: typer.Context,
    sort: Annotated[EscalationSort, typer.Argument(help="Sort of escalation.", show_default=False)],
    tier: Annotated[int, typer.Argument(help="Number of the tier, from 1.", show_default=False)],
    owner: Annotated[str, typer.Option("--owner", help="Role that answers.", show_default=False)],
    hours: Annotated[int, typer.Option("--hours", help="Calendar hours to answer in.", show_default=False)],
    severity: Annotated[str, typer.Option("--severity", help="low, medium or high; else all.")] = "",
    place: Annotated[str | None, typer.Option("--place", help="Region or any place; else everywhere.")] = None,
    forum: Annotated[str, typer.Option("--forum", help="Body that decides.")] = "",
    valid_from: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day; else today.")
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Set a tier from a day on; clocks that run keep theirs."""
    with desk_at(context, store) as desk:
        draft = escalation_tiers.TierDraft(
            sort=sort,
            tier=tier,
            owner=owner,
            hours=hours,
            severity=severity,
            place=place_known(desk, place) if place else None,
            forum=forum,
            valid_from=day_of(valid_from),
            reason=reason,
        )
        uid = escalation_tiers.set_tier(desk, draft).uid
        with desk.reader() as reader:
            made = reader.find(EscalationTier, uid=uid)[0]
    words = text("The tier is set; clocks that run keep theirs, and shipped tiers of this sort no longer apply there.")
    say(made, words + f"\n{uid}", as_json=as_json)


@commands.command("retire")
def retire(
    context: typer.Context,
    uid: Annotated[str, typer.Argument(help="Uid of the tier (gemba escalation tiers).", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Take a tier out of use."""
    with desk_at(context, store) as desk:
        escalation_tiers.retire_tier(desk, uid)
    say({"uid": uid}, text("The tier is out of use."), as_json=as_json)


def _set(found: list[EscalationTier], names: dict[str, str]) -> str:
    everywhere = text("everywhere")
    rows = [
        (
            sort_short(one.sort),
            severity_words(one.severity),
            names.get(one.place or "", everywhere),
            *tier_row(one.tier, one.owner, one.hours, one.forum),
            str(one.valid_from),
            one.uid,
        )
        for one in found
    ]
    unset = [sort for sort in EscalationSort if not any(one.sort is sort for one in found)]
    for sort in unset:
        for severity in SEVERITIES[::-1]:
            for rung in shipped(sort, severity):
                told = tier_row(rung.tier, rung.owner, rung.hours, rung.forum)
                rows.append((sort_short(sort), severity_words(severity), text("everywhere, as shipped"), *told, "", ""))
    return table(rows, [text(name) for name in ("Sort", "Severity", "Place", *_TIER, "From", "Uid")])


_TIER = ("Tier", "With", "Within", "Forum")


def _applying(applying: dict[str, tuple[Rung, ...]]) -> str:
    rows = [
        (
            *name.split("/"),
            *tier_row(rung.tier, rung.owner, rung.hours, rung.forum),
            text("shipped") if rung.source is None else text("set"),
        )
        for name, rungs in applying.items()
        for rung in rungs
    ]
    return table(rows, [text(name) for name in ("Sort", "Severity", *_TIER, "Whose")])
