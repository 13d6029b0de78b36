"""Numbers as people type them, whichever sign their decimals have."""

from __future__ import annotations

from PySide6.QtCore import QLocale

from gemba.errors import Refusal


def number_said(field: str, words: str) -> float | None:
    """The number that was typed, in the language's writing or with a point; `None` for nothing.

    Raises:
        Refusal: `work.not_a_number`.
    """
    plain = words.strip().removesuffix("%").strip()
    if not plain:
        return None
    value, is_one = QLocale().toDouble(plain)
    if is_one:
        return value
    try:
        return float(plain.replace(",", "."))
    except ValueError:
        raise Refusal("work.not_a_number", field=field, value=words.strip()[:40]) from None


def number_shown(value: float | None) -> str:
    """A number as it can be typed again."""
    return "" if value is None else QLocale().toString(value, "g", 12)
