"""What a filling shows: frozen lines for the window, the command line and the reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from gemba.forms.definition import ItemKind

Problem = Literal["", "required", "constraint", "type"]
Origin = Literal["given", "default", "calculated"]


@dataclass(frozen=True, slots=True)
class Effect:
    """What an answer changed: the paths to look at again, and whether anything appeared or went."""

    changed: frozenset[str]
    structure: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the form as it is shown now."""

    path: str
    name: str
    kind: ItemKind
    depth: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a question. `score` is None when the choice scores nothing (not applicable)."""

    name: str
    label: str
    score: float | None = None
    image: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """A question, note, section or repeat as it is shown now.

    `kind` is the XLSForm type of a question (select_one, text, integer, ...), else section, repeat or note.
    """

    path: str
    name: str
    kind: str
    label: str
    hint: str = ""
    guidance: str = ""
    choices: tuple[Choice, ...] = ()
    appearance: str = ""
    value: str = ""
    relevant: bool = True
    required: bool = False
    read_only: bool = False
    valid: bool = True
    problem: Problem = ""
    message: str = ""
    critical: bool = False
    weight: float | None = None
    media: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Missing:
    """A question that stands in the way of concluding."""

    path: str
    label: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class SectionScore:
    """The score of one section. `percent` is None when nothing in it was scored."""

    path: str
    title: str
    points: float
    possible: float
    percent: float | None
    answered: int
    questions: int


@dataclass(frozen=True, slots=True)
class Score:
    """The score of a filling: Σ weight × score ÷ Σ weight × best score, over scored answers that apply."""

    points: float
    possible: float
    percent: float | None
    sections: tuple[SectionScore, ...]
    critical_failed: tuple[str, ...]
    unanswered: int
    items: Mapping[str, tuple[float, float]]
