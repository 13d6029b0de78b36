"""`gemba timestudy`: elements of the work and their times, cycle by cycle; no names are kept with them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from gemba.cli.map_naming import map_named
from gemba.cli.naming import named, place_for
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.record import Uid
from gemba.domain.time_studies import TimeCategory, TimeElement, TimeReading, TimeStudy
from gemba.errors import Refusal
from gemba.wording import plural, text
from gemba.work import time_studies
from gemba.work.desk import Desk
from gemba.work.durations import seconds_of, shown
from gemba.work.table_files import write_csv
from gemba.work.time_facts import StudyFacts, category_title, facts_of, times_table
from gemba.work.time_feeding import StepChange, feed, feeding

commands = typer.Typer(no_args_is_help=True)

StudyArgument = Annotated[str, typer.Argument(help="Uid or number of the study.", show_default=False)]
_ElementOption = Annotated[
    list[str], typer.Option("--element", "-e", help="“Title=category”, in order; may be repeated.", show_default=False)
]
_MapOption = Annotated[str | None, typer.Option("--map", help="Title or uid of the process map.")]
_Duration = Annotated[str | None, typer.Option(help="For example 7.5 h.")]


@commands.command("start")
def start(
    context: typer.Context,
    title: Annotated[str, typer.Argument(help="The work that is watched.", show_default=False)],
    place: Annotated[str, typer.Option("--place", help="Name of the place.", show_default=False)],
    element: _ElementOption,
    role: Annotated[str, typer.Option("--role", help="The role that is watched; no name.")] = "",
    process_map: _MapOption = None,
    demand: Annotated[float | None, typer.Option("--demand", help="Pieces asked for in the available time.")] = None,
    available: _Duration = None,
    lead_time: _Duration = None,
    precision: Annotated[float, typer.Option("--precision", help="Wanted, as a share of the mean.")] = 0.05,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Begin a study with its elements."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            of_map = None if process_map is None else map_named(reader, process_map).uid
        made = time_studies.begin(
            desk,
            title,
            place_for(desk, place)[0].uid,
            [_element(said) for said in element],
            role=role,
            process_map=of_map,
            demand=demand,
            available=seconds_of(available or ""),
            lead_time=seconds_of(lead_time or ""),
            precision=precision,
        )
        with desk.reader() as reader:
            facts = facts_of(reader, made.uid)
    say(facts, text("Began {number}: {title}", number=facts.study.number, title=facts.study.title), as_json=as_json)


@commands.command("lap")
def lap(
    context: typer.Context,
    study: StudyArgument,
    times: Annotated[
        list[str],
        typer.Argument(help="“12.4” in the order of the elements, or “Title=12.4”; seconds.", show_default=False),
    ],
    cycle: Annotated[int | None, typer.Option("--cycle", help="Number; a new one when left out.")] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Keep the times of one cycle."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about = named(reader, TimeStudy, study)
            elements = time_studies.elements_of(reader, about.uid)
        time_studies.lap(desk, about.uid, [_time(said, elements, at) for at, said in enumerate(times)], cycle=cycle)
        with desk.reader() as reader:
            facts = facts_of(reader, about.uid)
    say(facts, plural("{n} cycle so far.", "{n} cycles so far.", facts.cycles), as_json=as_json)


@commands.command("show")
def show(context: typer.Context, study: StudyArgument, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Show what a study tells."""
    with desk_at(context, store, make=False) as desk, desk.reader() as reader:
        facts = facts_of(reader, named(reader, TimeStudy, study).uid)
    say(facts, words_of(facts), as_json=as_json)


