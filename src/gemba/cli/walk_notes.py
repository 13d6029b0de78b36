"""`gemba walk observe|notes|look|...`: what is seen and heard on a walk, and what is made of it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import typer

from gemba.cli.listing import LimitOption, PlaceFilter, SearchOption, query
from gemba.cli.map_naming import alert_named
from gemba.cli.naming import named
from gemba.cli.programme_options import Days
from gemba.cli.saying import JsonOption, StoreOption, say
from gemba.cli.walk_showing import noted_table, notes_words
from gemba.cli.world import desk_at
from gemba.domain.assessments import Assessment
from gemba.domain.findings import Finding, FindingGrade
from gemba.domain.record import Uid
from gemba.domain.rotations import Commitment
from gemba.domain.walks import Observation, ObservationSort
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.store.walk_lists import OBSERVATIONS
from gemba.wording import text
from gemba.work import observations as work
from gemba.work.desk import Desk
from gemba.work.observations import Noted
from gemba.work.records import known
from gemba.work.route_walks import walked_route

_Walk = Annotated[str, typer.Argument(help="Number or uid of the walk.", show_default=False)]
_Note = Annotated[str, typer.Argument(help="Uid of the observation, or its beginning.", show_default=False)]
_At = Annotated[str | None, typer.Option("--stop", help="Stop: its number on the route, title or uid; - for none.")]
_Sort = Annotated[ObservationSort | None, typer.Option("--sort", help="Where it is known from.")]
_Keep = Annotated[bool | None, typer.Option("--worth-keeping/--problem", help="A practice worth keeping.")]
_Words = Annotated[str | None, typer.Option(show_default=False)]
_SHORTEST = 4


def register(group: typer.Typer) -> None:
    """Put the commands into `gemba walk`."""
    for name, command in (
        ("observe", observe),
        ("change", change),
        ("remove", remove),
        ("look", look),
        ("finding", finding),
        ("promise", promise),
        ("notes", notes),
    ):
        group.command(name)(command)


def observe(
    context: typer.Context,
    walk: _Walk,
    words: Annotated[str, typer.Argument(help="What was seen or said.")] = "",
    sort: _Sort = None,
    worth_keeping: _Keep = None,
    at: _At = None,
    question: _Words = None,
    answer: _Words = None,
    coaching: _Words = None,
    step: _Words = None,
    cause: _Words = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Note what was seen, what staff told, or what a customer said."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about = named(reader, Assessment, walk)
            said = _said(sort, worth_keeping, question, answer, coaching, step, cause)
            stop = _stop(reader, about, at)
        made = work.observe(desk, about.uid, Noted(text=words, stop=stop, **said))
        _tell(desk, made.uid, as_json=as_json)


def change(
    context: typer.Context,
    note: _Note,
    words: Annotated[str | None, typer.Option("--text", help="What was seen or said.")] = None,
    sort: _Sort = None,
    worth_keeping: _Keep = None,
    at: _At = None,
    question: _Words = None,
    answer: _Words = None,
    coaching: _Words = None,
    step: _Words = None,
    cause: _Words = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Change an observation while its walk goes on."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about = _named(reader, note)
            said = _said(sort, worth_keeping, question, answer, coaching, step, cause)
            said |= {} if words is None else {"text": words}
            said |= {} if at is None else {"stop": _stop(reader, known(reader, Assessment, about.assessment), at)}
        work.change_observation(desk, about.uid, said)
        _tell(desk, about.uid, as_json=as_json)


def remove(context: typer.Context, note: _Note, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Take an observation out while its walk goes on."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about = _named(reader, note)
        work.remove_observation(desk, about.uid)
    say({"uid": about.uid}, text("It is taken out."), as_json=as_json)


def look(
    context: typer.Context,
    alert: Annotated[str, typer.Argument(help="Uid of what the walk carries.", show_default=False)],
    words: Annotated[str, typer.Option("--text", help="What was seen.", show_default=False)],
    at: _At = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Tick what was carried in as looked at, with what was seen, at a stop."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about = alert_named(reader, alert)
            stop = _stop(reader, known(reader, Assessment, about.assessment), at) if about.assessment else None
        _tell(desk, work.look_at(desk, about.uid, words, stop).uid, as_json=as_json)


def finding(
    context: typer.Context,
    note: _Note,
    grade: Annotated[FindingGrade, typer.Option("--grade", help="Grade of the finding.", show_default=False)],
    criterion: Annotated[str, typer.Option("--criterion", help="What should have been.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Raise a finding from an observation; the two stay linked."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about = _named(reader, note)
        uid = work.raise_from(desk, about.uid, grade, criterion).uid
        with desk.reader() as reader:
            made = known(reader, Finding, uid)
    say(made, text("Raised {number}.", number=made.number) + f"\n{made.uid}", as_json=as_json)


def promise(
    context: typer.Context,
    note: _Note,
    words: Annotated[str, typer.Option("--text", help="What is promised.", show_default=False)],
    to: Annotated[str, typer.Option("--to", help="To whom, by role.", show_default=False)],
    role: Annotated[str, typer.Option("--role", help="Who promises, by role.", show_default=False)],
    due: Annotated[datetime, typer.Option("--due", formats=Days, help="By when.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Make a promise that answers an observation."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about = _named(reader, note)
        uid = work.promise_from(desk, about.uid, words, to=to, role=role, due=due.date()).uid
        with desk.reader() as reader:
            made = known(reader, Commitment, uid)
    say(made, text("Promised: {number}.", number=made.number) + f"\n{made.uid}", as_json=as_json)


def notes(
    context: typer.Context,
    walk: Annotated[str, typer.Argument(help="Number or uid of the walk; the notes of all walks when left out.")] = "",
    search: SearchOption = "",
    place: PlaceFilter = None,
    sort: _Sort = None,
    worth_keeping: _Keep = None,
    step: Annotated[str, typer.Option("--step", help="Code of the step of the work.")] = "",
    limit: LimitOption = 100,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """What was noted on a walk, by stop; or on all walks, the newest first."""
    with desk_at(context, store, make=False) as desk, desk.reader() as reader:
        if not walk:
            asked = query(reader, search, place, None, "-noted_at")
            keep = None if worth_keeping is None else ("no", "yes")[worth_keeping]
            said = {"removed": "no", "sort": sort.value if sort else None, "step": step or None, "is_positive": keep}
            asked.where.update({name: (value,) for name, value in said.items() if value})
            lines = OBSERVATIONS.first(reader, asked, limit)
            say(lines, noted_table(lines), as_json=as_json)
            return
        about = named(reader, Assessment, walk)
        found = work.observations(reader, about.uid)
        route = walked_route(reader, about, [one.stop for one in found])
    say(found, notes_words(found, route.stops if route else ()), as_json=as_json)


def _said(
    sort: ObservationSort | None,
    worth_keeping: bool | None,
    question: str | None,
    answer: str | None,
    coaching: str | None,
    step: str | None,
    cause: str | None,
) -> dict[str, Any]:
    """Options under the names of the observation's fields; those that were left out are left out."""
    said = {
        "sort": sort,
        "is_positive": worth_keeping,
        "question": question,
        "answer": answer,
        "coaching": coaching,
        "step": step,
        "cause": cause,
    }
    return {name: value for name, value in said.items() if value is not None}


def _named(reader: Reader, name: str) -> Observation:
    whole = reader.get(Observation, name)
    found = [whole] if whole else reader.beginning(Observation, "uid", name.lower()) if len(name) >= _SHORTEST else []
    if len(found) != 1:
        raise Refusal("cli.several" if found else "cli.unknown", noun="observation", name=name)
    return found[0]


def _stop(reader: Reader, walk: Assessment, said: str | None) -> Uid | None:
    """The stop of a walk's route that is meant by its number, title or uid."""
    if said is None or said == "-":
        return None
    route = walked_route(reader, walk)
    stops = route.stops if route is not None else ()
    for number, one in enumerate(stops, 1):
        if said.casefold() in (str(number), one.uid, one.title.casefold()):
            return one.uid
    raise Refusal("cli.unknown_stop", name=said, known=", ".join(one.title for one in stops) or "-")


def _tell(desk: Desk, uid: Uid, *, as_json: bool) -> None:
    with desk.reader() as reader:
        one = known(reader, Observation, uid)
    words = text("Noted: {words}", words=one.text or one.answer) + f"\n{one.uid}"
    say(one, words, as_json=as_json)
