"""What several sites complain of, and the adherence audits that follow from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from gemba.kinds.registers.audits import ADHERENCE_AUDITS
from gemba.reports.matrix_shapes import Matrix, MatrixCell, draw_matrix
from gemba.reports.sheet_facts import Cell, Drawing, Part, Table, Words
from gemba.wording import text
from gemba.work.adherence import DAYS, SITES, AdherenceIssue, adherence_issues
from gemba.work.counted import complaints_since, entries_of
from gemba.work.desk import Desk
from gemba.work.register_view import Asked, Gap, Proposal, RegisterView
from gemba.work.registers import EntryDraft

_MOST_SITES = 12


def adherence_view(desk: Desk, asked: Asked) -> RegisterView:
    """What several sites complain of."""
    found = adherence_issues(desk, asked.place)
    open_ = [one for one in found if not one.entry]
    return RegisterView(
        register="adherence_audit",
        title=text("Proposed by complaints"),
        facts=found,
        parts=tuple(_parts(found, desk.clock().date())),
        gaps=tuple(Gap("not_audited", _words(one), tone="fair") for one in open_),
        proposals=tuple(_proposed(one) for one in open_),
    )


def _words(one: AdherenceIssue) -> str:
    return text(
        "“{issue}” is complained of at {sites}.", issue=one.title, sites=", ".join(name for name, _ in one.sites)
    )


def _parts(found: Sequence[AdherenceIssue], today: date) -> Iterator[Part]:
    yield Words(
        text(
            "Complaints of the last {days} days with the same step and cause at {n} sites or more.", days=DAYS, n=SITES
        ),
        "quiet",
    )
    if not found:
        yield Words(text("No step and cause is complained of at several sites."), "quiet")
        return
    names = _sites(found)
    spoken = text("Complaints by step and cause, and by site.")
    cells = tuple(tuple(_cell(dict(one.sites).get(name, 0)) for name in names) for one in found)
    matrix = Matrix(tuple(one.title for one in found), names, cells, text("Step and cause · site"), spoken)
    for picture in draw_matrix(matrix):
        yield Drawing(picture)
    yield Table(
        (text("Step and cause"), text("Sites"), text("Complaints"), text("Weight"), text("Audit")),
        tuple(_row(one, today) for one in found),
        (46, 0, 22, 18, 28),
        numbers=(2, 3),
        note=text("Weight: 1 for low, 3 for medium, 9 for high, 27 for critical."),
    )


def _row(one: AdherenceIssue, today: date) -> tuple[str | Cell, ...]:
    counted = complaints_since(
        today, DAYS, one.complaints, step=(one.step,), cause=(one.cause,), place=tuple(one.places)
    )
    sites = ", ".join(f"{name} ({n})" for name, n in one.sites)
    told = (Cell(words, records=counted) for words in (sites, str(one.complaints), str(one.weight)))
    return one.title, *told, _state(one)


def _sites(found: Sequence[AdherenceIssue]) -> tuple[str, ...]:
    """The sites with the most complaints; a drawing has no room for hundreds, the table has all."""
    totals: dict[str, int] = {}
    for one in found:
        for name, n in one.sites:
            totals[name] = totals.get(name, 0) + n
    return tuple(sorted(totals, key=lambda name: (-totals[name], name)))[:_MOST_SITES]


def _cell(n: int) -> MatrixCell:
    return MatrixCell(str(n), "fair" if n > 1 else "plain") if n else MatrixCell()


def _state(one: AdherenceIssue) -> str | Cell:
    state = ADHERENCE_AUDITS.state(one.state)
    if state is None:
        return Cell(text("none yet"), "fair")
    return Cell(text(state.title), records=entries_of([one.entry]))


def _proposed(one: AdherenceIssue) -> Proposal:
    fields = {
        "step": one.step,
        "cause": one.cause,
        "sites": "\n".join(f"{name} ({n})" for name, n in one.sites),
        "complaints": str(one.complaints),
    }
    return Proposal(
        f"{one.step}.{one.cause}", EntryDraft(text("Instruction for {issue}", issue=one.title), fields), _words(one)
    )
