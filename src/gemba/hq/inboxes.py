"""Open the inboxes that somebody named."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gemba.hq.inbox import FolderInbox, Inbox
from gemba.work.desk import Desk


def open_inboxes(desk: Desk, names: Sequence[str], down: Path | None) -> list[Inbox]:
    """Open inboxes by their names.

    Args:
        desk: at headquarters.
        names: folders, names of carriers, or addresses (`sftp://…`).
        down: where receipts go; `down/` in each inbox when none is named.
    """
    del desk
    return [FolderInbox(Path(name), down) for name in names]
