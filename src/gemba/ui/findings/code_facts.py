"""What a form on a finding reads: the codes in force, and what was found before; on a job's thread."""

from __future__ import annotations

import msgspec

from gemba.domain.findings import Finding
from gemba.domain.record import Uid
from gemba.domain.templates import Template
from gemba.domain.vocabularies import Facet
from gemba.store import vocabularies
from gemba.store.reading import Reader
from gemba.work.desk import Desk
from gemba.work.question_steps import step_of
from gemba.work.records import known
from gemba.work.seen_before import SeenBefore, seen_before

Codes = tuple[tuple[str, str], ...]
"""Codes with their titles."""


class CodeFacts(msgspec.Struct, frozen=True):
    """The codes that one chooses from."""

    steps: Codes
    causes: Codes
    step: str
    """What the question looks at; empty when nobody says."""

    @property
    def is_offered(self) -> bool:
        """Whether there is anything to choose from."""
        return bool(self.steps or self.causes or self.step)


def read_codes(desk: Desk, template: Uid, path: str) -> CodeFacts:
    """The codes in force, and the step that a question of a template looks at."""
    with desk.reader() as reader:
        step = step_of(desk, reader, known(reader, Template, template), path) if template else ""
        return CodeFacts(_codes(reader, Facet.STEP, step), _codes(reader, Facet.CAUSE), step)


def read_seen(desk: Desk, place: Uid, step: str, cause: str) -> SeenBefore:
    """What was found before of what is being written now."""
    with desk.reader() as reader:
        return seen_before(reader, place, step, cause, now=True)


def read_seen_again(reader: Reader, finding: Finding) -> SeenBefore:
    """What was found before a finding that is there."""
    return seen_before(reader, finding.place, finding.step, finding.cause, again=finding)


def _codes(reader: Reader, facet: Facet, also: str = "") -> Codes:
    now = vocabularies.current(reader, facet)
    terms = dict(now.terms) if now is not None else {}
    if also:
        terms.setdefault(also, also)
    return tuple(sorted(terms.items(), key=lambda each: each[1].casefold()))
