"""What an audit lacks before its report is issued: errors that block, warnings that need a word, hints."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum

import msgspec

from gemba.domain.record import Uid
from gemba.work import release_faults, release_remarks
from gemba.work.audit_scene import AuditScene
from gemba.work.desk import Desk
from gemba.work.release_told import Remark, Weight

_CHECKS: tuple[Callable[[AuditScene], Iterator[Remark]], ...] = (*release_faults.ALL, *release_remarks.ALL)


class Need(StrEnum):
    """How far an audit is from its report."""

    BLOCKED = "blocked"
    WORDS = "words"
    READY = "ready"


class ReleaseCheck(msgspec.Struct, frozen=True):
    """Everything that was found, what blocks first."""

    remarks: tuple[Remark, ...]

    def of(self, weight: Weight) -> tuple[Remark, ...]:
        """Those of one weight."""
        return tuple(one for one in self.remarks if one.weight is weight)

    @property
    def need(self) -> Need:
        """Whether it can be concluded, with words on the warnings or without."""
        if self.of(Weight.ERROR):
            return Need.BLOCKED
        return Need.WORDS if self.of(Weight.WARNING) else Need.READY


def release_check(desk: Desk, audit: Uid) -> ReleaseCheck:
    """What stands in the way of an audit's report, or should be known before it is issued.

    Raises:
        Refusal: the audit is unknown.
    """
    with desk.reader() as reader:
        return check_of(AuditScene(desk, reader, audit))


def check_of(scene: AuditScene) -> ReleaseCheck:
    """The same of an audit that is read already."""
    found = [remark for check in _CHECKS for remark in check(scene)]
    order = list(Weight)
    return ReleaseCheck(tuple(sorted(found, key=lambda one: order.index(one.weight))))
