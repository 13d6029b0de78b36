"""Another headquarters comes into the place of one whose key is lost: nothing is held any more until it says so."""

from __future__ import annotations

from sqlalchemy import delete, update

from gemba.domain.assessments import Custody
from gemba.store import journal_tables as tables
from gemba.store.unit import Unit


def retire(unit: Unit, headquarters: str) -> None:
    """Believe a headquarters no more; what it signed for is to be sent again, to whoever has come in its place."""
    correspondent = tables.correspondent
    known = update(correspondent).where(correspondent.c.id == headquarters)
    unit.connection.execute(known.values(revoked=unit.clock(), revoked_after={}))
    unit.connection.execute(delete(tables.held))
    unit.connection.execute(update(tables.blob).values(held_at=None))
    held = update(tables.pack).where(tables.pack.c.state == Custody.HELD)
    unit.connection.execute(held.values(state=Custody.SENT, held_at=None))
