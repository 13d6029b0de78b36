"""Take packs in, one after the other, and check their changes' signatures; one that is refused stops no other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from gemba.domain.change import Change
from gemba.errors import GembaError
from gemba.hq import intake
from gemba.hq.intake import SignedFor
from gemba.hq.proving import Unsigned, prove
from gemba.wording import plural, sentence, text
from gemba.work.desk import Desk

Step = Callable[[int, int, str], None]
"""Told how many of how many packs are done, and the name of the next; may raise to stop before it."""


class Taking(msgspec.Struct, frozen=True):
    """What came of several packs."""

    taken: tuple[SignedFor, ...]
    refused: tuple[tuple[str, str], ...]
    """Name of each file that was not taken in, and why."""
    unsigned: tuple[Unsigned, ...] = ()
    """Changes, of these packs or of earlier ones, that were now found without their laptop's signature."""
    change: Change = Change(topics=frozenset({"pack", "assessment", "finding", "action", "answer", "evidence"}))

    @property
    def words(self) -> str:
        """What came of it, for a person."""
        new = sum(one.new for one in self.taken)
        again = len(self.taken) - new
        said = text("No pack was taken in.")
        if new:
            said = plural("{n} pack was taken in.", "{n} packs were taken in.", new)
            if again:
                said += " " + plural("{n} was here already.", "{n} were here already.", again)
        elif again:
            said = plural(
                "Nothing is new: {n} pack was here already.", "Nothing is new: {n} packs were here already.", again
            )
        receipts = {str(one.receipt.parent) for one in self.taken}
        if len(receipts) == 1:
            said += " " + text("The receipts are in {folder}.", folder=receipts.pop())
        unsigned = [one.words for one in self.unsigned]
        return "\n".join([said, *unsigned, *(f"{name}: {why}" for name, why in self.refused)])


def take_in_one(desk: Desk, file: Path, out: Path) -> SignedFor:
    """Take a pack in and check the signatures of its changes; see `intake.take_in`."""
    signed = intake.take_in(desk, file, out)
    found = _unsigned(desk)
    own = tuple(one.operation for one in found if one.pack == signed.pack)
    words = "\n".join([signed.words, *(one.words for one in found)])
    return msgspec.structs.replace(signed, words=words, unsigned=own)


def take_in_all(desk: Desk, files: Sequence[Path], out: Path | None = None, progress: Step | None = None) -> Taking:
    """Take these packs in.

    Args:
        desk: at headquarters.
        files: the packs.
        out: folder for the receipts; beside each pack when none is named.
        progress: told of each step.
    """
    taken: list[SignedFor] = []
    refused: list[tuple[str, str]] = []
    for place, file in enumerate(files):
        if progress is not None:
            progress(place, len(files), file.name)
        try:
            taken.append(intake.take_in(desk, file, out or file.parent))
        except GembaError as error:
            refused.append((file.name, sentence(error)))
    return Taking(tuple(taken), tuple(refused), _unsigned(desk))


def _unsigned(desk: Desk) -> tuple[Unsigned, ...]:
    """What is found now; what cannot be looked at now is noted, and looked at another time."""
    with suppress(GembaError):
        return prove(desk).unsigned
    return ()
