"""What a workbook of another tool, or one made by hand, needs before it can be a form; each repair is listed.

A repair keeps what the form means. What would change it is no repair: it is told as a fault, with row and column.
"""

from __future__ import annotations

from gemba.forms.book import SHEETS, Book
from gemba.forms.repairs.choices import mend_choices
from gemba.forms.repairs.expressions import mend_expressions
from gemba.forms.repairs.headers import mend_headers, mend_merged, mend_sheets
from gemba.forms.repairs.kobo import mend_kobo
from gemba.forms.repairs.names import mend_labels, mend_names, mend_references, mend_root
from gemba.forms.repairs.parameters import mend_parameters
from gemba.forms.repairs.repair import Repair
from gemba.forms.repairs.structure import mend_structure
from gemba.forms.repairs.types import mend_types

_STEPS = (
    mend_sheets,
    mend_headers,
    mend_merged,
    mend_types,
    mend_kobo,
    mend_structure,
    mend_names,
    mend_root,
    mend_references,
    mend_choices,
    mend_parameters,
    mend_expressions,
    mend_labels,
)
_ORDER = {name: at for at, name in enumerate(SHEETS)}


def mend(book: Book) -> list[Repair]:
    """Repair `book` on the spot; gives what was changed, row by row."""
    made = [repair for step in _STEPS for repair in step(book)]
    return sorted(made, key=lambda each: (_ORDER.get(each.sheet.lower(), -1), each.row))


__all__ = ["Repair", "mend"]
