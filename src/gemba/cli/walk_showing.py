"""Routes, plans, adherence and observations in words for the command line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gemba.cli.saying import table
from gemba.domain.walks import Observation, RouteStop
from gemba.store.walk_lists import ObservationLine
from gemba.wording import plural, text
from gemba.work.carried_in import Carried, carried_title
from gemba.work.observations import sort_words
from gemba.work.route_facts import RouteFacts
from gemba.work.walk_adherence import WalkAdherence, told
from gemba.work.walk_adherence_files import line_heads, line_rows, short
from gemba.work.walk_plan import PlannedWalk
from gemba.work.walk_words import open_state_words, week_words, who_words, window_words


def plan_table(found: Sequence[PlannedWalk]) -> str:
    """What is late and what comes next."""
    if not found:
        return text("No walk is expected; give a route walkers and a schedule.")
    heads = [text(head) for head in ("Window", "State", "Layer", "Route", "Place", "Leader")]
    shown = [
        (window_words(one.expected), open_state_words(one), one.layer, one.title, one.place, who_words(one))
        for one in found
    ]
    return table(shown, heads)


def carried_table(found: Sequence[Carried]) -> str:
    """What waits at a place."""
    if not found:
        return text("Nothing waits to be looked at there.")
    heads = [text(head) for head in ("Key", "Sort", "What to look at", "Number", "Owner", "Until")]
    rows = [(one.key, carried_title(one.sort), one.question, one.number, one.owner, one.due) for one in found]
    return table(rows, heads)


def adherence_words(made: WalkAdherence) -> str:
    """Adherence with leaders by weeks."""
    if not made.walks:
        return "\n".join(told(made))
    weeks = [week_words(monday) for monday in made.weeks]
    grid = [(one.title, *map(short, one.weeks)) for one in made.leaders]
    parts = ["\n".join(told(made)), table(grid, [text("Leader"), *weeks])]
    for title, lines, held in (
        (text("Leader"), made.leaders, False),
        (text("Layer"), made.layers, True),
        (text("Route"), made.routes, True),
    ):
        parts.append(table(list(line_rows(lines, held=held)), line_heads(title)))
    return "\n\n".join(parts)


def routes_table(found: Sequence[RouteFacts]) -> str:
    """Routes in a list."""
    heads = [text(head) for head in ("Route", "Layer", "Place", "Stops", "Walkers", "Schedule", "Next")]
    shown = [
        (
            one.route.title,
            one.route.layer,
            one.place,
            len(one.stops),
            ", ".join(one.walkers),
            one.rule,
            one.next_on or "",
        )
        for one in found
    ]
    return table(shown, heads)


def route_words(facts: RouteFacts) -> str:
    """One route with its stops."""
    one = facts.route
    turns = text("in turns") if one.in_turns else text("each of them")
    said = [
        (text("Route"), one.title),
        (text("Uid"), one.uid),
        (text("Place"), facts.place),
        (text("Layer"), one.layer),
        (text("Purpose"), one.purpose),
        (text("Checklist"), facts.template),
        (text("Walkers"), f"{', '.join(facts.walkers)} ({turns})" if facts.walkers else ""),
        (text("Schedule"), facts.rule),
        (text("Next"), facts.next_on.isoformat() if facts.next_on else ""),
        (text("Minutes"), str(facts.minutes) if facts.minutes else ""),
        (text("State"), text("out of use") if one.retired else ""),
    ]
    lines = [f"{name}: {value}" for name, value in said if value]
    return "\n".join([*lines, *_stops(facts.stops)])


def notes_words(found: Sequence[Observation], stops: Sequence[RouteStop]) -> str:
    """What was noted on a walk, by stop; what is known from where stands before each line."""
    if not found:
        return text("Nothing was noted on this walk.")
    titles = {one.uid: one.title for one in stops}
    lines: list[str] = []
    for uid in (*titles, None):
        mine = [one for one in found if one.stop == uid]
        if mine:
            lines += [titles.get(uid or "", text("Between the stops")), *(line for one in mine for line in _note(one))]
    return "\n".join(lines)


def noted_table(lines: Sequence[ObservationLine]) -> str:
    """What was noted on several walks."""
    heads = [text(head) for head in ("Noted", "Walk", "Place", "Stop", "Known from", "Keep", "What")]
    shown = [
        (
            one.noted_at,
            one.walk,
            one.place,
            one.stop,
            sort_words(one.sort),
            "+" if one.is_positive else "",
            one.text or one.answer,
        )
        for one in lines
    ]
    return table(shown, heads)


def _stops(stops: Sequence[RouteStop]) -> Iterator[str]:
    for number, one in enumerate(stops, 1):
        minutes = " " + plural("({n} minute)", "({n} minutes)", one.minutes) if one.minutes else ""
        yield f"  {number}. {one.title}{minutes}  {one.uid[:13]}"
        if one.look_for:
            yield f"     {one.look_for}"


def _note(one: Observation) -> Iterator[str]:
    mark = "+" if one.is_positive else "-"
    yield f"  {mark} {sort_words(one.sort)}: {one.text or one.answer}  {one.uid[:13]}"
    if one.question:
        yield "    " + text("Asked: {question} – {answer}", question=one.question, answer=one.answer or "…")
    if one.coaching:
        yield "    " + text("To try next: {coaching}", coaching=one.coaching)
