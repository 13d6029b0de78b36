"""How far the own journal has come with each assessment, so that custody is read off one column."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, bindparam, select, update

from gemba.store.heads import Subject
from gemba.store.tables import REFERENCES, TABLES, assessment

_OWNERS = {
    noun: select(TABLES[noun].c.assessment)
    .where(TABLES[noun].c.uid.in_(bindparam("uids", expanding=True)))
    .where(TABLES[noun].c.assessment.is_not(None))
    for noun, fields in REFERENCES.items()
    if "assessment" in fields
}
"""Of each noun whose records belong to an assessment: the question for the assessments of some."""
_MARK = update(assessment).where(assessment.c.uid == bindparam("of")).values(touched=bindparam("position"))


def may_concern(noun: str) -> bool:
    """Whether records of a noun belong to assessments."""
    return noun == "assessment" or noun in _OWNERS


def mark(connection: Connection, records: Collection[Subject], position: int) -> None:
    """Note that own operations up to `position` concern the assessments of these records."""
    concerned = {uid for noun, uid in records if noun == "assessment"}
    for noun in {noun for noun, _ in records} & _OWNERS.keys():
        uids = [uid for of, uid in records if of == noun]
        for start in range(0, len(uids), 500):
            concerned.update(connection.scalars(_OWNERS[noun], {"uids": uids[start : start + 500]}))
    if concerned:
        connection.execute(_MARK, [{"of": uid, "position": position} for uid in sorted(concerned)])
