"""When records were last changed, and how often: asked for many at once. The read side."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select

from gemba.domain.record import Uid
from gemba.store.hlc import moment_of
from gemba.store.journal_tables import operation
from gemba.store.reading import Reader

_AT_ONCE = 500


def versions(reader: Reader, uids: Iterable[Uid]) -> dict[Uid, tuple[datetime, int]]:
    """By uid the moment of the last operation on a record, and how many changed it after the first.

    The same on every laptop that has the same operations; what was imported and never changed is not there.
    """
    wanted, found = sorted(set(uids)), {}
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        of = operation.c
        asked = select(of.entity, func.max(of.hlc), func.count()).where(of.entity.in_(some)).group_by(of.entity)
        for uid, last, count in reader.connection.execute(asked):
            found[uid] = (moment_of(last), count - 1)
    return found
