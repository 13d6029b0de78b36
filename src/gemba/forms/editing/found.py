"""One thing that was found wrong or doubtful in a checklist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """What was found, and where.

    Attributes:
        code: what, for example "no_label"; its sentence stands in `problem_words`.
        sheet: "survey", "choices" or "settings".
        row: counted from 0; -1 when it concerns no row.
        property: what of the row it concerns.
        language: of the words it concerns.
        facts: what its sentence names.
        advice: publishing is possible all the same.
        fix: code of the operation that mends it; "" when only the author can.
    """

    code: str
    sheet: str
    row: int
    property: str = ""
    language: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    advice: bool = False
    fix: str = ""
