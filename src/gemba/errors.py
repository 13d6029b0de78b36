"""The two kinds of failure that a person can do something about (a leaf, imported by every room).

A `Refusal` is a rule that says no; a `Trouble` is the world's fault. Anything else that is raised is a bug. Inner
rooms give a stable code and the facts; the sentence a person reads comes from `gemba.wording.sentence`.
"""

from __future__ import annotations

from typing import Any


class GembaError(Exception):
    """A failure with a stable code and the facts that its sentence needs.

    Args:
        code: `room.what_happened`, a key of `resources/locale/sentences/<room>.json`.
        facts: the values that the sentence names; plain strings and numbers.
    """

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        shown = ", ".join(f"{key}={value!r}" for key, value in self.facts.items())
        return f"{self.code}({shown})"


class Refusal(GembaError):
    """A rule says no. Shown beside the field; the command line exits with 2."""


class Trouble(GembaError):
    """The world is at fault (disk full, file locked, key missing). The command line exits with 3."""
