"""The question bank: questions and sections that are kept to be used again."""

from __future__ import annotations

from datetime import datetime

from gemba.domain.record import Record, Uid


class BankItem(Record, frozen=True, kw_only=True):
    """A question or a whole section, as rows of an XLSForm workbook."""

    title: str
    tags: tuple[str, ...] = ()
    survey: tuple[dict[str, str], ...] = ()
    """Rows of the survey sheet: header and cell."""
    choices: tuple[dict[str, str], ...] = ()
    """Rows of the choices sheet that they need."""
    saved_at: datetime
    person: Uid
    removed: bool = False
