"""How programmes, their risks, audits and coverage are told on the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from gemba.cli.saying import table
from gemba.domain.audit_risk import WEIGHT
from gemba.domain.places import Place
from gemba.domain.programmes import Programme
from gemba.domain.record import Uid
from gemba.store.audit_lists import AUDITS, AuditLine
from gemba.store.list_of import Query
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.audit_risk import PARTS, part_title, reason_words
from gemba.work.coverage import Coverage, heads, rows
from gemba.work.plan_by_risk import Proposed
from gemba.work.programmes import Monitoring, goals_told, monitoring, programme_state_title


class ProgrammeFacts(msgspec.Struct, frozen=True):
    """A programme with its audits and how they stand."""

    programme: Programme
    place: str
    monitoring: Monitoring
    goals_told: tuple[str, ...]
    """What happens to its goals within the quarter."""
    audits: tuple[AuditLine, ...]


class RiskLine(msgspec.Struct, frozen=True):
    """One site of the table by risk."""

    site: Uid
    name: str
    risk: float
    parts: Mapping[str, float]
    """Each part 0 to 1, its weight, and the numbers behind it."""
    reason: str
    audit: str = ""
    """Number of what is planned there already."""


def facts_of(reader: Reader, programme: Programme) -> ProgrammeFacts:
    """Everything that is told of a programme."""
    place = reader.get(Place, programme.place) if programme.place is not None else None
    lines = AUDITS.first(reader, Query(where={"programme": (programme.uid,)}, sort="risk", descending=True), limit=1000)
    return ProgrammeFacts(
        programme=programme,
        place=place.name if place is not None else text("All places"),
        monitoring=monitoring(reader, programme.uid),
        goals_told=tuple(goals_told(reader, programme)),
        audits=tuple(lines),
    )


def programme_words(facts: ProgrammeFacts) -> str:
    """A programme with its audits, for a person."""
    one = facts.programme
    lines = [
        f"{one.number} · {one.title}",
        f"{one.quarter} · {facts.place} · {programme_state_title(one.state)}",
        monitoring_words(facts.monitoring),
    ]
    for title, said in (
        (text("Goals"), ", ".join(one.goals) or text("all in force")),
        (text("Objective"), one.objective),
        (text("Risks"), one.risks),
        (text("Resources"), one.resources),
        (text("Learned"), one.learned),
    ):
        lines += [f"{title}: {said}"] if said else []
    return "\n".join([*lines, *facts.goals_told, *([audit_table(facts.audits)] if facts.audits else [])])


def monitoring_words(stands: Monitoring) -> str:
    """How a programme's audits stand, in a line."""
    return text(
        "{planned} planned ({overdue} overdue), {under_way} under way, {held} held ({late} late), {moved} moved, "
        "{cancelled} called off",
        planned=stands.planned,
        overdue=stands.overdue,
        under_way=stands.under_way,
        held=stands.held,
        late=stands.held_late,
        moved=stands.moved,
        cancelled=stands.cancelled,
    )


def audit_table(lines: Sequence[AuditLine]) -> str:
    """Audits as a table."""
    shown = [
        (
            line.number,
            line.place,
            line.quarter,
            line.state,
            line.planned_on,
            line.due,
            "" if line.risk is None else f"{line.risk:.0f}",
            " + ".join(filter(None, (line.auditor, line.second))),
        )
        for line in lines
    ]
    names = ("Number", "Place", "Quarter", "State", "Planned on", "Due", "Risk", "Auditors")
    return table(shown, [text(name) for name in names])


def risk_lines(reader: Reader, found: Sequence[Proposed]) -> list[RiskLine]:
    """The sites of a programme's table, with their names."""
    names = {one.uid: one.name for one in reader.many(Place, [one.risk.site for one in found])}
    return [
        RiskLine(
            site=one.risk.site,
            name=names.get(one.risk.site, ""),
            risk=one.risk.risk,
            parts=one.risk.parts,
            reason=reason_words(one.risk.parts),
            audit=one.audit.number if one.audit is not None else "",
        )
        for one in found
    ]


def risk_table(lines: Sequence[RiskLine]) -> str:
    """Sites by risk, with the parts and the weight of each."""
    weights = lines[0].parts if lines else {}
    titles = [f"{part_title(code)} ×{weights.get(f'{WEIGHT}{code}', 0):g}" for code in PARTS]
    shown = [
        (line.name, f"{line.risk:.1f}", *(f"{line.parts[code]:.2f}" for code in PARTS), line.audit) for line in lines
    ]
    return table(shown, [text("Site"), text("Risk"), *titles, text("Audit")])


def coverage_words(found: Coverage) -> str:
    """The matrix of regions and goals, and what nobody looks at."""
    gaps = text("{n} of them are neither audited nor planned.", n=found.gaps())
    span = text("From {first} to {last}.", first=found.quarters[0], last=found.quarters[-1])
    return f"{table(list(rows(found)), heads(found))}\n{span} {gaps}"
