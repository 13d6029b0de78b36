"""Open the inboxes that somebody named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from gemba.carriers.place import Place, open_place
from gemba.hq.inbox import DOWN, FolderInbox, Inbox
from gemba.hq.place_inbox import PlaceInbox
from gemba.work.carriers import carriers, open_carrier
from gemba.work.desk import Desk


def open_inboxes(desk: Desk, names: Sequence[str], down: Path | None) -> list[Inbox]:
    """Open inboxes by their names.

    Args:
        desk: at headquarters.
        names: folders, names of carriers that were added at headquarters, or addresses (`sftp://…`).
        down: where receipts go; `down/` in each inbox when none is named.

    Raises:
        Refusal: an address is none.
    """
    found: list[Inbox] = []
    known = {carrier.name: carrier for carrier in carriers(desk)}
    for name in names:
        if name in known:
            found.append(PlaceInbox(desk, name, partial(open_carrier, desk, known[name]), down))
        elif "://" in name:
            found.append(PlaceInbox(desk, name, _by_address(name), down))
        else:
            folder = Path(name).absolute()
            parcels = PlaceInbox(desk, str(folder), _by_address(str(folder)), down or folder / DOWN, plain=False)
            found += [FolderInbox(folder, down), parcels]
    return found


def _by_address(address: str) -> Callable[[], Place]:
    return lambda: open_place(address)
