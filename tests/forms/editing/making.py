"""Makes checklists to be edited, and says what becomes of them."""

from __future__ import annotations

from gemba.forms.book import Book, Sheet, write_book
from gemba.forms.workbook import convert

EN, FR = "label::English (en)", "label::French (fr)"
SURVEY = (
    {"type": "begin_group", "name": "gate", EN: "At the gate", FR: "À la porte"},
    {"type": "select_one yn", "name": "open", EN: "Is the gate open?", FR: "La porte est-elle ouverte ?",
     "required": "yes"},
    {
        "type": "text", "name": "why", EN: "Why not ${open}?", FR: "Pourquoi ?", "relevant": "${open} = 'no'",
        "note to self": "ask again",
    },
    {"type": "end_group", "name": "gate"},
    {"type": "begin_repeat", "name": "queue", EN: "Queue", FR: "File"},
    {"type": "integer", "name": "wait", EN: "Minutes", FR: "Minutes", "constraint": ". >= 0 and . <= 600"},
    {"type": "select_multiple cause", "name": "causes", EN: "Causes", FR: "Causes", "relevant": "${wait} > 10"},
    {"type": "end_repeat"},
    {"type": "calculate", "name": "longest", "calculation": "max(${wait})"},
    {"type": "note", "name": "told", EN: "The longest was ${longest}.", FR: "Maximum : ${longest}.",
     "relevant": "selected(${open}, 'yes') and /data/gate/open != ''"},
)  # fmt: skip
CHOICES = (
    {"list_name": "yn", "name": "yes", EN: "Yes", FR: "Oui", "score": "1"},
    {"list_name": "yn", "name": "no", EN: "No", FR: "Non", "score": "0"},
    {"list_name": "yn", "name": "na", EN: "Not here", FR: "Pas ici"},
    {"list_name": "cause", "name": "few", EN: "Few staff", FR: "Peu de personnel"},
    {"list_name": "cause", "name": "till", EN: "Till broken", FR: "Caisse en panne"},
)
SETTINGS = ({"form_title": "Gate", "form_id": "gate_check", "version": "3", "default_language": "English (en)"},)


def sheet(name: str, rows: tuple[dict[str, str], ...]) -> Sheet:
    """A sheet with the columns that its rows name."""
    columns = list(dict.fromkeys(header for row in rows for header in row))
    return Sheet(name, columns, [dict(row) for row in rows], list(range(2, len(rows) + 2)))


def made() -> Book:
    """A checklist of two sections in two languages."""
    return Book(
        {
            "survey": sheet("survey", SURVEY),
            "choices": sheet("choices", CHOICES),
            "settings": sheet("settings", SETTINGS),
        }
    )


def row_of(book: Book, name: str) -> int:
    """The row at which the item of a name begins."""
    return next(
        number for number, row in enumerate(book.survey.rows) if row.get("name") == name and "end" not in row["type"]
    )


def xform(book: Book) -> str:
    """What pyxform makes of it, strictly."""
    return convert(write_book(book), "gate.xlsx")
