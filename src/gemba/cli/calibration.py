"""`gemba calibration`: several raters, the same cases, apart; then the anchors anew, and once more."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from gemba.cli import calibration_showing as showing
from gemba.cli.listing import SearchOption
from gemba.cli.naming import named
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.calibration import CalibrationSession
from gemba.domain.record import Uid
from gemba.store.calibration_lists import SESSIONS
from gemba.store.lists import Query
from gemba.wording import text
from gemba.work import calibration as sessions
from gemba.work.calibration_facts import facts_of
from gemba.work.calibration_sheet import calibration_pdf
from gemba.work.calibration_words import state_title
from gemba.work.desk import Desk
from gemba.work.goals_in_force import goal_named

commands = typer.Typer(no_args_is_help=True)

_Session = Annotated[str, typer.Argument(help="Number or uid of the session.", show_default=False)]
_Pairs = list[str] | None
_Day = ["%Y-%m-%d"]


@commands.command("make")
def make(
    context: typer.Context,
    title: Annotated[str, typer.Option("--title", help="What it is about.", show_default=False)],
    case: Annotated[
        list[str], typer.Option("--case", help="CODE=WORDS, or CODE=D-number of a decision.", show_default=False)
    ],
    level: Annotated[_Pairs, typer.Option("--level", help="Lowest first; contrary, part, aligned if none.")] = None,
    unordered: Annotated[bool, typer.Option("--unordered", help="The levels stand in no order.")] = False,
    goal: Annotated[str, typer.Option("--goal", help="Code of the goal that it is about.")] = "",
    standard: Annotated[_Pairs, typer.Option("--standard", help="CASE=LEVEL, where it is known.")] = None,
    anchor: Annotated[_Pairs, typer.Option("--anchor", help="LEVEL=WORDS; the goal's own if none.")] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Make a session; its first round is open at once."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            new = sessions.NewSession(
                title=title,
                cases=showing.cases(reader, case),
                levels=tuple(level or sessions.VERDICTS),
                is_ordered=not unordered,
                goal=goal_named(reader, goal).uid if goal else None,
                standards=showing.pairs(standard),
                anchors=showing.pairs(anchor),
            )
        _show(desk, sessions.make(desk, new).uid, as_json=as_json)


@commands.command("rate")
def rate(
    context: typer.Context,
    session: _Session,
    rating: Annotated[list[str], typer.Argument(help="CASE=LEVEL, several if you like.", show_default=False)],
    note: Annotated[str, typer.Option("--note", help="Why.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Rate cases in the round that is open; nobody else sees it until the round is closed."""
    with desk_at(context, store, make=False) as desk:
        uid = _named(desk, session)
        for case, level in showing.pairs(rating).items():
            sessions.rate(desk, uid, case, level, note)
        _show(desk, uid, as_json=as_json)


@commands.command("show")
def show(
    context: typer.Context,
    session: _Session,
    out: Annotated[Path | None, typer.Option("--out", help="Write a PDF, too.")] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Show a session: agreement before and after, each rater against the standard, the hardest cases."""
    with desk_at(context, store, make=False) as desk:
        uid = _named(desk, session)
        if out is not None:
            calibration_pdf(desk, uid, out)
        _show(desk, uid, as_json=as_json)


@commands.command("close-round")
def close_round(
    context: typer.Context, session: _Session, as_json: JsonOption = False, store: StoreOption = None
) -> None:
    """Close the first round: now everybody sees what each gave."""
    with desk_at(context, store, make=False) as desk:
        uid = _named(desk, session)
        sessions.close_round(desk, uid)
        _show(desk, uid, as_json=as_json)


@commands.command("anchors")
def anchors(
    context: typer.Context,
    session: _Session,
    anchor: Annotated[list[str], typer.Option("--anchor", help="LEVEL=WORDS; repeatable.", show_default=False)],
    to_goal: Annotated[bool, typer.Option("--to-goal", help="Also as a new version of the goal.")] = False,
    valid_from: Annotated[
        datetime | None, typer.Option("--from", formats=_Day, help="First day of that version; today if none.")
    ] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Write anew what levels mean, and open the second round."""
    with desk_at(context, store, make=False) as desk:
        uid = _named(desk, session)
        sessions.write_anchors(desk, uid, showing.pairs(anchor))
        if to_goal:
            sessions.to_goal(desk, uid, valid_from.date() if valid_from else None)
        _show(desk, uid, as_json=as_json)


@commands.command("close")
def close(
    context: typer.Context,
    session: _Session,
    learned: Annotated[str, typer.Option("--learned", help="What was learned.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Close a session with what was learned."""
    with desk_at(context, store, make=False) as desk:
        uid = _named(desk, session)
        sessions.close(desk, uid, learned)
        _show(desk, uid, as_json=as_json)


@commands.command("list")
def list_(
    context: typer.Context,
    search: SearchOption = "",
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most this many lines.")] = 100,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List sessions, the newest first."""
    with desk_at(context, store) as desk, desk.reader() as reader:
        lines = SESSIONS.first(reader, Query(search=search, sort="begun_at", descending=True), limit=limit)
    rows = [(one.number, one.title, state_title(one.state), f"{one.begun_at:%Y-%m-%d}", one.raters) for one in lines]
    heads = [text(name) for name in ("Number", "Session", "State", "Begun", "Raters")]
    say(lines, table(rows, heads), as_json=as_json)


def _named(desk: Desk, name: str) -> Uid:
    with desk.reader() as reader:
        return named(reader, CalibrationSession, name).uid


def _show(desk: Desk, session: Uid, *, as_json: bool) -> None:
    with desk.reader() as reader:
        facts = facts_of(reader, session, desk.person.uid)
    say(facts, showing.words(facts), as_json=as_json)
