"""How far the own journal has come with each assessment, so that custody is read off one column."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, select, update

from gemba.store.heads import Subject
from gemba.store.tables import REFERENCES, TABLES, assessment

OF_ASSESSMENT = tuple(noun for noun, fields in REFERENCES.items() if "assessment" in fields)
"""Nouns whose records belong to an assessment."""


def mark(connection: Connection, records: Collection[Subject], position: int) -> None:
    """Note that own operations up to `position` concern the assessments of these records."""
    concerned = {uid for noun, uid in records if noun == "assessment"}
    for noun in OF_ASSESSMENT:
        table = TABLES[noun]
        uids = [uid for of, uid in records if of == noun]
        for start in range(0, len(uids), 500):
            some = table.c.uid.in_(uids[start : start + 500])
            concerned.update(connection.scalars(select(table.c.assessment).where(some)))
    for uid in sorted(concerned):
        connection.execute(update(assessment).where(assessment.c.uid == uid).values(touched=position))
