"""A pack's stretch of the journal must be the one that its description tells: nothing left out, nothing of others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gemba.errors import Refusal
from gemba.packs.facts import PackFacts
from gemba.store.operations import Operation


def is_stretch(facts: PackFacts) -> bool:
    """True when a pack says that it brings a stretch of its sender's own journal; a selection may hold anybody's."""
    return facts.first_seq <= facts.last_seq


def whole_stretch(operations: Iterable[Operation], facts: PackFacts) -> Iterator[Operation]:
    """The same operations, as they come; those of a selection, which claims no stretch, are let through.

    A number that comes twice running is a fork (a disk was copied): it is kept and told elsewhere.

    Args:
        operations: of a pack.
        facts: what the pack says of itself.

    Raises:
        Refusal: `hq.other_stretch` at the first operation of another device, epoch or number than was said, or at the
            end when some are not there.
    """
    if not is_stretch(facts):
        yield from operations
        return
    at, device, epoch = facts.first_seq - 1, facts.device_id, facts.epoch
    for one in operations:
        header = one.header
        is_next = header.seq == at + 1 or (header.seq == at and at >= facts.first_seq)
        if not is_next or header.device != device or header.epoch != epoch:
            raise _refused(facts)
        at = header.seq
        yield one
    if at != facts.last_seq:
        raise _refused(facts)


def _refused(facts: PackFacts) -> Refusal:
    return Refusal("hq.other_stretch", first=facts.first_seq, last=facts.last_seq)
