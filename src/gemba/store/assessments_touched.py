"""How far the own journal has come with each assessment, so that custody is read off one column."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, bindparam, exists, select, update

from gemba.domain.record import Uid
from gemba.store.heads import Subject
from gemba.store.journal_tables import operation
from gemba.store.tables import REFERENCES, TABLES, assessment

_OWNERS = {
    noun: select(TABLES[noun].c.assessment)
    .where(TABLES[noun].c.uid.in_(bindparam("uids", expanding=True)))
    .where(TABLES[noun].c.assessment.is_not(None))
    for noun, fields in REFERENCES.items()
    if "assessment" in fields
}
"""Of each noun whose records belong to an assessment: the question for the assessments of some."""
ANOTHERS = -1
"""Stands for a position: nothing of an assessment was recorded here, and another laptop brought what was new in it."""
_MARK = update(assessment).where(assessment.c.uid == bindparam("of")).values(touched=bindparam("position"))


def may_concern(noun: str) -> bool:
    """Whether records of a noun belong to assessments."""
    return noun == "assessment" or noun in _OWNERS


def mark(connection: Connection, records: Collection[Subject], position: int) -> None:
    """Note that own operations up to `position` concern the assessments of these records."""
    concerned = assessments_of(connection, records)
    if concerned:
        connection.execute(_MARK, [{"of": uid, "position": position} for uid in sorted(concerned)])


def mark_anothers(connection: Connection, records: Collection[Subject]) -> None:
    """Note that another laptop brought these records, where nothing of their assessments was recorded here."""
    concerned = sorted(assessments_of(connection, records))
    if concerned:
        nothing_own = _MARK.where(assessment.c.touched == 0)
        connection.execute(nothing_own, [{"of": uid, "position": ANOTHERS} for uid in concerned])


def mark_anothers_held(connection: Connection, device: str) -> None:
    """Note that headquarters has signed for all that a device handed over to this laptop."""
    about = exists().where(operation.c.entity == assessment.c.uid, operation.c.device == device)
    connection.execute(update(assessment).where(assessment.c.touched == ANOTHERS, about).values(touched=0))


def assessments_of(connection: Connection, records: Collection[Subject]) -> set[Uid]:
    """The assessments that these records belong to, or are."""
    found = {uid for noun, uid in records if noun == "assessment"}
    for noun in {noun for noun, _ in records} & _OWNERS.keys():
        uids = [uid for of, uid in records if of == noun]
        for start in range(0, len(uids), 500):
            found.update(connection.scalars(_OWNERS[noun], {"uids": uids[start : start + 500]}))
    return found
