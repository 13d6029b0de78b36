"""Filters and spreads of a sample as people write them: places and goals by name."""

from __future__ import annotations

from collections.abc import Sequence

from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.work.goals_in_force import goal_named, lineage
from gemba.work.places import place_named


def filters(reader: Reader, said: Sequence[str]) -> dict[str, str]:
    """Conditions FIELD=VALUE[,VALUE]; places by name become uids, goals their codes.

    Raises:
        Refusal: `work.not_a_pair`, `work.no_such_place`, `work.unknown_goal`.
    """
    found: dict[str, str] = {}
    for each in said:
        field, value = _pair(each)
        parts = [part.strip() for part in value.split(",") if part.strip()]
        if field == "place":
            parts = [_place(reader, part) for part in parts]
        if field == "goal":
            codes = lineage(reader)
            parts = [codes[goal_named(reader, part).uid] for part in parts]
        found[field] = ",".join(parts)
    return found


def spreads(reader: Reader, strata: str, said: Sequence[str]) -> dict[str, float]:
    """Spreads STRATUM=SPREAD.

    Raises:
        Refusal: `work.not_a_pair`, `work.no_such_place`.
    """
    found: dict[str, float] = {}
    for each in said:
        stratum, value = _pair(each)
        try:
            found[_place(reader, stratum) if strata == "place" else stratum] = float(value)
        except ValueError:
            raise Refusal("work.not_a_pair", said=each) from None
    return found


def _pair(said: str) -> tuple[str, str]:
    field, sign, value = said.partition("=")
    if not sign or not field.strip() or not value.strip():
        raise Refusal("work.not_a_pair", said=said)
    return field.strip(), value.strip()


def _place(reader: Reader, name: str) -> Uid:
    found = reader.get(Place, name) or place_named(reader, name)
    if found is None:
        raise Refusal("work.no_such_place", name=name)
    return found.uid
