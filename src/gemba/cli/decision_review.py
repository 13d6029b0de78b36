"""`gemba decision review`, `exceptions`, `calibrate`: how far roles go, month by month, and where nothing is agreed."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from gemba.cli.map_naming import place_uid
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.decisions import Standing
from gemba.domain.places import Place
from gemba.reports.chart_numbers import percent
from gemba.wording import plural, text
from gemba.work import discretion
from gemba.work.calibrate_leaders import LeadersNote, keep_note
from gemba.work.decision_words import limit_words, standing_words
from gemba.work.discretion import Discretion, Exceptions, RoleReview, Share, reading_words

PlaceName = Annotated[str | None, typer.Option("--place", help="That place and all below it.")]
Until = Annotated[str | None, typer.Option("--until", help="Last month, as 2026-11; else this one.")]
Months = Annotated[int, typer.Option("--months", min=1, max=60, help="How many months.")]
Role = Annotated[str, typer.Option("--role", help="Only this role.")]
_SHOWN = (Standing.WITHIN, Standing.AT_LIMIT, Standing.BEYOND, Standing.ESCALATED, Standing.NEEDLESS)
_GAPS = (Standing.UNBOUNDED, Standing.UNTOLD)


def review(
    context: typer.Context,
    until: Until = None,
    months: Months = 6,
    place: PlaceName = None,
    role: Role = "",
    by_place: Annotated[bool, typer.Option("--by-place", help="Each role at each place.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Shares within, at and beyond boundaries by role and month, and what they say of people's discretion."""
    with desk_at(context, store) as desk, desk.reader() as reader:
        begins, ends = discretion.span(until or f"{reader.clock():%Y-%m}", months)
        found = discretion.review(reader, begins, ends, place=place_uid(reader, place), role=role)
        names = {one.uid: one.name for one in reader.find(Place)}
    say(found, _review_words(found, names, by_place=by_place), as_json=as_json)


def exceptions(
    context: typer.Context,
    until: Until = None,
    months: Months = 12,
    place: PlaceName = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Which exception standards decisions follow how often, and which cases have neither boundary nor standard."""
    with desk_at(context, store) as desk, desk.reader() as reader:
        begins, ends = discretion.span(until or f"{reader.clock():%Y-%m}", months)
        found = discretion.exceptions(reader, begins, ends, place=place_uid(reader, place))
    say(found, _exceptions_words(found, begins, ends), as_json=as_json)


def calibrate(
    context: typer.Context,
    month: Annotated[str, typer.Argument(help="Month that was looked at, as 2026-11.", show_default=False)],
    role: Annotated[str, typer.Option("--role", help="Role whose decisions were looked at.", show_default=False)],
    present: Annotated[str, typer.Option("--present", help="Roles that were present.", show_default=False)],
    agreed: Annotated[str, typer.Option("--agreed", help="What leaders agreed on.")] = "",
    judgement: Annotated[str, typer.Option("--judgement", help="fits, under, over or uneven.")] = "",
    cases: Annotated[str, typer.Option("--cases", help="Cases that were talked through.")] = "",
    place: PlaceName = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Keep what leaders agreed on after they looked at a role's month; the shares of that month go with it."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            at = place_uid(reader, place)
        note = LeadersNote(
            month=month, role=role, present=present, agreed=agreed, judgement=judgement, cases=cases, place=at
        )
        change = keep_note(desk, note)
    say({"uid": change.uid}, text("Kept in the register of discretion reviews.") + f"\n{change.uid}", as_json=as_json)


def register(commands: typer.Typer) -> None:
    """Add the commands to those of decisions."""
    commands.command("review")(review)
    commands.command("exceptions")(exceptions)
    commands.command("calibrate")(calibrate)


def share_words(share: Share) -> str:
    """A share with its interval; counts where they are too few to say."""
    if share.share is None or share.low is None or share.high is None:
        return f"{share.count}/{share.of}"
    return f"{percent(share.share)} ({100 * share.low:.0f}–{100 * share.high:.0f})"


def _review_words(found: Discretion, names: dict[str, str], *, by_place: bool) -> str:
    span = text("{begins} to {ends}", begins=found.begins, ends=found.ends)
    lines = [plural("{n} decision, {span}", "{n} decisions, {span}", found.total, span=span)]
    heads = [text("Role"), *([text("Place")] if by_place else []), text("Decisions"), *map(standing_words, _SHOWN)]
    heads += [*map(standing_words, _GAPS), text("Reading")]
    rows = [_row(one, names, by_place=by_place) for one in (found.places if by_place else found.roles)]
    lines += [table(rows, heads), *(f"{one.words} {one.trend}".strip() for one in found.roles)]
    for role, months in found.months.items():
        lines += ["", role]
        rows_ = [
            (each.month, each.total, *(share_words(each.shares[standing]) for standing in (*_SHOWN, *_GAPS)))
            for each in months
        ]
        lines.append(table(rows_, [text("Month"), text("Decisions"), *map(standing_words, (*_SHOWN, *_GAPS))]))
    return "\n".join(lines)


def _row(one: RoleReview, names: dict[str, str], *, by_place: bool) -> tuple[object, ...]:
    shares = [share_words(one.shares[standing]) for standing in (*_SHOWN, *_GAPS)]
    where = [names.get(one.place or "", "")] if by_place else []
    return (one.role, *where, one.total, *shares, reading_words(one.reading))


def _exceptions_words(found: Exceptions, begins: date, ends: date) -> str:
    lines = [text("{begins} to {ends}", begins=begins, ends=ends)]
    used = [(one.code, one.title or text("not in the register"), one.count, one.last or "") for one in found.used]
    heads = [text("Standard"), text("Title"), text("Decisions"), text("Latest")]
    lines.append(table(used, heads) if used else text("No exception standard is known, and none was followed."))
    gaps = [(one.scenario or text("not said"), one.role, one.count, one.last) for one in found.gaps]
    if gaps:
        lines += ["", text("Decided without any boundary or standard:")]
        lines.append(table(gaps, [text("Scenario"), text("Role"), text("Decisions"), text("Latest")]))
    if found.unused:
        lines += ["", text("Boundaries by which nothing was decided:")]
        lines.append(
            table(
                [(one.title, one.role, limit_words(one)) for one in found.unused],
                [text("Scenario"), text("Role"), text("Limit")],
            )
        )
    return "\n".join(lines)
