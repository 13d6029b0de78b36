"""A form that does not say how it is called is called after its file."""

from __future__ import annotations

from io import BytesIO

import pytest

from gemba.errors import Refusal
from gemba.forms.reading import parse, read


def workbook(settings: dict[str, str], *, questions: bool = True) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "survey"
    book.active.append(["type", "name", "label"])
    if questions:
        book.active.append(["text", "seen", "What did you see?"])
    if settings:
        sheet = book.create_sheet("settings")
        sheet.append(list(settings))
        sheet.append(list(settings.values()))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("settings", "form_id", "title"),
    [
        ({}, 'Walk & "talk"', 'Walk & "talk"'),
        ({"form_id": "walk"}, "walk", 'Walk & "talk"'),
        ({"form_title": "A walk"}, 'Walk & "talk"', "A walk"),
        ({"form_id": "walk", "form_title": "A walk"}, "walk", "A walk"),
    ],
)
def test_names_come_from_the_settings_or_from_the_file(settings: dict[str, str], form_id: str, title: str) -> None:
    form = read(workbook(settings), name='Walk & "talk".xlsx')
    assert (form.form_id, form.title) == (form_id, title)
    again = parse(form.xform)
    assert (again.form_id, again.title) == (form_id, title)


def test_a_workbook_without_questions_is_refused() -> None:
    with pytest.raises(Refusal, match=r"forms\.no_questions"):
        read(workbook({}, questions=False), name="empty.xlsx")
