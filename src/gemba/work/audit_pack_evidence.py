"""Gather the evidence of an audit pack: copies in the order of their weight, as long as there is room."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from gemba.domain.evidence import Evidence
from gemba.domain.record import Uid
from gemba.errors import GembaError
from gemba.packs.audit_pack_spool import Spool, Waiting
from gemba.store.mark_shapes import is_redaction
from gemba.work.audit_pack_choice import Resolution
from gemba.work.audit_pack_copies import copy_at, ending_of, picture_of
from gemba.work.audit_pack_statement import Absent, Account
from gemba.work.audit_pack_survey import Piece, Step, Survey, ending
from gemba.work.desk import Desk

_PATIENCE = 20
"""Pieces in a row for which there was no room, after which no more are tried."""

_REASONS = {"store.evidence_missing": "missing", "store.evidence_damaged": "damaged"}


class Gathered(msgspec.Struct, frozen=True):
    """What was gathered."""

    desk: Desk
    spool: Spool
    resolution: Resolution
    erased: frozenset[str]
    names: dict[Uid, str]
    """What each piece is called, in the pack or not."""
    files: dict[str, Waiting]
    """Those that are in the pack, by name."""
    reasons: dict[Uid, str]
    """Why the others are not."""

    def picture(self, item: Evidence) -> bytes | None:
        """What the report shows of a piece; `None` when it is no picture or must not be shown."""
        if not item.width or is_erased(item, self.erased):
            return None
        one = self.files.get(self.names.get(item.uid, ""))
        if self.resolution is Resolution.SMALL and one is not None and self.names[item.uid].endswith(".jpg"):
            return b"".join(self.spool.read(one))
        try:
            return picture_of(self.desk, item)
        except GembaError:
            return None


def gather(desk: Desk, found: Survey, account: Account, spool: Spool, allowance: int, step: Step) -> Gathered:
    """Copy the evidence into the spool, that of the gravest findings first.

    Args:
        desk: of the store.
        found: what was chosen.
        account: takes note of what is there and what is not.
        spool: where the copies wait.
        allowance: bytes that they may have together.
        step: told how far it is.
    """
    pieces = found.pieces
    names = {piece.item.uid: piece.name + ending(piece.item, account.resolution) for piece in pieces}
    gathered = Gathered(desk, spool, account.resolution, found.erased, names, {}, {})
    left, refused = allowance, 0
    for done, piece in enumerate(sorted(pieces, key=lambda one: (one.weight, one.name))):
        step("evidence", done, len(pieces))
        reason, one = ("over_budget", None) if refused >= _PATIENCE else _copied(desk, piece, gathered)
        if one is not None and one.size > left:
            spool.drop(one)
            reason, one, refused = "over_budget", None, refused + 1
        if one is None:
            gathered.reasons[piece.item.uid] = reason
            continue
        refused = 0
        left -= one.size
        if piece.item.width:
            names[piece.item.uid] = piece.name + ending_of(next(spool.read(one)))
        gathered.files[names[piece.item.uid]] = one
        account.redacted += any(is_redaction(mark) for mark in piece.item.marks)
    step("evidence", len(pieces), len(pieces))
    _account(account, pieces, gathered.names, gathered.reasons)
    account.evidence = len(gathered.files)
    account.evidence_bytes = allowance - left
    return gathered


def is_erased(item: Evidence, erased: frozenset[str]) -> bool:
    """True when a piece was erased, or its content was with another."""
    return item.uid in erased or item.sha256 in erased


def _copied(desk: Desk, piece: Piece, gathered: Gathered) -> tuple[str, Waiting | None]:
    """The copy, or why there is none."""
    if is_erased(piece.item, gathered.erased):
        return "erased", None
    start = gathered.spool.size
    try:
        return "", gathered.spool.add(copy_at(desk, piece.item, gathered.resolution))
    except GembaError as error:
        if error.code.startswith("packs."):  # the disk, not the evidence
            raise
        gathered.spool.size = start
        return _REASONS.get(error.code, "unreadable"), None


def _account(account: Account, pieces: list[Piece], names: Mapping[Uid, str], reasons: Mapping[Uid, str]) -> None:
    account.absent += [
        Absent("evidence", names[piece.item.uid], reasons[piece.item.uid])
        for piece in pieces
        if piece.item.uid in reasons
    ]
