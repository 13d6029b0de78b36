"""The hybrid logical clock that orders what is shown first: milliseconds and a counter, never going backwards.

Clocks decide nothing that matters: which edit had seen which is kept as parents. Kulkarni et al., "Logical Physical
Clocks" (2014).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = 86_400_000

START = "000000000000-0000"


def tick(last: str, now: datetime) -> str:
    """The next reading after `last` when the wall clock says `now` (aware)."""
    before, counter = _split(last)
    wall = _milliseconds(now)
    if wall > before:
        return _join(wall, 0)
    return _join(before, counter + 1) if counter < 0xFFFF else _join(before + 1, 0)


def closed(last: str) -> str:
    """The last reading of the same millisecond, so that the next has one of its own.

    Each transaction begins like that: what was written in one go can be told by its millisecond, whatever clocks say.
    """
    return _join(_split(last)[0], 0xFFFF)


def adopt(last: str, foreign: str, now: datetime) -> str:
    """The later of both readings, unless the foreign clock runs more than a day ahead of `now`."""
    wild = _split(foreign)[0] > _milliseconds(now) + _DAY
    return last if wild else max(last, foreign)


def moment_of(reading: str) -> datetime:
    """What the wall clock of a reading said, in UTC."""
    return _EPOCH + timedelta(milliseconds=_split(reading)[0])


def _milliseconds(moment: datetime) -> int:
    return max(0, (moment - _EPOCH) // timedelta(milliseconds=1))


def _split(reading: str) -> tuple[int, int]:
    wall, _, counter = reading.partition("-")
    return int(wall, 16), int(counter, 16)


def _join(wall: int, counter: int) -> str:
    return f"{wall:012x}-{counter:04x}"
