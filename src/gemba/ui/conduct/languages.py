"""Languages of checklists, as XLSForm names them: `French (fr)`, `العربية (ar)`."""

from __future__ import annotations

import re

from PySide6.QtCore import QLocale, Qt

from gemba import wording

_CODE = re.compile(r"\(([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*)\)\s*$")


def runs_right_to_left(language: str) -> bool:
    """Whether a checklist's language is written from right to left; as the window is, when it does not say."""
    found = _CODE.search(language)
    if found is None:
        return wording.right_to_left()
    return QLocale(found[1]).textDirection() == Qt.LayoutDirection.RightToLeft
