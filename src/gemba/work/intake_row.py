"""From the cells of a record to the fields of a complaint, spelled as lots spell them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from gemba.domain.nouns import PERSONAL_FIELDS
from gemba.domain.vocabularies import Facet
from gemba.work.intake_dates import DateOrder, Moments, spelled
from gemba.work.intake_due import Due
from gemba.work.intake_fields import CHOSEN, DAYS, FACETS, KEY, MOMENTS, MORE, NUMBERS, PLACE, meant
from gemba.work.intake_guess import is_nothing
from gemba.work.intake_names import Codes, Places, Unfit
from gemba.work.intake_plan import Plan
from gemba.work.intake_reading import ADDED
from gemba.work.intake_records import LONGEST_CELL

Values = list[Any]
_AHEAD = timedelta(days=1)
"""How far a clock elsewhere may be ahead of this one."""
_REMEMBERED = 50_000
_LONGEST_KEY = 200
PERSONAL = PERSONAL_FIELDS["complaint"]


class Converter:
    """Makes the fields of a complaint from the cells of a record.

    Args:
        columns: titles, in order.
        plan: what they stand for.
        places: finds places.
        codes: finds codes, by facet.
        due: tells until when an answer is due.
        now: the clock of this computer.
        decimal: mark of numbers.
    """

    def __init__(
        self,
        columns: Sequence[str],
        plan: Plan,
        places: Places,
        codes: Mapping[str, Codes],
        due: Due,
        now: datetime,
        decimal: str,
    ) -> None:
        self._columns, self._plan, self._places, self._codes = columns, plan, places, codes
        self._decimal = decimal
        self._latest = spelled(now + _AHEAD)
        self._moments = Moments(DateOrder(plan.date_order), ZoneInfo(plan.zone))
        self._due = due
        by_field: dict[str, list[int]] = {}
        for at, title in enumerate(columns):
            field = plan.mapping.get(title, "")
            if field:
                by_field.setdefault(field, []).append(at)
        self._more = by_field.pop(MORE, [])
        if plan.rest:
            self._more = sorted(
                {*self._more, *(at for at, one in enumerate(columns) if not plan.mapping.get(one) and one not in ADDED)}
            )
        keeps = bool(self._more) or any(field in FACETS for field in by_field)
        said = [KEY, *(field for field in by_field if field != KEY)]
        self._parts = [(by_field[field], field, self._maker(field)) for field in said]
        derived = ["state"] if "state" not in by_field else []
        self.fields = (*said, *derived, "due_at", *([MORE] if keeps else []))
        self._keeps, self._derives = keeps, bool(derived)
        self._at = {field: at for at, field in enumerate(self.fields)}

    def convert(self, cells: Sequence[str]) -> Values:
        """The values of `fields`.

        Raises:
            Unfit: one of them is nothing that its field can hold.
        """
        beside: dict[str, str] = {}
        values: Values = []
        for places, field, make in self._parts:
            cell = cells[places[0]]
            if len(places) > 1:
                between = " " if field == "received_at" else "\n"
                cell = between.join(one for at in places if (one := cells[at].strip()))
            try:
                made = make(cell)
            except Unfit as unfit:
                raise Unfit(unfit.code, unfit.value or cell[:100], self._columns[places[0]]) from None
            if made is None and field in FACETS:
                beside[self._columns[places[0]]] = cell
                made = ""
            values.append(made)
        self._complete(values)
        if self._keeps:
            beside |= {self._columns[at]: cells[at] for at in self._more if cells[at]}
            values.append(beside)
        return values

    def _complete(self, values: Values) -> None:
        """Add what follows from the rest: how far it is, until when an answer is due."""
        at = self._at
        closed = values[at["closed_at"]] if "closed_at" in at else None
        if self._derives:
            values.append("closed" if closed else "received")
        elif not values[at["state"]]:
            values[at["state"]] = "closed" if closed else "received"
        received = values[at["received_at"]]
        if received > self._latest:
            raise Unfit("ahead", received, self._columns[self._parts[at["received_at"]][0][0]])
        severity = values[at["severity"]] if "severity" in at else "medium"
        place = values[at[PLACE]] if PLACE in at else None
        values.append(self._due.at(severity, place, received))

    def _maker(self, field: str) -> Callable[[str], Any]:
        if field in FACETS:
            return self._remembering(field, self._codes[Facet(field)])
        if field in CHOSEN:
            return self._remembering(field, lambda cell: _chosen(field, cell))
        known: dict[str, Callable[[str], Any]] = {
            **dict.fromkeys(MOMENTS, self._moment),
            **dict.fromkeys(DAYS, self._day),
            **dict.fromkeys(NUMBERS, self._number),
            "received_at": self._received,
            PLACE: self._remembering(PLACE, self._places),
            KEY: _key,
        }
        return known.get(field, _text)

    def _remembering(self, field: str, make: Callable[[str], Any]) -> Callable[[str], Any]:
        """The same, asked once for each different cell that it can be made of."""
        known: dict[str, Any] = {}

        def made(cell: str) -> Any:
            if cell not in known:
                if len(known) > _REMEMBERED:
                    known.clear()
                found = make("" if is_nothing(cell) else cell)
                if found is None and field in FACETS:  # it is counted each time
                    return found
                known[cell] = found
            return known[cell]

        return made

    def _received(self, cell: str) -> str:
        found = self._moments.moment(cell)
        if found is None:
            raise Unfit("no_receipt" if is_nothing(cell) else "date")
        return found

    def _moment(self, cell: str) -> str | None:
        found = self._moments.moment(cell)
        if found is None and not is_nothing(cell):
            raise Unfit("date")
        return found

    def _day(self, cell: str) -> str | None:
        found = self._moments.day(cell)
        if found is None and not is_nothing(cell):
            raise Unfit("date")
        return found

    def _number(self, cell: str) -> int:
        if is_nothing(cell):
            return 0
        other = "." if self._decimal == "," else ","
        try:
            number = float(cell.strip().replace(other, "").replace(self._decimal, "."))
        except ValueError:
            raise Unfit("number") from None
        if not number.is_integer() or not 0 <= number < 2**31:
            raise Unfit("number")
        return int(number)


def _key(cell: str) -> str:
    key = cell.strip()
    if not key:
        raise Unfit("no_key")
    if len(key) > _LONGEST_KEY:
        raise Unfit("long_key")
    return key


def _text(cell: str) -> str:
    if len(cell) > LONGEST_CELL:
        raise Unfit("long_cell", f"{len(cell):,}")
    return cell


def _chosen(field: str, cell: str) -> str:
    """The code that a cell means; of an empty one what a complaint begins with."""
    if not cell:
        return {"severity": "medium", "consent": "unknown"}.get(field, "")
    found = meant(field, cell)
    if found is None:
        raise Unfit("unknown_word")
    return found
