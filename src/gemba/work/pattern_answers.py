"""How many patterns answer what a finding, a cluster of complaints or a cause analysis is about."""

from __future__ import annotations

import msgspec

from gemba.domain.record import Uid
from gemba.work.desk import Desk
from gemba.work.pattern_search import Asked, solved

_MOST = 20


class Codes(msgspec.Struct, frozen=True):
    """What is looked at."""

    step: str = ""
    cause: str = ""
    place: Uid = ""


def answers_to(desk: Desk, codes: Codes) -> int:
    """How many patterns of the same step or cause there are whose proof stands."""
    if not (codes.step or codes.cause):
        return 0
    found = solved(desk, Asked(step=codes.step, cause=codes.cause, place=codes.place or None), most=_MOST)
    return sum(not one.warning for one in found)