@commands.command("list")
def list_(context: typer.Context, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """List all studies, the newest first."""
    with desk_at(context, store, make=False) as desk, desk.reader() as reader:
        found = sorted(reader.find(TimeStudy), key=lambda one: one.begun_at, reverse=True)
    rows = [(one.number, one.title, one.role, one.begun_at, one.ended_at) for one in found]
    say(found, table(rows, [text(name) for name in ("Number", "Work", "Role", "Begun", "Ended")]), as_json=as_json)


@commands.command("element")
def element(
    context: typer.Context,
    study: StudyArgument,
    title: Annotated[str, typer.Argument(help="What is done.", show_default=False)],
    category: Annotated[TimeCategory | None, typer.Option("--category", help="What it is for the customer.")] = None,
    step: Annotated[str | None, typer.Option("--step", help="Code of the process step.")] = None,
    on_path: Annotated[bool | None, typer.Option("--on-path/--beside", help="Whether it is on the one path.")] = None,
    before: Annotated[str | None, typer.Option("--before", help="Title of the one it comes before.")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take it out.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Add an element, or change one that is there."""
    said: dict[str, Any] = {"category": category, "step": step, "on_path": on_path}
    said = {name: value for name, value in said.items() if value is not None}
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about = named(reader, TimeStudy, study)
            elements = time_studies.elements_of(reader, about.uid)
        there = _titled(elements, title)
        if remove and there is not None:
            time_studies.remove_element(desk, there.uid)
        elif there is not None:
            time_studies.change_element(desk, there.uid, **said)
        elif remove:
            raise Refusal("cli.unknown", noun=text("element"), name=title)
        else:
            category = said.pop("category", TimeCategory.NECESSARY)
            made = time_studies.add_element(desk, about.uid, title, category, **said)
        if before is not None and not remove:
            moved = there.uid if there is not None else made.uid
            time_studies.move_element(desk, moved, _demanded(elements, before).uid)
        with desk.reader() as reader:
            facts = facts_of(reader, about.uid)
    say(facts, words_of(facts), as_json=as_json)


@commands.command("leave-out")
def leave_out(
    context: typer.Context,
    study: StudyArgument,
    reading: Annotated[str, typer.Argument(help="“Element:cycle”.", show_default=False)],
    why: Annotated[str, typer.Option("--why", help="What was foreign; empty: it counts again.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Let the times of an element in one cycle not count, with the reason."""
    title, _, cycle = reading.rpartition(":")
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about = named(reader, TimeStudy, study)
            of = _titled(time_studies.elements_of(reader, about.uid), title)
            meant = [
                one
                for one in reader.find(TimeReading, study=about.uid)
                if of is not None and one.element == of.uid and str(one.cycle) == cycle.strip()
            ]
        if not meant:
            raise Refusal("cli.unknown", noun=text("time"), name=reading)
        for one in meant:
            time_studies.leave_out(desk, one.uid, why)
        with desk.reader() as reader:
            facts = facts_of(reader, about.uid)
    say(facts, words_of(facts), as_json=as_json)


@commands.command("finish")
def finish(
    context: typer.Context,
    study: StudyArgument,
    feed_map: Annotated[bool, typer.Option("--feed-map", help="Give the medians to the steps of the map.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """End a study; with --feed-map its medians become the times of the map's steps."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about = named(reader, TimeStudy, study)
        if about.ended_at is None:
            time_studies.finish(desk, about.uid)
        changed = fed(desk, about.uid) if feed_map else []
        with desk.reader() as reader:
            facts = facts_of(reader, about.uid)
    words = text("{number} has ended.", number=about.number)
    if feed_map:
        words += " " + plural(
            "{n} step of the map has its times.", "{n} steps of the map have their times.", len(changed)
        )
    say({"study": facts, "steps": changed}, words, as_json=as_json)


@commands.command("export")
def export(
    context: typer.Context,
    study: StudyArgument,
    out: Annotated[Path, typer.Option("--out", help="The CSV file to write.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Write all times as a table."""
    with desk_at(context, store, make=False) as desk, desk.reader() as reader:
        facts = facts_of(reader, named(reader, TimeStudy, study).uid)
    heads, rows = times_table(facts)
    count = write_csv(out, heads, rows)
    say({"file": out, "rows": count}, text("Wrote {file}.", file=out), as_json=as_json)


def fed(desk: Desk, study: Uid) -> list[StepChange]:
    """Give the map its times; gives what every step says now, and said before."""
    with desk.reader() as reader:
        changes = feeding(reader, study)
    feed(desk, study)
    return changes


def words_of(facts: StudyFacts) -> str:
    """A study in words: its elements as a table, then the sums."""
    rows = [
        (
            *(each.element.title, category_title(each.element.category), each.n),
            *(_seconds(each.median), _seconds(each.lowest), _seconds(each.highest)),
            "" if each.cycles is None else each.cycles.needed,
            "" if each.missing is None else each.missing,
        )
        for each in facts.elements
    ]
    heads = [
        text(name) for name in ("Element", "Category", "Cycles", "Median", "Lowest", "Highest", "Needed", "Missing")
    ]
    lines = [f"{facts.study.number}  {facts.study.title}", "", table(rows, heads), ""]
    if facts.takt is not None:
        lines.append(text("Takt: {time}", time=shown(facts.takt)))
        lines.append(text("Work on one piece: {time}", time=shown(facts.work)))
    if facts.efficiency is not None and facts.lead_time is not None:
        said = text(
            "Process-cycle efficiency on this path: {share} % of {time}",
            share=f"{100 * facts.efficiency:.1f}",
            time=shown(facts.lead_time),
        )
        lines.append(said)
    return "\n".join([*lines, *facts.remarks])


def _seconds(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"


def _element(said: str) -> tuple[str, TimeCategory]:
    title, _, category = said.rpartition("=")
    known = {one.value: one for one in TimeCategory}
    if not title or category.strip() not in known:
        raise Refusal("cli.element_said", said=said, known=", ".join(known))
    return title.strip(), known[category.strip()]


def _time(said: str, elements: list[TimeElement], at: int) -> tuple[str, float]:
    title, _, number = said.rpartition("=")
    of = _titled(elements, title) if title else (elements[at] if at < len(elements) else None)
    try:
        seconds = float(number.replace(",", "."))
    except ValueError:
        of = None
        seconds = 0.0
    if of is None:
        raise Refusal("cli.lap_said", said=said, known=", ".join(one.title for one in elements))
    return of.uid, seconds


def _demanded(elements: list[TimeElement], title: str) -> TimeElement:
    found = _titled(elements, title)
    if found is None:
        raise Refusal("cli.unknown", noun=text("element"), name=title)
    return found


def _titled(elements: list[TimeElement], title: str) -> TimeElement | None:
    return next((one for one in elements if one.title.casefold() == title.strip().casefold()), None)
