"""Open actions of one owner, by the index of owners. The read side."""

from __future__ import annotations

from sqlalchemy import func, select

from gemba.domain.actions import Action, ActionState
from gemba.domain.people import plain_name
from gemba.store.list_filters import unindexed
from gemba.store.reading import Reader
from gemba.store.tables import action


def open_of(reader: Reader, *names: str) -> list[Action]:
    """Open actions of an owner, in the order in which they came.

    Args:
        reader: of the store.
        names: by which the owner is known, or a role; however they are spelled on an action.
    """
    meant = {plain_name(one) for one in names}
    spelled = [one for one in _owners(reader) if plain_name(one) in meant]
    # Every fifth action is open and hardly one in a hundred is of one owner: SQLite does not know, and would read both.
    asked = select(action.c.uid).where(action.c.owner.in_(spelled), unindexed(action.c.state) == ActionState.OPEN.value)
    return list(reader.many(Action, list(reader.connection.scalars(asked.order_by(action.c.id)))))


def _owners(reader: Reader) -> list[str]:
    """Each owner once: by leaps through the index, for there are a few hundred of a hundred thousand actions."""
    leap = select(func.min(action.c.owner).label("owner")).cte("leap", recursive=True)
    following = select(func.min(action.c.owner)).where(action.c.owner > leap.c.owner).scalar_subquery()
    leap = leap.union_all(select(following).where(leap.c.owner.is_not(None)))
    return [one for one in reader.connection.scalars(select(leap.c.owner)) if one]
