"""Nobody audits what they decided themselves; nearer doubts need a reason that keeps the audit independent."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

import msgspec

from gemba.domain.decisions import Decision
from gemba.domain.people import Person
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store import own_decisions
from gemba.store.reading import Reader
from gemba.store.same_people import entries_of
from gemba.wording import plural, text
from gemba.work.records import known


class Doubts(msgspec.Struct, frozen=True):
    """What speaks against a person as the auditor of certain decisions."""

    auditor: Uid
    own: int = 0
    """Decisions among them that this person took: those are refused."""
    own_uids: frozenset[Uid] = frozenset()
    """Which they are, where single decisions were asked about."""
    roles: tuple[str, ...] = ()
    """Roles that decided, and in which this person decided at the same place, too."""
    imported: int = 0
    """Decisions that this person imported and of which nobody told who took them."""

    @property
    def is_refused(self) -> bool:
        """True when no reason helps."""
        return self.own > 0

    @property
    def warnings(self) -> tuple[str, ...]:
        """What needs a word on why the audit is independent all the same; empty when nothing does."""
        found = [text("They decided at this place in the role {role}, too.", role=role) for role in self.roles]
        if self.imported:
            found.append(
                plural(
                    "They imported {n} decision of which it is not told who took it.",
                    "They imported {n} decisions of which it is not told who took them.",
                    self.imported,
                )
            )
        return tuple(found)


def took(decision: Decision, entries: Collection[Uid]) -> bool:
    """Whether a person took a decision: the decider, or whoever wrote it down when nothing else is told.

    Args:
        decision: that is asked about.
        entries: all under which the person is known (`gemba.store.same_people.entries_of`).
    """
    if decision.decider is not None:
        return decision.decider in entries
    return decision.person in entries and not decision.source


def doubts(reader: Reader, auditor: Uid, decisions: Iterable[Decision]) -> Doubts:
    """What speaks against an auditor of these decisions.

    Args:
        reader: of the store.
        auditor: uid of the person.
        decisions: that would be judged.
    """
    asked, entries = list(decisions), entries_of(reader, auditor)
    held = {place: own_decisions.roles_at(reader, auditor, place) for place in {one.place for one in asked}}
    own = frozenset(one.uid for one in asked if took(one, entries))
    same = {one.role for one in asked if one.uid not in own and one.role in held[one.place]}
    imported = sum(one.decider is None and one.person in entries and bool(one.source) for one in asked)
    return Doubts(auditor, len(own), own, tuple(sorted(same - {""})), imported)


def doubts_at(reader: Reader, auditor: Uid, place: Uid, begins: date, ends: date) -> Doubts:
    """What speaks against an auditor of all decisions of a place and below it in a period, both days included."""
    own = own_decisions.taken_at(reader, auditor, place, begins, ends)
    same = own_decisions.roles_at(reader, auditor, place) & own_decisions.roles_decided(reader, place, begins, ends)
    imported = own_decisions.imported_at(reader, auditor, place, begins, ends)
    return Doubts(auditor, own, roles=tuple(sorted(same - {""})), imported=imported)


def demand_independent(found: Doubts, because: str, *, name: str, place: str) -> None:
    """Refuse an auditor who took decisions of the audit, or of whom there are doubts that nobody answered.

    Args:
        found: what speaks against the auditor.
        because: what keeps the audit independent all the same.
        name: of the auditor, for the sentence.
        place: whose decisions are audited, for the sentence.

    Raises:
        Refusal: `work.audits_own` or `work.independence_in_doubt`.
    """
    if found.is_refused:
        raise Refusal("work.audits_own", name=name, count=found.own, place=place)
    if found.warnings and not because.strip():
        raise Refusal("work.independence_in_doubt", name=name, why=" ".join(found.warnings))


def demand_of_audit(reader: Reader, auditor: Uid, place: Uid, days: tuple[date, date], because: str) -> None:
    """Refuse an auditor of a place's decisions of a period, as `demand_independent` does.

    Raises:
        Refusal: `work.unknown_record`, `work.auditor_left`, `work.auditor_gone`, `work.audits_own` or
            `work.independence_in_doubt`.
    """
    person, where = known(reader, Person, auditor), known(reader, Place, place)
    if not person.name.strip():
        raise Refusal("work.auditor_left", uid=auditor)
    if person.left_on is not None and person.left_on <= reader.clock().date():
        raise Refusal("work.auditor_gone", name=person.name, day=person.left_on.isoformat())
    demand_independent(doubts_at(reader, auditor, place, *days), because, name=person.name, place=where.name)
