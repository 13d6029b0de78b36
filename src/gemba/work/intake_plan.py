"""What somebody decided on how a file is imported."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class UnknownPlace(StrEnum):
    """What becomes of a row that names a place that is not here."""

    REFUSE = "refuse"
    MAKE = "make"
    EMPTY = "empty"


class UnknownCode(StrEnum):
    """What becomes of a row with a code that is in no vocabulary."""

    REFUSE = "refuse"
    ADD = "add"
    MORE = "more"


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """How the records of a file become complaints."""

    source: str
    """Name of the system or post that the file comes from."""
    mapping: dict[str, str]
    """Field by column; one of them is `key`."""
    date_order: str = "dmy"
    zone: str = "UTC"
    """IANA zone of moments that say none."""
    unknown_places: UnknownPlace = UnknownPlace.REFUSE
    unknown_codes: UnknownCode = UnknownCode.REFUSE
    rest: bool = False
    """Keep the columns that stand for nothing, under their titles."""
