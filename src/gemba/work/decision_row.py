"""From the cells of a record to the fields of a decision."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

import msgspec

from gemba.domain.decisions import LARGEST_AMOUNT
from gemba.work.decision_fields import JOINED, YES_NO, meant
from gemba.work.intake_dates import DateOrder, parse
from gemba.work.intake_guess import is_nothing
from gemba.work.intake_names import Codes, Places, Unfit
from gemba.work.intake_plan import UnknownPlace
from gemba.work.intake_records import LONGEST_CELL

_LONGEST_KEY = 200
_MOST = 2**31 - 1
_REMEMBERED = 20_000
_AMOUNT = re.compile(r"([^\d\s.,'+-]*)\s*([+-]?[\d.,'\u00a0\u202f ]*\d)\s*([^\d\s][^\d]*)?$")
_CURRENCIES = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY"}
_BETWEEN = str.maketrans("", "", "'\u00a0\u202f ")


class UnknownGoal(StrEnum):
    """What becomes of a row that names a commitment that is not here, or did not hold then and there."""

    REFUSE = "refuse"
    EMPTY = "empty"


class DecisionPlan(msgspec.Struct, frozen=True, kw_only=True):
    """How the records of a file become decisions."""

    source: str
    """Name of the system or log that the file comes from; with the key it tells decisions apart."""
    mapping: dict[str, str]
    """Field by column; one of them is `key`."""
    date_order: str = "dmy"
    unknown_places: UnknownPlace = UnknownPlace.REFUSE
    unknown_goals: UnknownGoal = UnknownGoal.REFUSE
    place: str = ""
    """Uid of the place of records that name none; empty to refuse them."""
    role: str = ""
    """Role of records that name none."""
    unit: str = ""
    """Unit of amounts that say none."""


class DecisionRows:
    """Makes the fields of a decision from the cells of a record.

    Args:
        columns: titles, in order.
        plan: what they stand for.
        places: finds places.
        segments: finds codes of segments.
        latest: the last day that a decision may be of.
        decimal: mark of numbers.
    """

    def __init__(
        self,
        columns: Sequence[str],
        plan: DecisionPlan,
        places: Places,
        segments: Codes,
        latest: date,
        decimal: str,
    ) -> None:
        self._columns, self._plan, self._latest, self._decimal = columns, plan, latest, decimal
        self._order = DateOrder(plan.date_order)
        self._places: dict[str, str | None] = {}
        self._place_of, self._segment_of = places, segments
        self._days: dict[str, date] = {}
        self._at: dict[str, list[int]] = {}
        for at, title in enumerate(columns):
            if field := plan.mapping.get(title, ""):
                self._at.setdefault(field, []).append(at)
        self.fields = tuple(self._at)
        """What the file says of a decision."""
        self._make: Mapping[str, Callable[[str], Any]] = {
            "key": _key,
            "decided_on": self._decided_on,
            "expires": self._day,
            "place": self._place,
            "role": lambda cell: _words(cell) or self._plan.role,
            "amount": lambda cell: cell.strip(),
            "customers": self._customers,
            "segment": self._segment,
            **dict.fromkeys(YES_NO, _yes),
            **dict.fromkeys(("title", "scenario", "unit", "goal", "exception"), _words),
            **dict.fromkeys(("why", "effect"), _text),
        }

    def convert(self, cells: Sequence[str]) -> dict[str, Any]:
        """What the record says, by field; goal and exception are as they were written.

        Raises:
            Unfit: a cell holds what its field cannot, or something needed is missing.
        """
        said: dict[str, Any] = {"place": self._plan.place or None, "role": self._plan.role}
        for field, places in self._at.items():
            cell = cells[places[0]]
            if len(places) > 1 and field in JOINED:
                cell = "\n".join(one for at in places if (one := cells[at].strip()))
            try:
                said[field] = self._make[field]("" if is_nothing(cell) else cell)
            except Unfit as unfit:
                raise Unfit(unfit.code, unfit.value or cell[:100], self._columns[places[0]]) from None
        self._demand_whole(said)
        return said

    def _demand_whole(self, said: dict[str, Any]) -> None:
        for field in ("title", "place", "role"):
            if not said.get(field):
                raise Unfit(f"no_{field}", "", self._title_of(field))
        if said.get("amount") is not None:
            said["amount"], unit = self._amount(said["amount"])
            said["unit"] = said.get("unit") or unit or (self._plan.unit if said["amount"] is not None else "")
        if said.get("expires") is not None and said["expires"] < said["decided_on"]:
            raise Unfit("expires_before", said["expires"].isoformat(), self._title_of("expires"))

    def _title_of(self, field: str) -> str:
        places = self._at.get(field)
        return self._columns[places[0]] if places else field

    def _amount(self, cell: str) -> tuple[float | None, str]:
        if not cell:
            return None, ""
        match = _AMOUNT.match(cell)
        if match is None:
            raise Unfit("amount", cell, self._title_of("amount"))
        other, said = "." if self._decimal == "," else ",", match[2].translate(_BETWEEN)
        try:
            if self._decimal in said and said.rfind(other) > said.rfind(self._decimal):
                raise ValueError(said)  # noqa: TRY301 - written the other way round: as any other that is no amount
            number = float(said.replace(other, "").replace(self._decimal, "."))
        except ValueError:
            raise Unfit("amount", cell, self._title_of("amount")) from None
        if not number <= LARGEST_AMOUNT:
            raise Unfit("amount", cell, self._title_of("amount"))
        if number < 0:
            raise Unfit("negative", cell, self._title_of("amount"))
        unit = " ".join((match[1] or match[3] or "").split())
        return number, _CURRENCIES.get(unit, unit)

    def _decided_on(self, cell: str) -> date:
        day = self._day(cell)
        if day is None:
            raise Unfit("no_day")
        if day > self._latest:
            raise Unfit("ahead_day", day.isoformat())
        return day

    def _day(self, cell: str) -> date | None:
        if not cell:
            return None
        if cell not in self._days:
            read = parse(cell.strip(), self._order)
            if read is None:
                raise Unfit("date")
            if len(self._days) > _REMEMBERED:
                self._days.clear()
            self._days[cell] = read.day
        return self._days[cell]

    def _place(self, cell: str) -> str | None:
        if cell not in self._places:
            found = self._place_of(cell)
            self._places[cell] = found or self._plan.place or None
        return self._places[cell]

    def _segment(self, cell: str) -> str:
        return self._segment_of(cell) or ""

    def _customers(self, cell: str) -> int | None:
        if not cell:
            return None
        other = "." if self._decimal == "," else ","
        try:
            number = float(cell.translate(_BETWEEN).replace(other, "").replace(self._decimal, "."))
        except ValueError:
            raise Unfit("number") from None
        if number < 0:
            raise Unfit("negative")
        if not number.is_integer() or number > _MOST:
            raise Unfit("number")
        return int(number)


def _key(cell: str) -> str:
    key = cell.strip()
    if not key:
        raise Unfit("no_key")
    if len(key) > _LONGEST_KEY:
        raise Unfit("long_key")
    return key


def _words(cell: str) -> str:
    return " ".join(_text(cell).split())


def _text(cell: str) -> str:
    if len(cell) > LONGEST_CELL:
        raise Unfit("long_cell", f"{len(cell):,}")
    return cell.replace("\0", " ").strip()


def _yes(cell: str) -> bool:
    if not cell:
        return False
    found = meant("", cell)
    if found is None:
        raise Unfit("unknown_word")
    return found == "yes"
