"""Open actions of one owner, by the index of owners. The read side."""

from __future__ import annotations

from sqlalchemy import select

from gemba.domain.actions import Action, ActionState
from gemba.store.list_filters import unindexed
from gemba.store.reading import Reader
from gemba.store.tables import action


def open_of(reader: Reader, owner: str) -> list[Action]:
    """Open actions of an owner, in the order in which they came.

    Args:
        reader: of the store.
        owner: name or role, as it stands on an action.
    """
    # Every fifth action is open and hardly one in a hundred is of one owner: SQLite does not know, and would read both.
    asked = select(action.c.uid).where(action.c.owner == owner, unindexed(action.c.state) == ActionState.OPEN.value)
    return list(reader.many(Action, list(reader.connection.scalars(asked.order_by(action.c.id)))))
