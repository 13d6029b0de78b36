"""The list of laptops at headquarters: who has not been heard of stands first."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from gemba import wording
from gemba.errors import Refusal
from gemba.hq.status import LaptopStatus, Need, Status, status
from gemba.store.lines import Line
from gemba.store.lists import Query
from gemba.ui import conflict_words, terms
from gemba.ui.lists.columns import Column, Filter, Shape
from gemba.work.desk import Desk

TOPICS = frozenset({"pack"})


class LaptopLine(Line, frozen=True, kw_only=True):
    """One laptop; its id is its place among all, its uid that of the device."""

    status: LaptopStatus


class LaptopSource:
    """Laptops as headquarters sees them; every method may be called on any thread."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.last: Status | None = None
        """How things stood when the list was read last."""

    def first(self, query: Query) -> list[LaptopLine]:
        """All of them: there are never so many that a page is needed."""
        self.last = status(self._desk)
        lines = [
            LaptopLine(id=place, uid=one.device, status=one) for place, one in enumerate(self.last.laptops, start=1)
        ]
        return _ordered([line for line in lines if _matches(line.status, query)], query)

    def keys(self, query: Query) -> array[int]:
        """Their keys, in order."""
        return array("q", (line.id for line in self.first(query)))

    def lines(self, keys: Sequence[int]) -> list[LaptopLine]:
        """The lines with these keys."""
        found = {line.id: line for line in self.first(Query())}
        return [found[key] for key in keys if key in found]

    def choices(self, column: str) -> list[tuple[str, int]]:
        """How many laptops have each need."""
        del column
        lines = self.first(Query())
        return [(need.value, sum(need in line.status.needs for line in lines)) for need in Need]

    def key(self, uid: str) -> int:
        """The key of a device."""
        for line in self.first(Query()):
            if line.uid == uid:
                return line.id
        raise Refusal("store.unknown_record", noun="laptop", uid=uid)


def _matches(one: LaptopStatus, query: Query) -> bool:
    words = f"{one.name} {one.words} {one.device}".casefold()
    wanted = query.where.get("needs", ())
    return all(word in words for word in query.search.casefold().split()) and (
        not wanted or bool({need.value for need in one.needs} & set(wanted))
    )


def _ordered(lines: list[LaptopLine], query: Query) -> list[LaptopLine]:
    sorts = {
        "name": lambda line: line.status.name.casefold(),
        "packs": lambda line: line.status.packs,
        "operations": lambda line: line.status.operations,
        "silent_days": lambda line: line.status.silent_days,
    }
    key = sorts.get(query.sort)
    return lines if key is None else sorted(lines, key=key, reverse=query.descending)


def need(code: str) -> str:
    """What a laptop needs, in a word or two."""
    titles = {
        Need.FORKED: wording.text("Two use one key"),
        Need.UNSIGNED: wording.text("Changes without signature"),
        Need.SILENT: wording.text("Silent"),
        Need.MISSING: wording.text("Something is missing"),
        Need.QUARANTINED: wording.text("In quarantine"),
    }
    return titles.get(Need(code), code)


def need_tone(code: str) -> str:
    """The tone of a need."""
    tones = {Need.FORKED: "poor", Need.UNSIGNED: "poor", Need.QUARANTINED: "note"}
    return tones.get(Need(code), "fair")


def heard(one: LaptopStatus) -> str:
    """When a laptop was heard of last."""
    return _unheard(one) if one.last_pack_at is None else terms.moment(one.last_pack_at)


def heard_day(one: LaptopStatus) -> str:
    """The same without the hour: what counts in the list is how long ago it was."""
    return _unheard(one) if one.last_pack_at is None else terms.day(one.last_pack_at)


def _unheard(one: LaptopStatus) -> str:
    return wording.text("not yet") if one.expected else wording.text("never")


def shape() -> Shape:
    """What the list shows, and what it can be narrowed by."""
    return Shape(
        name="headquarters",
        title=wording.text("Laptops"),
        counted=lambda count: wording.plural("{count} laptop", "{count} laptops", count, count=terms.number(count)),
        topics=TOPICS,
        columns=(
            Column(
                name="name",
                title=lambda: wording.text("Laptop"),
                words=lambda line: conflict_words.laptop(line.status.name),
                under=lambda line: line.status.words,
                sort="name",
                width=240,
            ),
            Column(
                name="needs",
                title=lambda: wording.text("State"),
                words=lambda line: need(line.status.needs[0]) if line.status.needs else wording.text("All here"),
                tone=lambda line: need_tone(line.status.needs[0]) if line.status.needs else "good",
                says=lambda: (wording.text("All here"), *(need(one.value) for one in Need)),
                width=140,
            ),
            Column(
                name="silent_days",
                title=lambda: wording.text("Last pack"),
                words=lambda line: heard_day(line.status),
                sort="silent_days",
                width=124,
            ),
            Column(
                name="packs",
                title=lambda: wording.text("Packs"),
                words=lambda line: terms.number(line.status.packs),
                sort="packs",
                width=74,
                number=True,
            ),
            Column(
                name="operations",
                title=lambda: wording.text("Changes"),
                words=lambda line: terms.number(line.status.operations),
                sort="operations",
                width=100,
                number=True,
            ),
        ),
        filters=(
            Filter(
                name="needs",
                title=lambda: wording.text("State"),
                words=need,
                fixed=tuple(one.value for one in Need),
            ),
        ),
    )
