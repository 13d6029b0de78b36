"""Laptops that walk, find and contradict one another, as the lines of the packs that they would send."""

from __future__ import annotations

import random
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from uuid_utils import uuid7

from gemba.domain.assessments import answer_uid
from gemba.store import device as devices
from gemba.store import hlc, operations
from gemba.store.operations import Place

NOW = datetime(2026, 6, 1, 8, tzinfo=UTC)
ANSWERS, MENDED, FINDINGS = 60, 12, 3
"""Of one walk: questions answered, answers changed again, findings (each with an action)."""
CONTRADICTED = 5
"""Of so many walks one has a finding that another laptop changes at the same time."""


def uid() -> str:
    return str(uuid7())


class Region:
    """What all laptops share: a template, people, places, and the findings that two may work on."""

    def __init__(self, places: int = 200) -> None:
        self.template, self.person = uid(), uid()
        self.places = [uid() for _ in range(places)]
        self.chance = random.Random(7)
        self.open_to_others: list[tuple[str, str]] = []
        """Findings with the operation that gave birth to them."""


class Laptop:
    """One device: makes the lines of its packs.

    Args:
        region: what it shares with the others.
        number: its number.
    """

    def __init__(self, region: Region, number: int) -> None:
        self.region = region
        self.number = number
        self.device = devices.Device(
            name=f"L{number}", role="laptop", secret=secrets.token_bytes(32), identity="", epoch=devices.new_epoch()
        )
        self._seq, self._hlc, self._walks = 0, hlc.START, 0
        self._to_change: list[tuple[str, str]] = []

    def shared(self) -> list[bytes]:
        """What everybody needs: the first laptop sends it."""
        region, made = self.region, []
        made.append(self._line("person", region.person, {"name": "Ana", "role": "auditor"}))
        template = {"form_id": "walk", "version": "1", "title": "Walk", "kind": "walk", "source": "a" * 64}
        template |= {"source_name": "walk.xlsx", "xform": "b" * 64, "imported_at": NOW.isoformat(), "languages": ["en"]}
        made.append(self._line("template", region.template, {**template, "questions": ANSWERS, "retired": False}))
        for number, place in enumerate(region.places):
            parent = {"parent": region.places[number // 10]} if number else {"parent": None}
            made.append(
                self._line("place", place, {"name": f"Place {number}", "level": "area", "zone": "UTC", **parent})
            )
        return [line for line, _ in made if line]

    def walk(self) -> Iterator[bytes]:
        """The operations of one walk."""
        region, walk, place = self.region, uid(), self.region.chance.choice(self.region.places)
        self._walks += 1
        about = {"template": region.template, "kind": "walk", "title": "Morning walk", "place": place}
        about |= {"number": f"A-{self.number}-{self._walks:04d}", "person": region.person, "state": "draft"}
        line, born = self._line("assessment", walk, {**about, "started_at": NOW.isoformat()})
        yield line
        answers = []
        for number in range(ANSWERS):
            path = f"/data/q{number}"
            given = {"assessment": walk, "path": path, "value": str(number), "note": "", "origin": "given"}
            line, birth = self._line("answer", answer_uid(walk, path), given)
            answers.append((answer_uid(walk, path), birth))
            yield line
        for answer, birth in answers[:MENDED]:
            yield self._line("answer", answer, {"value": "mended"}, [birth])[0]
        for number in range(FINDINGS):
            yield from self._finding(walk, place, number)
        yield from self._contradictions()
        done = {"state": "concluded", "score": 87.5, "grade": "good", "concluded_at": NOW.isoformat()}
        yield self._line("assessment", walk, done, [born])[0]

    def _finding(self, walk: str, place: str, number: int) -> Iterator[bytes]:
        region, finding = self.region, uid()
        said = {"assessment": walk, "place": place, "path": "", "criterion": "Aisles are clear", "grade": "minor"}
        said |= {"number": f"F-{self.number}-{self._walks}-{number}", "text": "A pallet in the aisle", "state": "open"}
        line, birth = self._line("finding", finding, {**said, "raised_at": NOW.isoformat(), "person": region.person})
        yield line
        does = {"finding": finding, "assessment": walk, "place": place, "sort": "correction", "text": "Clear it"}
        does |= {"number": f"C-{self.number}-{self._walks}-{number}", "owner": "Shift lead", "due": "2026-07-01"}
        does |= {"state": "open", "proof": "", "added_at": NOW.isoformat(), "person": region.person}
        yield self._line("action", uid(), does)[0]
        if number == 0 and self._walks % CONTRADICTED == 1:
            region.open_to_others.append((finding, birth))
            self._to_change.append((finding, birth))

    def _contradictions(self) -> Iterator[bytes]:
        """Change a finding of another laptop, and one of the own that others have changed perhaps."""
        chosen = [self._to_change.pop()] if self._to_change and self._walks % CONTRADICTED == 2 else []
        if self._walks % CONTRADICTED == 0 and self.region.open_to_others:
            chosen.append(self.region.open_to_others.pop(0))
        for finding, birth in chosen:
            yield self._line("finding", finding, {"text": f"Seen by {self.number}, {self._seq}"}, [birth])[0]

    def _line(
        self, noun: str, entity: str, values: dict[str, Any], parents: list[str] | None = None
    ) -> tuple[bytes, str]:
        self._seq += 1
        self._hlc = hlc.tick(self._hlc, NOW + timedelta(seconds=self._seq))
        place = Place(self.device.id, self.device.epoch, self._seq, self._hlc, self.region.person)
        made = operations.make(place, noun, entity, values, parents or [], self.device.sign)
        return operations.line(made.header_bytes, made.payload, made.signature, made.personal), made.header.id
