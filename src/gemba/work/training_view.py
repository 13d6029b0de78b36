"""Causes that come back by site and source, and the training needs that follow from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from gemba.domain.record import Uid
from gemba.kinds.registers.learning import TRAINING_NEEDS
from gemba.reports.matrix_shapes import Matrix, MatrixCell, draw_matrix
from gemba.reports.sheet_facts import Cell, Drawing, Part, Table, Words
from gemba.wording import text
from gemba.work.counted import ANYWHERE, complaints_since, entries_of
from gemba.work.desk import Desk
from gemba.work.register_view import Asked, Gap, Proposal, RegisterView
from gemba.work.registers import EntryDraft
from gemba.work.training_needs import CASES, DAYS, EXITS, SITES, RecurringCause, recurring_causes

_MOST_SITES = 12
_SOON = timedelta(days=60)
"""Until when what is proposed is due, unless a person says otherwise."""
_PEOPLE = "people"


def training_view(desk: Desk, asked: Asked) -> RegisterView:
    """What comes back, and what follows."""
    found = recurring_causes(desk, asked.place)
    due = (desk.clock().date() + _SOON).isoformat()
    open_ = [one for one in found if not one.entry]
    return RegisterView(
        register="training_need",
        title=text("Causes that come back"),
        facts=found,
        parts=tuple(_parts(found, desk.clock().date(), asked.place)),
        gaps=tuple(Gap("not_trained", _reason(one), tone="fair") for one in open_),
        proposals=tuple(_proposed(one, due) for one in open_),
    )


def _parts(found: Sequence[RecurringCause], today: date, place: Uid | None) -> Iterator[Part]:
    said = text(
        "Causes of the last {days} days with {n} cases or more at {sites} sites or more.",
        days=DAYS,
        n=CASES,
        sites=SITES,
    )
    yield Words(said, "quiet")
    if not found:
        yield Words(text("No cause comes back at several sites."), "quiet")
        return
    totals: dict[str, int] = {}
    for one in found:
        for name, n in one.sites:
            totals[name] = totals.get(name, 0) + n
    names = tuple(sorted(totals, key=lambda name: (-totals[name], name)))[:_MOST_SITES]
    cells = tuple(tuple(_cell(dict(one.sites).get(name, 0)) for name in names) for one in found)
    spoken = text("Cases by cause and site.")
    for picture in draw_matrix(Matrix(tuple(one.title for one in found), names, cells, text("Cause · site"), spoken)):
        yield Drawing(picture)
    yield Table(
        (text("Cause"), text("Sites"), text("Complaints"), text("Findings"), text("Exit interviews"), text("Need")),
        tuple(_row(one, today, place) for one in found),
        (40, 0, 22, 18, 20, 28),
        numbers=(2, 3, 4),
        note=text("Each source is counted apart; one event may stand in several of them."),
    )


def _row(one: RecurringCause, today: date, place: Uid | None) -> tuple[str | Cell, ...]:
    sites = ", ".join(f"{name} ({n})" for name, n in one.sites)
    complaints, findings, exits = (one.sources.get(source, 0) for source in ("complaints", "findings", EXITS))
    state = TRAINING_NEEDS.state(one.state)
    return (
        one.title,
        sites,
        Cell(
            str(complaints),
            records=complaints_since(today, DAYS, complaints, cause=(one.cause,), place=(place or ANYWHERE,)),
        ),
        Cell(str(findings), records=tuple(f"finding:{uid}" for uid in one.findings)),
        Cell(str(exits), records=entries_of(one.exits)),
        Cell(text("none yet"), "fair") if state is None else Cell(text(state.title), records=entries_of([one.entry])),
    )


def _cell(n: int) -> MatrixCell:
    return MatrixCell(str(n), "fair" if n > 1 else "plain") if n else MatrixCell()


def _reason(one: RecurringCause) -> str:
    sites = ", ".join(f"{name} ({n})" for name, n in one.sites)
    said = text("“{cause}” was seen {n:time|times} at {sites}.", cause=one.title, n=one.cases, sites=sites)
    if one.domain and one.domain != _PEOPLE:
        return text(
            "{said} Its causes lie in {domain}: look whether training helps at all.", said=said, domain=one.domain
        )
    return said


def _proposed(one: RecurringCause, due: str) -> Proposal:
    fields = {"cause": one.cause, "seen": "\n".join(f"{name} ({n})" for name, n in one.sites), "due": due}
    return Proposal(one.cause, EntryDraft(text("Learn to avoid: {cause}", cause=one.title), fields), _reason(one))
