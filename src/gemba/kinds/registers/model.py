"""The words in which a register is declared.

A register says what it asks for, which states an entry goes through and what each of them needs, and how often an
entry is looked at again. Nothing here knows a store, a window or a clock. Titles are English sources, for
`gemba.wording.text`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

import msgspec


class FieldSort(StrEnum):
    """What a field holds; all are kept as text."""

    TEXT = "text"
    LONG = "long"
    """Several lines."""
    NUMBER = "number"
    DATE = "date"
    MONTH = "month"
    """As `2026-03`."""
    QUARTER = "quarter"
    """As `2026-Q1`."""
    CHOICE = "choice"
    LINK = "link"
    """A record, as `noun:uid`."""
    CODE = "code"
    """A code of a vocabulary."""


class Option(msgspec.Struct, frozen=True):
    """One value of a choice."""

    code: str
    title: str


class RegisterField(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a register asks for."""

    code: str
    title: str
    sort: FieldSort = FieldSort.TEXT
    required: bool = False
    help: str = ""
    """What is meant, for whoever fills it in."""
    options: tuple[Option, ...] = ()
    """Of a choice."""
    low: float | None = None
    high: float | None = None
    """Of a number."""
    nouns: tuple[str, ...] = ()
    """Of a link: which records it may name."""
    facet: str = ""
    """Of a code: whose vocabulary."""


class RegisterState(msgspec.Struct, frozen=True):
    """One state of an entry, and the fields that it may not be without."""

    code: str
    title: str
    needs: tuple[str, ...] = ()
    is_over: bool = False
    """Nothing more is due in this state."""


class Family(StrEnum):
    """What registers are looked for by; in the order in which people are offered them."""

    PROMISES = "promises"
    GUARDRAILS = "guardrails"
    MEASURES = "measures"
    AUDITS = "audits"
    WORK = "work"
    LISTENING = "listening"
    DEFECTS = "defects"
    CHANGE = "change"
    REVIEWS = "reviews"

    @property
    def words(self) -> str:
        """What people call it; an English source."""
        return _FAMILIES[self]


_FAMILIES = {
    Family.PROMISES: "Owners, and where value leaks",
    Family.GUARDRAILS: "Guardrails for decisions",
    Family.MEASURES: "Measures and what they are good for",
    Family.AUDITS: "Audits kept as registers",
    Family.WORK: "Limits and control",
    Family.LISTENING: "Listening",
    Family.DEFECTS: "What counts as a defect",
    Family.CHANGE: "Change and spread",
    Family.REVIEWS: "Reviews held together",
}


class Derived(msgspec.Struct, frozen=True):
    """A figure that follows from the fields."""

    code: str
    title: str
    value: str
    tone: str = ""
    """`good`, `fair`, `poor`; empty for none. The value says the same in words."""


class Register(msgspec.Struct, frozen=True, kw_only=True):
    """A register."""

    code: str
    title: str
    purpose: str
    """Why it is kept, in a sentence or two."""
    fields: tuple[RegisterField, ...]
    states: tuple[RegisterState, ...]
    """In order; a new entry is in the first."""
    family: Family
    review_every_days: int | None = None
    """Days after which an entry is to be looked at again; `None` when only its own date counts."""
    links: tuple[str, ...] = ()
    """Nouns of the records that an entry may name beside its fields."""
    titled: str = "Title"
    """What the title of an entry is: the practice, the stage, the document."""
    defines: tuple[str, ...] = ()
    """Fields whose change makes a new version of what is defined: charts that rest on it ask for a new baseline."""
    expires: str = ""
    """The date field from which on an entry that is not over is due."""
    in_order: tuple[tuple[str, str], ...] = ()
    """Pairs of dates or of numbers of which the first may not come after the second."""
    together: tuple[tuple[str, str], ...] = ()
    """Pairs of fields: who fills in the first owes the second, as a score owes its evidence."""
    telling: tuple[str, ...] = ()
    """Fields in which a filler such as "n/a" counts as nothing."""
    fewest: tuple[tuple[str, int, tuple[str, ...]], ...] = ()
    """A number, the least that it must be, and the results that are kept only then: few answers tell who gave them."""
    nameless: bool = False
    """Nothing in it may name a person."""
    derive: Callable[[Mapping[str, str]], tuple[Derived, ...]] = lambda _: ()

    @property
    def first(self) -> str:
        """The state of a new entry."""
        return self.states[0].code

    def field(self, code: str) -> RegisterField | None:
        """The field of this code."""
        return next((field for field in self.fields if field.code == code), None)

    def state(self, code: str) -> RegisterState | None:
        """The state of this code."""
        return next((state for state in self.states if state.code == code), None)


def options(*said: tuple[str, str]) -> tuple[Option, ...]:
    """Options from pairs of code and title."""
    return tuple(Option(code, title) for code, title in said)


OPEN = RegisterState("open", "Open")
"""The state that most registers begin with."""
CLOSED = RegisterState("closed", "Closed", is_over=True)
CONTENT_STATES = (
    RegisterState("draft", "Draft"),
    RegisterState("in_force", "In force"),
    RegisterState("retired", "Retired", is_over=True),
)
"""What is written once and then holds."""
