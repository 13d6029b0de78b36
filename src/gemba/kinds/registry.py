"""All kinds there are, by code. A new kind is one file and one line here."""

from __future__ import annotations

from difflib import get_close_matches

from gemba.errors import Refusal
from gemba.kinds.alignment_audit import ALIGNMENT_AUDIT
from gemba.kinds.area_audit import AREA_AUDIT
from gemba.kinds.checklist import CHECKLIST
from gemba.kinds.complaint_file import COMPLAINT_FILE
from gemba.kinds.model import Kind, Tone
from gemba.kinds.rotation import ROTATION
from gemba.kinds.walk import WALK
from gemba.wording import text

_ORDER = (CHECKLIST, WALK, ROTATION, AREA_AUDIT, COMPLAINT_FILE, ALIGNMENT_AUDIT)
ALL: dict[str, Kind] = {kind.code: kind for kind in _ORDER}
"""In the order in which a person is offered them."""


def by_code(code: str) -> Kind:
    """The kind with a code.

    Raises:
        Refusal: `kinds.unknown`, with the codes there are.
    """
    kind = ALL.get(code)
    if kind is None:
        near = get_close_matches(code, ALL, n=1)
        raise Refusal("kinds.unknown", kind=code, known=", ".join(near or ALL))
    return kind


def grade_shown(code: str, grade: str | None) -> tuple[str, Tone]:
    """Title and tone of a grade of a kind, in the chosen language; empty while there is none.

    A grade of a kind that this program does not know is shown as it is kept.
    """
    if grade is None:
        return "", Tone.PLAIN
    try:
        found = by_code(code).grade(grade)
    except Refusal:
        return grade, Tone.PLAIN
    return text(found.title), found.tone
