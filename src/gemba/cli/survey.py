"""`gemba survey`: take in answers, and tell scores with their intervals."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from gemba.cli.follow_showing import NONE, interval, number
from gemba.cli.listing import PlaceFilter, query
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.template import read_file
from gemba.cli.world import desk_at
from gemba.domain.follow_through import Instrument
from gemba.domain.measures import Period
from gemba.errors import Refusal
from gemba.methods.proportions import Interval
from gemba.wording import text
from gemba.work import import_survey
from gemba.work.survey_rows import BadRow
from gemba.work.survey_scores import SurveyQuestion, SurveyScore, scores

commands = typer.Typer(no_args_is_help=True)
_SHOWN = 20
_DAY = ["%Y-%m-%d"]


@commands.command("import")
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="CSV file of answers, or of counts by score.", show_default=False)],
    instrument: Annotated[Instrument, typer.Option("--instrument", help="nps, ces or csat.", show_default=False)],
    source: Annotated[str, typer.Option("--source", help="Name of the survey or system.", show_default=False)],
    column: Annotated[
        list[str] | None, typer.Option("--column", help="field=title of a column: score, day, place, segment ...")
    ] = None,
    place: PlaceFilter = None,
    period: Annotated[Period, typer.Option("--period", help="week, month or quarter.")] = Period.MONTH,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Take in the answers of a survey; the same file again changes nothing. Who answered is never kept."""
    said = dict(pair(each) for each in column or [])
    content = read_file(file)
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            at = query(reader, "", place, None, "").where.get("place", (None,))[0]
        how = import_survey.SurveyImport(instrument, source, said, at, period)
        done = import_survey.take_survey(desk, content, how, dry_run=dry_run)
    words = [
        text(
            "{answers:answer|answers}: {added:group|groups} new, {changed} changed, {unchanged} "
            "unchanged; {refused:row|rows} refused.",
            answers=done.answers,
            added=done.added,
            changed=done.changed,
            unchanged=done.unchanged,
            refused=len(done.refused),
        )
    ]
    words += [
        text("Row {row}: {reason} “{given}”", row=bad.row, reason=_reason(bad), given=bad.given)
        for bad in done.refused[:_SHOWN]
    ]
    if done.asked_often:
        words.append(
            text(
                "{n:customer|customers} answered more than once within {days:day|days}: asked too often.",
                n=done.asked_often,
                days=done.guard_days,
            )
        )
    if done.asked_before:
        words.append(
            text(
                "{n:customer|customers} answered an earlier file less than {days:day|days} apart: asked too often.",
                n=done.asked_before,
                days=done.guard_days,
            )
        )
    say(done, "\n".join(words), as_json=as_json)


@commands.command("scores")
def scores_(
    context: typer.Context,
    instrument: Annotated[Instrument, typer.Argument(help="nps, ces or csat.", show_default=False)],
    by: Annotated[str, typer.Option("--by", help="period, place, segment or source.")] = "period",
    place: PlaceFilter = None,
    segment: Annotated[str | None, typer.Option("--segment", help="Only this segment.")] = None,
    begins: Annotated[datetime | None, typer.Option("--from", formats=_DAY, help="First day.")] = None,
    ends: Annotated[datetime | None, typer.Option("--to", formats=_DAY, help="Last day.")] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Scores with their intervals; none below ten answers, and ranks only as far as intervals allow."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            at = query(reader, "", place, None, "").where.get("place", (None,))[0]
        question = SurveyQuestion(instrument, by, at, segment, begins and begins.date(), ends and ends.date())
        found = scores(desk, question)
    rows = [_row(one) for one in (*found.groups, *((found.whole,) if found.whole else ()))]
    heads = [text("Group"), "n", text("Score"), text("Interval"), text("Rank"), text("Asked too often")]
    say(found, table(rows, heads), as_json=as_json)


@commands.command("guard")
def guard(
    context: typer.Context,
    days: Annotated[int | None, typer.Argument(help="Days within which no customer should be asked twice.")] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Show or set the guard against asking the same customer too often."""
    with desk_at(context, store) as desk:
        if days is not None:
            import_survey.set_guard_days(desk, days)
        with desk.reader() as reader:
            now = import_survey.guard_days(reader)
    say({"days": now}, text("No customer should be asked twice within {days:day|days}.", days=now), as_json=as_json)


def pair(said: str) -> tuple[str, str]:
    """Field and value of `field=value`.

    Raises:
        Refusal: there is no `=`.
    """
    field, equals, column = said.partition("=")
    if not equals:
        raise Refusal("cli.not_a_pair", given=said)
    return field.strip(), column


def _row(one: SurveyScore) -> tuple[object, ...]:
    bounds = None if one.low is None or one.high is None else Interval(one.low, one.high)
    rank = NONE if one.best_rank is None else str(one.best_rank)
    if one.worst_rank not in (None, one.best_rank):
        rank = f"{one.best_rank}–{one.worst_rank}"
    return one.title or text("All"), one.n, number(one.value), interval(bounds, 1), rank, one.asked_often or ""


def _reason(bad: BadRow) -> str:
    return {
        "score": text("is not on the scale:"),
        "day": text("is no day:"),
        "count": text("is no number of answers:"),
        "asked": text("is no number of customers asked:"),
        "place": text("is no place that is known here:"),
    }[bad.reason]
