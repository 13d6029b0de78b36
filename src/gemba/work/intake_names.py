"""Places and codes that the cells of an imported file name."""

from __future__ import annotations

from collections import Counter
from itertools import islice

from uuid_utils import uuid7

from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet, Vocabulary
from gemba.store import vocabularies
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.work.desk import Desk
from gemba.work.intake_fields import plain
from gemba.work.intake_plan import Plan, UnknownCode, UnknownPlace
from gemba.work.short_names import LONGEST

MOST_NEW = 2000
"""Places or codes that an import makes; more are a column that was taken for what it is not."""


class Unfit(Exception):
    """A cell that its field cannot hold.

    Args:
        code: of the reason (`gemba.work.intake_reasons`).
        value: what stands there.
    """

    def __init__(self, code: str, value: str = "", column: str = "") -> None:
        super().__init__(code, value, column)
        self.code, self.value, self.column = code, value, column


class Places:
    """Places by name or uid.

    Args:
        reader: of the store.
        plan: says what becomes of unknown ones.
    """

    def __init__(self, reader: Reader, plan: Plan) -> None:
        self._choice = plan.unknown_places
        self._known: dict[str, Uid] = {}
        self._several: set[str] = set()
        for place in reader.find(Place):
            name = place.name.strip().casefold()
            if name in self._known:
                self._several.add(name)
            self._known[name] = self._known[place.uid] = place.uid
        self.unknown = Counter[str]()
        self.made: dict[str, Uid] = {}
        """Sites that were made, by name."""
        self._told = 0

    def __call__(self, cell: str) -> Uid | None:
        """The place; `None` for none.

        Raises:
            Unfit: it is not known here, or there are several.
        """
        name = " ".join(cell.split()).casefold()
        if not name:
            return None
        found = self._known.get(name)
        if found is not None and name not in self._several:
            return found
        if found is not None:
            raise Unfit("place_twice", cell)
        self._count(cell)
        if self._choice is UnknownPlace.EMPTY:
            return None
        if self._choice is UnknownPlace.REFUSE or len(self.made) >= MOST_NEW:
            raise Unfit("unknown_place" if self._choice is UnknownPlace.REFUSE else "too_many_places", cell)
        named = " ".join(cell.split())
        if len(named) > LONGEST:
            raise Unfit("long_name", f"{named[:40]}…")
        self.made[named] = self._known[name] = str(uuid7())
        return self._known[name]

    def take_made(self) -> dict[str, Uid]:
        """The sites that were made since this was asked last."""
        new = dict(islice(self.made.items(), self._told, None))
        self._told = len(self.made)
        return new

    def _count(self, cell: str) -> None:
        if cell in self.unknown or len(self.unknown) < MOST_NEW:
            self.unknown[cell] += 1


class Codes:
    """Codes of one facet by code or title, those of older versions by what took their place.

    Args:
        reader: of the store.
        facet: that is tagged.
        plan: says what becomes of unknown ones.
    """

    def __init__(self, reader: Reader, facet: Facet, plan: Plan) -> None:
        self.facet, self._choice = facet, plan.unknown_codes
        today = vocabularies.crosswalk(reader, facet)
        titles = vocabularies.titles(reader, facet)
        self._known = {plain(titles[code]): today[code] for code in titles if code in today}
        self._known |= {plain(code): now for code, now in today.items()}
        self.unknown = Counter[str]()
        self.added: dict[str, str] = {}

    def __call__(self, cell: str) -> str | None:
        """The code; empty for none, `None` for one that is to be kept beside the record.

        Raises:
            Unfit: it is not known here.
        """
        said = plain(cell)
        if not said:
            return ""
        found = self._known.get(said)
        if found is not None:
            return found
        if cell in self.unknown or len(self.unknown) < MOST_NEW:
            self.unknown[cell] += 1
        if self._choice is UnknownCode.MORE:
            return None
        if self._choice is UnknownCode.REFUSE or len(self.added) >= MOST_NEW:
            raise Unfit("unknown_code" if self._choice is UnknownCode.REFUSE else "too_many_codes", cell)
        code = self._new(said)
        self.added[code] = " ".join(cell.split())[:200]
        self._known[said] = code
        return code

    def _new(self, said: str) -> str:
        """A code that is not there yet."""
        stem = said.replace(" ", "_")[:60]
        taken, number, code = {*self._known.values(), *self.added}, 2, stem
        while code in taken:
            code, number = f"{stem}_{number}", number + 1
        return code

    def release(self, desk: Desk, unit: Unit, reason: str) -> None:
        """Release a version of the vocabulary with the codes that were added."""
        if not self.added:
            return
        last = vocabularies.current(unit, self.facet)
        made = Vocabulary(
            uid=desk.ids(),
            facet=self.facet,
            version=last.version + 1 if last is not None else 1,
            terms={**(last.terms if last is not None else {}), **self.added},
            parents=last.parents if last is not None else {},
            domains=last.domains if last is not None else {},
            reason=reason,
            released_at=desk.clock(),
            person=desk.person.uid,
        )
        unit.put(made)
