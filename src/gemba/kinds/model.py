"""The words in which a kind of assessment is declared.

A kind says which grades there are, what must hold before an assessment is concluded, how the grade follows, and how
the outcome is told. All of it is a function of `Facts`: nothing here knows a store, a window or a clock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

import msgspec

from gemba.domain.findings import Finding
from gemba.forms.views import Missing, Score
from gemba.wording import text


class Tone(StrEnum):
    """How a grade is shown. It never stands alone: the title says the same in words."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"
    PLAIN = "plain"


class Grade(msgspec.Struct, frozen=True):
    """One possible outcome of a kind."""

    code: str
    """What is kept with the assessment."""
    title: str
    """English source, for `gemba.wording.text`."""
    tone: Tone = Tone.PLAIN
    at_least: float | None = None
    """Lowest percent that earns it; `None` for a grade that is not earned by points."""


OPEN = Grade("open", "Not enough answered")
"""Too little is answered for a grade: whatever the score is so far, it is not final."""
UNSCORED = Grade("unscored", "Done, not scored")
"""Nothing could be scored: the form has no points, or none of what it asks applied."""
FAILED = Grade("failed", "Critical failure", Tone.POOR)
"""A critical question failed. It is forced and never averaged away, however good the rest is."""

SHARED = (OPEN, UNSCORED, FAILED)
"""Grades that every scored kind has besides its own."""


class Problem(StrEnum):
    """Why an assessment cannot be concluded yet."""

    REQUIRED = "required"
    CONSTRAINT = "constraint"
    TYPE = "type"
    TOO_FEW = "too_few"
    CRITICAL_NOTE = "critical_note"

    @property
    def why(self) -> str:
        """What is to be done, in the chosen language."""
        return {
            Problem.REQUIRED: text("an answer is required"),
            Problem.CONSTRAINT: text("the answer breaks the form's rule"),
            Problem.TYPE: text("the answer does not fit the question"),
            Problem.TOO_FEW: text("too few questions are answered for a fair outcome"),
            Problem.CRITICAL_NOTE: text(
                "this critical question failed: add a note or a finding that says what was seen"
            ),
        }[self]


class Need(msgspec.Struct, frozen=True):
    """One thing that stands in the way of the conclusion."""

    path: str
    """The question; empty when it is the assessment as a whole."""
    label: str
    """What a person calls it."""
    problem: Problem

    @property
    def why(self) -> str:
        """What is to be done, in the chosen language."""
        return self.problem.why


class Facts(msgspec.Struct, frozen=True):
    """An assessment as it stands, as far as a kind may ask."""

    score: Score
    missing: tuple[Missing, ...] = ()
    """Visible questions whose answers are required and absent, or not valid."""
    answered: int = 0
    questions: int = 0
    """Visible questions; what does not apply counts as answered once somebody said so."""
    notes: Mapping[str, str] = {}
    """Notes by path of the question."""
    findings: tuple[Finding, ...] = ()
    labels: Mapping[str, str] = {}
    """Words of questions by path, as far as the caller has them at hand."""

    @property
    def answered_of(self) -> tuple[int, int]:
        """How many questions were answered, of how many that count for the outcome.

        Where a form is scored these are its scored questions, those that do not apply left out of both; else all
        visible ones.
        """
        scored = len(self.score.items)
        if scored + self.score.unanswered:
            return scored, scored + self.score.unanswered
        return self.answered, self.questions

    def label(self, path: str) -> str:
        """What a person calls the question at `path`: its words, or else its name."""
        return self.labels.get(path) or path.rsplit("/", 1)[-1]


class Outcome(msgspec.Struct, frozen=True):
    """What an assessment comes to, now."""

    grade: str
    """Code of the grade."""
    score: float | None
    """0 to 100; `None` when nothing is scored."""
    final: bool
    """False while too little is answered: the score may be shown as "so far", never as the result."""
    missing: tuple[Need, ...]
    """What stands in the way; empty when it can be concluded."""
    summary: str
    """One or two sentences made from the facts, in the chosen language."""
    scales: Mapping[str, float] = {}
    """Further scores by the name of their scale, 0 to 100, as far as anything of them is scored."""


Judge = Callable[[tuple[Grade, ...], Facts], Grade]
"""Chooses a grade from the kind's own ones (and those shared)."""
Rule = Callable[[Facts], tuple[Need, ...]]
"""Says what is missing."""


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of assessment, declared."""

    code: str
    """What templates and assessments carry, and the form's `gemba:kind`."""
    title: str
    """English source, for `gemba.wording.text`."""
    scored: bool
    """True when points are its purpose; the window then shows the score while it is filled."""
    grades: tuple[Grade, ...]
    """All outcomes there are; those earned by points from the best down."""
    needs: tuple[Rule, ...]
    """What must hold before it is concluded."""
    judge: Judge
    """How the grade follows."""
    summarise: Callable[[Grade, Facts], str]
    """How the outcome is told."""

    def grade(self, code: str) -> Grade:
        """The grade with a code; an unknown one (of a newer program) stands for itself."""
        return next((grade for grade in self.grades if grade.code == code), Grade(code, code))

    def conclude(self, facts: Facts) -> Outcome:
        """What an assessment with these facts comes to. Pure: the same facts, the same outcome."""
        missing = tuple(need for rule in self.needs for need in rule(facts))
        grade = self.judge(self.grades, facts)
        final = all(need.problem is not Problem.TOO_FEW for need in missing)
        if not final and grade != FAILED:
            grade = OPEN
        return Outcome(
            grade=grade.code,
            score=facts.score.percent,
            final=final,
            missing=missing,
            summary=self.summarise(grade, facts),
            scales={name: scale.percent for name, scale in facts.score.scales.items() if scale.percent is not None},
        )
