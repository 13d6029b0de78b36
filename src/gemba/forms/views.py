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
    """What an answer changed: the paths to look at again, and whether anything appeared or went.

    Where repeats are added, moved or taken out, `moved` has the answers whose number is another now (path before →
    path after), and `gone` the paths under which nothing stands any more.
    """

    changed: frozenset[str]
    structure: bool = False
    moved: Mapping[str, str] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()


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
class Why:
    """Why something is hidden or not valid: in plain words, as the form has it, and the answers that decide.

    `depends_on` has the path, the label and the shown value of each answer that the rule reads.
    """

    words: str
    expression: str = ""
    depends_on: tuple[tuple[str, str, str], ...] = ()


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
class Scale:
    """A score of its own beside the main one. `percent` is None when nothing of it was scored."""

    points: float
    possible: float
    percent: float | None


@dataclass(frozen=True, slots=True)
class Score:
    """The score of a filling: Σ weight × score ÷ Σ weight × best score, over scored answers that apply."""

    points: float
    possible: float
    percent: float | None
    sections: tuple[SectionScore, ...]
    critical_failed: tuple[str, ...]
    unanswered: int
    """Scored questions without an answer."""
    items: Mapping[str, tuple[float, float]]
    """Points and possible points of each answered item that applies, by path."""
    scales: Mapping[str, Scale] = field(default_factory=dict)
    """Scores apart from the main one, by name; items with `bind::gemba:scale` count there alone. What a
    region's overlay lies over has one called core."""
    apart: frozenset[str] = frozenset()
    """The items that count for another scale and not for the main score, by path."""

    @property
    def core(self) -> Scale | None:
        """The score by the core template's questions and weights alone; `None` where no overlay lies over a core."""
        return self.scales.get("core")

    @property
    def share_unanswered(self) -> float | None:
        """How much of what counts is not answered, 0 to 1; `None` when nothing counts."""
        counts = len(self.items) + self.unanswered
        return self.unanswered / counts if counts else None
