"""Which operations are the heads of a field: those that no other operation on the field has seen. Pure.

The heads are a function of the set of operations, whatever the order in which they came; set union is commutative,
associative and idempotent, and that is the whole proof that stores converge.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from gemba.domain.record import Uid

Subject = tuple[str, Uid]
"""A record as noun and uid: should two nouns use one uid, they have nothing to do with each other."""

Heads = dict[str, set[Uid]]
"""Of one record: for each field the ids of its heads. Fields may share a set: it is replaced, and never changed."""


class Stated(msgspec.Struct, frozen=True):
    """What an operation states about one record, as far as heads are concerned."""

    uid: Uid
    fields: tuple[str, ...]
    parents: tuple[Uid, ...]


def add(heads: Heads, new: Stated, children: Iterable[Stated] = ()) -> None:
    """Let one more operation take part.

    Args:
        heads: the record's heads so far; changed in place.
        new: the operation.
        children: operations that came earlier and name `new` as a parent. They exist only when operations arrive out
            of order.
    """
    seen_by = {field for child in children for field in child.fields}
    for field in new.fields:
        current = set(heads.get(field, ()))
        current.difference_update(new.parents)
        if field not in seen_by:
            current.add(new.uid)
        heads[field] = current


def from_scratch(operations: Iterable[Stated]) -> Heads:
    """The heads of one record by the definition, from all of its operations; what `add` arrives at step by step."""
    stated = list(operations)
    seen = {(parent, field) for one in stated for parent in one.parents for field in one.fields}
    heads: Heads = {}
    for one in stated:
        for field in one.fields:
            current = heads.setdefault(field, set())
            if (one.uid, field) not in seen:
                current.add(one.uid)
    return heads


def shown(heads: Iterable[Uid], clocks: Mapping[Uid, str]) -> Uid:
    """The head that is shown first: the one with the latest clock. The others stay, as a conflict."""
    return max(heads, key=lambda uid: (clocks[uid], uid))


def shown_verdict(devices: Mapping[Uid, str], giver: str) -> Uid:
    """The head of a verdict that is shown until a person settles it; no clock has part in this.

    Args:
        devices: the heads, each with the device that signed it.
        giver: the device that gave birth to the record. If none of the heads is its, or several are, a lot decides.
    """
    own = [uid for uid, device in devices.items() if device == giver]
    return min(own or devices, key=lot)


def lot(uid: Uid) -> tuple[str, Uid]:
    """Puts ids in an order that has nothing to do with time: by their last twelve digits, which are chance."""
    return uid[-12:], uid
