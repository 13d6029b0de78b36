"""All kept nouns by their name in journal, tables and packs."""

from __future__ import annotations

from gemba.domain.actions import Action
from gemba.domain.assessments import Answer, Assessment
from gemba.domain.conclusions import Conclusion, IssuedReport
from gemba.domain.evidence import Evidence
from gemba.domain.findings import Finding
from gemba.domain.people import Person
from gemba.domain.places import Place
from gemba.domain.record import Record
from gemba.domain.templates import Template

NOUNS: dict[str, type[Record]] = {
    "place": Place,
    "person": Person,
    "template": Template,
    "assessment": Assessment,
    "answer": Answer,
    "evidence": Evidence,
    "finding": Finding,
    "action": Action,
    "conclusion": Conclusion,
    "report": IssuedReport,
}

NAMES: dict[type[Record], str] = {noun: name for name, noun in NOUNS.items()}

BLOB_FIELDS: dict[str, tuple[str, ...]] = {
    "template": ("source", "xform"),
    "evidence": ("sha256",),
    "report": ("sha256",),
}
"""Fields that name kept bytes by their SHA-256; a pack is complete only with all of them."""
