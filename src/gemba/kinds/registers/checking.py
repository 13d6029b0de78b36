"""Whether the fields of an entry are as its register asks."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

from gemba.domain.escalation_words import says_nothing
from gemba.domain.quarters import quarter_written
from gemba.errors import Refusal
from gemba.kinds.registers.model import FieldSort, Register, RegisterField
from gemba.wording import text

_LONGEST = 20_000


def checked(register: Register, fields: Mapping[str, str], state: str) -> dict[str, str]:
    """The fields as they are kept: trimmed, dates and numbers in one spelling, empty ones left out.

    Args:
        register: whose entry it is.
        fields: as a person wrote them.
        state: of the entry; it says which fields may not be empty beside the required ones.

    Raises:
        Refusal: `kinds.register_field`, `kinds.register_needs`, `kinds.register_number`, `kinds.register_range`,
            `kinds.register_date`, `kinds.register_month`, `kinds.register_quarter`, `kinds.register_option`,
            `kinds.register_link`, `kinds.register_long`, `kinds.register_state`, `kinds.register_together`,
            `kinds.register_order`, `kinds.register_says_nothing` or `kinds.register_few`.
    """
    for code in fields:
        if register.field(code) is None:
            known = ", ".join(field.code for field in register.fields)
            raise Refusal("kinds.register_field", field=code, register=text(register.title), known=known)
    stands = register.state(state)
    if stands is None:
        raise Refusal("kinds.register_state", state=state, known=", ".join(one.code for one in register.states))
    kept: dict[str, str] = {}
    for field in register.fields:
        said = fields.get(field.code, "").strip()
        if said:
            kept[field.code] = _value(field, said)
            if field.code in register.telling and says_nothing(said):
                raise Refusal("kinds.register_says_nothing", field=text(field.title), given=said)
        elif field.required or field.code in stands.needs:
            raise Refusal("kinds.register_needs", field=text(field.title), state=text(stands.title))
    _check_pairs(register, kept)
    _check_fewest(register, kept)
    return kept


def _check_pairs(register: Register, kept: Mapping[str, str]) -> None:
    """What holds between two fields."""
    titles = {field.code: text(field.title) for field in register.fields}
    for one, owed in register.together:
        if one in kept and owed not in kept:
            raise Refusal("kinds.register_together", field=titles[owed], other=titles[one])
    for first, last in register.in_order:
        if first in kept and last in kept and _rank(register, first, kept) > _rank(register, last, kept):
            raise Refusal(
                "kinds.register_order", field=titles[last], value=kept[last], other=titles[first], first=kept[first]
            )


def _check_fewest(register: Register, kept: Mapping[str, str]) -> None:
    """Results of too few answers are not even kept: what is kept can be read."""
    for number, least, results in register.fewest:
        given = [code for code in results if code in kept]
        if given and float(kept.get(number) or 0) < least:
            titles = {field.code: text(field.title) for field in register.fields}
            raise Refusal("kinds.register_few", field=titles[given[0]], number=titles[number], least=least)


def _rank(register: Register, code: str, kept: Mapping[str, str]) -> tuple[float, str]:
    """What a date or a number is put in order by."""
    field = register.field(code)
    number = field is not None and field.sort is FieldSort.NUMBER
    return (float(kept[code]), "") if number else (0.0, kept[code])


def _value(field: RegisterField, said: str) -> str:
    if len(said) > _LONGEST:
        raise Refusal("kinds.register_long", field=text(field.title), most=_LONGEST)
    if field.sort is FieldSort.NUMBER:
        return _number(field, said)
    if field.sort is FieldSort.DATE:
        return _date(field, said)
    if field.sort is FieldSort.MONTH:
        return _month(field, said)
    if field.sort is FieldSort.QUARTER:
        return _quarter(field, said)
    known = [option.code for option in field.options]
    if field.sort is FieldSort.CHOICE and said not in known:
        raise Refusal("kinds.register_option", field=text(field.title), given=said, known=", ".join(known))
    noun = said.partition(":")[0]
    if field.sort is FieldSort.LINK and (noun not in field.nouns or not said.partition(":")[2]):
        raise Refusal("kinds.register_link", field=text(field.title), given=said, known=", ".join(field.nouns))
    return said


def _number(field: RegisterField, said: str) -> str:
    try:
        value = float(said.replace(",", "."))
    except ValueError as error:
        raise Refusal("kinds.register_number", field=text(field.title), given=said) from error
    if not math.isfinite(value):
        raise Refusal("kinds.register_number", field=text(field.title), given=said)
    low = -math.inf if field.low is None else field.low
    high = math.inf if field.high is None else field.high
    if not low <= value <= high:
        raise Refusal("kinds.register_range", field=text(field.title), given=said, low=_plain(low), high=_plain(high))
    return _plain(value)


def _date(field: RegisterField, said: str) -> str:
    try:
        return date.fromisoformat(said).isoformat()
    except ValueError as error:
        raise Refusal("kinds.register_date", field=text(field.title), given=said) from error


def _month(field: RegisterField, said: str) -> str:
    try:
        return date.fromisoformat(f"{said}-01").isoformat()[:7]
    except ValueError as error:
        raise Refusal("kinds.register_month", field=text(field.title), given=said) from error


def _quarter(field: RegisterField, said: str) -> str:
    try:
        return quarter_written(said)
    except Refusal as error:
        raise Refusal("kinds.register_quarter", field=text(field.title), given=said) from error


def _plain(value: float) -> str:
    return str(int(value)) if math.isfinite(value) and value == int(value) else repr(value)
