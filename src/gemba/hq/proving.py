"""Check, once there is time, the signature of each operation that was taken in on the signature of its pack."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import msgspec

from gemba.errors import Trouble
from gemba.hq.intake import demand_headquarters
from gemba.hq.patience import patiently
from gemba.store import proofs
from gemba.store.proofs import ToProve
from gemba.wording import sentence
from gemba.work.desk import Desk

_AT_ONCE = 20
"""Packs between two notes of what came of it: a second or two of work, which whoever is ended loses."""


class Unsigned(msgspec.Struct, frozen=True):
    """A change that came in a pack which its laptop signed, and that the laptop did not sign itself."""

    pack: str
    """SHA-256 of the sealed file."""
    device: str
    operation: str

    @property
    def trouble(self) -> Trouble:
        """The same as what went wrong, with the way out."""
        return Trouble("hq.unsigned_change", operation=self.operation, pack=self.pack, device=self.device)

    @property
    def words(self) -> str:
        """What to do about it, for a person."""
        return sentence(self.trouble)


class Proven(msgspec.Struct, frozen=True):
    """What came of checking."""

    packs: int
    operations: int
    unsigned: tuple[Unsigned, ...]
    left: int
    """Packs that nobody has looked at still."""


def prove(desk: Desk, *, most: int | None = None, stop: Callable[[], bool] = lambda: False) -> Proven:
    """Check packs that wait for it, the oldest first. Several programs may do so at a time; nothing comes of it twice.

    Args:
        desk: at headquarters.
        most: packs after which to stop.
        stop: asked now and then; what was found by then is kept.

    Raises:
        Refusal: `hq.not_headquarters`.
        Trouble: the store cannot be written.
    """
    demand_headquarters(desk)
    packs, operations, unsigned = 0, 0, list[Unsigned]()
    while not stop() and (most is None or packs < most):
        with desk.reader() as reader:
            some = proofs.waiting(reader, _AT_ONCE if most is None else min(_AT_ONCE, most - packs))
            found = [(one, *proofs.unsigned_in(reader, one)) for one in some]
        if not found:
            break
        patiently(partial(_keep, desk, [(one.pack, operation) for one, operation, _ in found]))
        packs += len(found)
        operations += sum(looked_at for _, _, looked_at in found)
        unsigned += [_unsigned(one, operation) for one, operation, _ in found if operation is not None]
    with desk.reader() as reader:
        left = proofs.count(reader)
    return Proven(packs, operations, tuple(unsigned), left)


def unsigned_in(desk: Desk) -> tuple[Unsigned, ...]:
    """The changes that were found without their laptop's signature, by laptop."""
    with desk.reader() as reader:
        return tuple(_unsigned(one, one.operation) for one in proofs.unsigned(reader) if one.operation is not None)


def _keep(desk: Desk, found: list[tuple[str, str | None]]) -> None:
    with desk.unit() as unit:
        proofs.settle(unit, found)


def _unsigned(one: ToProve, operation: str) -> Unsigned:
    return Unsigned(one.pack, one.device, operation)
