"""What walks looked at: answered questions that trace to a step, and alerts that somebody has gone and seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from gemba.domain.process_maps import AlertState
from gemba.domain.record import Uid
from gemba.store.list_filters import places_below
from gemba.store.map_tables import go_and_see
from gemba.store.pain_counts import Within
from gemba.store.reading import Reader
from gemba.store.tables import answer, assessment

Seen = Counter[tuple[str, Uid | None]]
"""How many walks (or alerts) by code of the step and place."""


def templates_used(reader: Reader, within: Within) -> list[Uid]:
    """The templates of the walks that were begun within a period."""
    return list(reader.connection.scalars(select(assessment.c.template).where(*_walks(reader, within)).distinct()))


def answered(
    reader: Reader,
    within: Within,
    template: Uid,
    steps: Mapping[str, str],
    not_met: Mapping[str, Sequence[str]],
) -> Seen:
    """How many walks with a template answered at least one question about a step, by step and place.

    Args:
        reader: of the store.
        within: when the walks were begun, and where.
        template: uid of the template.
        steps: code of the step by path of the question, without numbers of repeats.
        not_met: answers that say that something does not apply here, by path: they look at nothing.
    """
    if not steps:
        return Counter()
    code = case(*((_is_question(path), step) for path, step in steps.items()), else_="")
    held = [_looked(path, not_met.get(path, ())) for path in steps]
    asked = (
        select(code.label("step"), assessment.c.place, func.count(assessment.c.uid.distinct()))
        .select_from(answer.join(assessment, answer.c.assessment == assessment.c.uid))
        .where(assessment.c.template == template, *_walks(reader, within), answer.c.value != "", or_(*held))
        .group_by("step", assessment.c.place)
    )
    return Counter({(step, place): n for step, place, n in reader.connection.execute(asked)})


def walks_behind(
    reader: Reader,
    within: Within,
    steps_of: Mapping[Uid, Mapping[str, str]],
    not_met_of: Mapping[Uid, Mapping[str, Sequence[str]]],
    limit: int,
) -> list[Uid]:
    """The walks that answered one of these questions, by template; the newest first."""
    held = []
    for template, steps in steps_of.items():
        looked = [_looked(path, not_met_of[template].get(path, ())) for path in steps]
        if looked:
            held.append(and_(assessment.c.template == template, or_(*looked)))
    if not held:
        return []
    asked = (
        select(assessment.c.uid)
        .select_from(answer.join(assessment, answer.c.assessment == assessment.c.uid))
        .where(*_walks(reader, within), answer.c.value != "", or_(*held))
        .group_by(assessment.c.uid, assessment.c.started_at)
        .order_by(assessment.c.started_at.desc())
    )
    return list(reader.connection.scalars(asked.limit(limit)))


def alerts_seen(reader: Reader, within: Within) -> Seen:
    """How many alerts with a step were gone to and seen, by code of the step and place."""
    table = go_and_see
    held: list[ColumnElement[bool]] = [table.c.state == AlertState.SEEN, table.c.step != ""]
    if within.begins is not None:
        held.append(table.c.seen_at >= datetime.combine(within.begins, time(), UTC))
    if within.ends is not None:
        held.append(table.c.seen_at < datetime.combine(within.ends + timedelta(days=1), time(), UTC))
    if within.place is not None:
        held.append(table.c.place.in_(places_below(reader, (within.place,))))
    asked = select(table.c.step, table.c.place, func.count()).where(*held).group_by(table.c.step, table.c.place)
    return Counter({(step, place): n for step, place, n in reader.connection.execute(asked)})


def _walks(reader: Reader, within: Within) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if within.begins is not None:
        found.append(assessment.c.started_at >= datetime.combine(within.begins, time(), UTC))
    if within.ends is not None:
        found.append(assessment.c.started_at < datetime.combine(within.ends + timedelta(days=1), time(), UTC))
    if within.place is not None:
        found.append(assessment.c.place.in_(places_below(reader, (within.place,))))
    return found


def _is_question(path: str) -> ColumnElement[bool]:
    """The question itself, or in any of the repeats around it: `/data/queue/wait` is `/data/queue[2]/wait`, too."""
    parts = path.split("/")
    patterns = ["/".join([*parts[:at], f"{parts[at]}[%]", *parts[at + 1 :]]) for at in range(2, len(parts) - 1)]
    whole: list[ColumnElement[bool]] = [answer.c.path == path]
    return or_(*whole, *(answer.c.path.like(_escaped(pattern), escape="\\") for pattern in patterns))


def _looked(path: str, not_met: Sequence[str]) -> ColumnElement[bool]:
    return and_(_is_question(path), answer.c.value.not_in(list(not_met))) if not_met else _is_question(path)


def _escaped(pattern: str) -> str:
    """Names may hold `_`, which LIKE takes for any letter."""
    return pattern.replace("_", "\\_")
