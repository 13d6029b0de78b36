"""`gemba follow cohort`, `sites` and `correlate`: comparisons that say what they dropped."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from gemba.cli import complaint_which as options
from gemba.cli.follow_showing import interval, number, percent
from gemba.cli.listing import query
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.record import Uid
from gemba.methods.proportions import Interval
from gemba.store.follow_cohorts import Outcome
from gemba.wording import text
from gemba.work import cohorts, site_changes
from gemba.work.correlate import correlate as correlate_
from gemba.work.desk import Desk
from gemba.work.measures import measure_named

Changed = Annotated[
    list[str], typer.Option("--changed", help="Place where something was changed; may be repeated.", show_default=False)
]
Since = Annotated[
    datetime,
    typer.Option("--since", formats=["%Y-%m-%d"], help="First day with the change.", show_default=False),
]
OutcomeOption = Annotated[Outcome, typer.Option("--outcome", help="What is compared.")]


def register(commands: typer.Typer) -> None:
    """Put these commands among others."""
    commands.command("cohort")(cohort)
    commands.command("sites")(sites)
    commands.command("correlate")(correlate)


def cohort(
    context: typer.Context,
    changed: Changed,
    since: Since,
    outcome: OutcomeOption = Outcome.CLOSED_30D,
    against: Annotated[cohorts.Against, typer.Option("--against", help="Compare with.")] = cohorts.Against.ELSEWHERE,
    match_on: Annotated[str, typer.Option("--match", help="Traits, with commas.")] = "product,step,channel,month",
    matching: Annotated[cohorts.Matching, typer.Option("--matching", help="How alike.")] = cohorts.Matching.EXACT,
    where: options.Where = None,
    begins: options.From = None,
    ends: options.To = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Compare complaints of changed places with those most like them, and show how alike they were."""
    with desk_at(context, store) as desk:
        plan = cohorts.CohortPlan(
            _places(desk, changed),
            since.date(),
            outcome,
            options.which(desk, where, None, begins, ends),
            against,
            tuple(part.strip() for part in match_on.split(",") if part.strip()),
            matching,
        )
        found = cohorts.cohort(desk, plan)
    say(found, _told(found), as_json=as_json)


def sites(
    context: typer.Context,
    changed: Changed,
    since: Since,
    outcome: OutcomeOption = Outcome.CLOSED_30D,
    where: options.Where = None,
    begins: options.From = None,
    ends: options.To = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Compare changed places with the others, before and after, month by month."""
    with desk_at(context, store) as desk:
        which = options.which(desk, where, None, begins, ends)
        found = site_changes.site_change(desk, _places(desk, changed), since.date(), outcome, which)
    rows = [
        (one.period, text("after") if one.after else text("before"), percent(one.treated), percent(one.untreated))
        for one in found.trend
    ]
    words = [
        text(
            "Change beyond that of the others: {effect} points (95 %: {interval}), "
            "{places:place|places}, {rows:row|rows}",
            effect=number(100 * found.effect),
            interval=interval(Interval(100 * found.low, 100 * found.high), 1),
            places=found.places,
            rows=found.rows,
        )
    ]
    if found.few_places:
        words.append(text("Few places, or few changed ones: believe the permutation of places, not the interval."))
    if found.permutation is not None:
        words.append(
            text(
                "Permutation of {n} arrangements: p = {p}",
                n=found.permutation.arrangements,
                p=f"{found.permutation.p:.3f}",
            )
        )
    if found.pending:
        words.append(text("{n:complaint is|complaints are} left out because it is too early to tell.", n=found.pending))
    words += ["", table(rows, [text("Month"), "", text("Changed"), text("Others")])]
    say(found, "\n".join(words), as_json=as_json)


def correlate(
    context: typer.Context,
    first: Annotated[str, typer.Argument(help="Code of the measure that may lead.", show_default=False)],
    second: Annotated[str, typer.Argument(help="Code of the outcome.", show_default=False)],
    lags: Annotated[int, typer.Option("--lags", help="Also with the outcome up to so many periods later.")] = 3,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Does one measure still move with another? Spearman's correlation, with lags, intervals and n."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            one, other = measure_named(reader, first), measure_named(reader, second)
        found = correlate_(desk, one.uid, other.uid, lags)
    rows = [
        (
            at.lag,
            number(at.r, 2),
            interval(None if at.low is None or at.high is None else Interval(at.low, at.high)),
            number(at.p, 3),
            at.n,
        )
        for at in found.lags
    ]
    verdict = {
        "together": text("Both get better together."),
        "trade_off": text("Trade-off: one gets better as the other gets worse."),
        "unclear": text("The interval holds zero: nothing can be said."),
    }[found.verdict]
    heads = [text("Lag"), text("Spearman"), text("Interval"), "p", "n"]
    say(found, table(rows, heads) + f"\n\n{verdict}", as_json=as_json)


def _places(desk: Desk, names: list[str]) -> tuple[Uid, ...]:
    with desk.reader() as reader:
        return tuple(query(reader, "", name, None, "").where["place"][0] for name in names)


def _told(found: cohorts.Cohort) -> str:
    effect = None if found.effect is None else 100 * found.effect
    bounds = found.interval and Interval(100 * found.interval.low, 100 * found.interval.high)
    words = [
        text(
            "Effect: {effect} points (95 %: {interval}); changed {share}",
            effect=number(effect),
            interval=interval(bounds, 1),
            share=percent(found.share_treated),
        ),
        text(
            "Matched: {treated} changed, {untreated} compared; dropped: {a} changed, {b} compared; early: {pending}",
            treated=found.treated,
            untreated=found.untreated,
            a=found.dropped_treated,
            b=found.dropped_untreated,
            pending=found.pending,
        ),
        text("All traits are balanced (below 0.1).") if found.balanced else text("Not all traits are balanced."),
    ]
    if found.few_places:
        words.append(text("Fewer than ten places: compare places as well (gemba follow sites)."))
    rows = [(one.trait, number(one.before, 2), number(one.after, 2)) for one in found.balance]
    return "\n".join([*words, "", table(rows, [text("Trait"), text("Before matching"), text("After")])])
