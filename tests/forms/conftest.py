"""Workbooks written in the tests: every form here is our own."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from io import BytesIO

import pytest

from gemba.forms.filling import Fill
from gemba.forms.reading import read

Rows = Sequence[Sequence[object]]
NOW = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def workbook() -> Callable[..., bytes]:
    """Make an XLSForm of rows; the first row of each sheet is its header."""

    def make(survey: Rows, choices: Rows = (), settings: Rows = ()) -> bytes:
        from openpyxl import Workbook

        book = Workbook()
        book.remove(book.active)
        for title, rows in {"survey": survey, "choices": choices, "settings": settings}.items():
            if rows:
                sheet = book.create_sheet(title)
                for row in rows:
                    sheet.append(list(row))
        out = BytesIO()
        book.save(out)
        return out.getvalue()

    return make


@pytest.fixture(scope="session")
def filling(workbook) -> Callable[..., Fill]:
    """Begin filling a form made of rows."""

    def begin(survey: Rows, choices: Rows = (), settings: Rows = (), **traits: object) -> Fill:
        form = read(workbook(survey, choices, settings))
        return Fill(form, now=lambda: NOW, rng=random.Random(7), person="ada", **traits)

    return begin
