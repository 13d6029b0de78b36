"""Standard exceptions in use: which are followed, which are past their end, and which cases have none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import msgspec

from gemba.domain.follow_through import RegisterEntry
from gemba.domain.record import Uid
from gemba.domain.standings import plain
from gemba.reports.sheet_facts import Cell, Figures, Heading, Part, Table, Words
from gemba.store import discretion_counts
from gemba.wording import text
from gemba.work.counted import entries_of
from gemba.work.desk import Desk
from gemba.work.discretion import Exceptions, Gap, StandardUse, exceptions
from gemba.work.exception_standards import standards
from gemba.work.register_view import Asked, Proposal, RegisterView
from gemba.work.register_view import Gap as Wanting
from gemba.work.registers import EntryDraft

DAYS = 182
"""Decisions of so many days are counted."""
OFTEN = 3
"""Cases from which on a standard is proposed for a scenario and role that have none."""


class ExceptionUse(msgspec.Struct, frozen=True):
    """Use of the standards in a span of days."""

    begins: date
    ends: date
    found: Exceptions
    past: tuple[str, ...]
    """Codes of standards in force that were followed after their last day."""
    standards: dict[str, str]
    """State by code."""
    entries: dict[str, Uid]
    """The standards themselves by code."""
    followed: dict[str, tuple[Uid, ...]]
    """Decisions by the code of the standard that they follow."""
    without: dict[str, tuple[Uid, ...]]
    """Decisions without boundary or standard, by `case_key`."""


def exception_use(desk: Desk, asked: Asked) -> ExceptionUse:
    """How standard exceptions were used in the last half year."""
    with desk.reader() as reader:
        ends = reader.clock().date()
        begins = ends - timedelta(days=DAYS - 1)
        found = exceptions(reader, begins, ends, place=asked.place)
        known = standards(reader)
        rows = discretion_counts.without_boundary(reader, begins, ends, asked.place)
    followed: dict[str, list[Uid]] = {}
    without: dict[str, list[Uid]] = {}
    for uid, scenario, role, code in rows:
        (followed.setdefault(code, []) if code else without.setdefault(case_key(scenario, role), [])).append(uid)
    past = tuple(one.code for one in found.used if one.code in known and _is_past(one, known[one.code]))
    return ExceptionUse(
        begins,
        ends,
        found,
        past,
        {code: entry.state for code, entry in known.items()},
        {code: entry.uid for code, entry in known.items()},
        {code: tuple(uids) for code, uids in followed.items()},
        {key: tuple(uids) for key, uids in without.items()},
    )


def case_key(scenario: str, role: str) -> str:
    """What a scenario and a role are told apart by, however they are spelled."""
    return f"{plain(scenario)} · {plain(role)}"


def exception_view(desk: Desk, asked: Asked) -> RegisterView:
    """Which standards are in use, and where there are none."""
    facts = exception_use(desk, asked)
    return RegisterView(
        register="exception_standard",
        title=text("Use and gaps"),
        facts=facts,
        parts=tuple(_parts(facts)),
        gaps=tuple(_wanting(facts)),
        proposals=tuple(_proposed(facts)),
    )


def _is_past(use: StandardUse, entry: RegisterEntry) -> bool:
    return use.last is not None and use.last.isoformat() > entry.fields.get("valid_until", "9999")


def _parts(facts: ExceptionUse) -> Iterator[Part]:
    yield Words(text("Decisions from {first} to {last}.", first=facts.begins, last=facts.ends), "quiet")
    if not facts.found.used and not facts.found.gaps:
        yield Words(text("No standard is written down, and no case lacks one."), "quiet")
        return
    never = sum(one.count == 0 for one in facts.found.used)
    yield Figures(
        (
            (str(len(facts.found.used)), text("standards")),
            (str(sum(one.count for one in facts.found.used)), text("decisions by a standard")),
            (str(never), text("standards that nobody used")),
            (str(len(facts.found.gaps)), text("cases without boundary or standard")),
        ),
        (
            tuple(ref for one in facts.found.used for ref in _standard(facts, one.code)),
            _decisions(uid for uids in facts.followed.values() for uid in uids),
            entries_of(facts.entries.get(one.code, "") for one in facts.found.used if one.count == 0),
            _decisions(uid for uids in facts.without.values() for uid in uids),
        ),
    )
    if facts.found.used:
        heads = (text("Standard"), text("Code"), text("Used"), text("Last"), text("Remark"))
        yield Table(heads, tuple(_row(facts, one) for one in facts.found.used), (0, 34, 16, 24, 46), numbers=(2,))
    if facts.found.gaps:
        yield Heading(text("Cases without boundary or standard"), 1)
        yield Table(
            (text("Scenario"), text("Role"), text("Decisions"), text("Last")),
            tuple(_case(facts, gap) for gap in facts.found.gaps),
            (0, 60, 22, 26),
            numbers=(2,),
        )


def _row(facts: ExceptionUse, one: StandardUse) -> tuple[str | Cell, ...]:
    title = Cell(one.title or "–", records=entries_of([facts.entries.get(one.code, "")]))
    used = Cell(str(one.count), records=_decisions(facts.followed.get(one.code, ())))
    return title, one.code, used, str(one.last or "–"), _remark(facts, one)


def _case(facts: ExceptionUse, gap: Gap) -> tuple[str | Cell, ...]:
    counted = _decisions(facts.without.get(case_key(gap.scenario, gap.role), ()))
    return gap.scenario or "–", gap.role, Cell(str(gap.count), records=counted), str(gap.last)


def _standard(facts: ExceptionUse, code: str) -> tuple[str, ...]:
    """A standard; of one that no register has, the decisions that follow it."""
    return entries_of([facts.entries.get(code, "")]) or _decisions(facts.followed.get(code, ()))


def _decisions(uids: Iterable[Uid]) -> tuple[str, ...]:
    return tuple(f"decision:{uid}" for uid in uids)


def _remark(facts: ExceptionUse, one: StandardUse) -> str | Cell:
    if one.code not in facts.standards:
        return Cell(text("not in the register"), "poor")
    if one.code in facts.past:
        return Cell(text("followed after its end"), "poor")
    if one.count and facts.standards[one.code] == "retired":
        return Cell(text("retired, still followed"), "fair")
    return "–" if one.count else Cell(text("nobody used it"), "plain")


def _wanting(facts: ExceptionUse) -> Iterator[Wanting]:
    for one in facts.found.used:
        if one.code not in facts.standards:
            yield Wanting(
                "unknown_standard", text("Decisions follow “{code}”, which is in no register.", code=one.code)
            )
        elif one.code in facts.past:
            yield Wanting("past_its_end", text("“{code}” was followed after its last day.", code=one.code))
    for gap in facts.found.gaps:
        facts_of = {"role": gap.role, "n": gap.count, "scenario": gap.scenario or "–"}
        words = text("{role} decided {n:time|times} on “{scenario}” without boundary or standard.", **facts_of)
        yield Wanting("no_standard", words, tone="fair")


def _proposed(facts: ExceptionUse) -> Iterator[Proposal]:
    """A draft for what is decided often without a standard; limit and end are a person's to say."""
    written = {code.casefold() for code in facts.standards}
    for gap in facts.found.gaps:
        code = "-".join(f"{gap.scenario} {gap.role}".casefold().split())
        if gap.scenario and gap.count >= OFTEN and code not in written:
            fields = {
                "code": code,
                "scenario": gap.scenario,
                "role": gap.role,
                "condition": text("To be written: what must be so."),
                "valid_from": facts.ends.isoformat(),
                "valid_until": (facts.ends + timedelta(days=365)).isoformat(),
            }
            why = text("{n:decision|decisions} without boundary or standard", n=gap.count)
            yield Proposal(
                code, EntryDraft(text("{scenario}: {role}", scenario=gap.scenario, role=gap.role), fields), why
            )
