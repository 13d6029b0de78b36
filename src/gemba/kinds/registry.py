"""All kinds there are, by code. A new kind is one file and one line here."""

from __future__ import annotations

from difflib import get_close_matches

from gemba.errors import Refusal
from gemba.kinds.area_audit import AREA_AUDIT
from gemba.kinds.checklist import CHECKLIST
from gemba.kinds.complaint_file import COMPLAINT_FILE
from gemba.kinds.model import Kind
from gemba.kinds.rotation import ROTATION
from gemba.kinds.walk import WALK

ALL: dict[str, Kind] = {kind.code: kind for kind in (CHECKLIST, WALK, ROTATION, AREA_AUDIT, COMPLAINT_FILE)}
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
