"""The end of a transaction in which something was taken in or erased: complaints that came many at once are seen to."""

from __future__ import annotations

from collections.abc import Collection

from gemba.domain.record import Uid
from gemba.store.lot_erasing import Forgetting
from gemba.store.unit import Unit
from gemba.work.desk import Desk


def settle_lots(desk: Desk, unit: Unit, erased: Collection[Uid] = ()) -> None:
    """Lay lots whose file has arrived, and take the words of erased complaints out of the files of all lots.

    Args:
        desk: whose store it is.
        unit: the transaction.
        erased: complaints that were erased in it, besides those whose erasures it names itself.

    Raises:
        Trouble: a file cannot be written.
    """
    Forgetting(unit, desk.store.evidence, desk.ids, desk.person.uid).settle(erased)
