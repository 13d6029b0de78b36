"""What the parts of a checklist are called on the screen, in plain words."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from gemba.wording import language, text


class TypeWords(NamedTuple):
    """A type of question: its name, what it is for, and its icon."""

    name: str
    purpose: str
    icon: str


def type_words(code: str) -> TypeWords:
    """The words for a type; one that is not offered is called as the workbook calls it."""
    known = _types(language()).get(code)
    return known if known is not None else TypeWords(code, text("Kept as it was written."), "circle-question-mark")


def sign_words(sign: str) -> str:
    """How a comparison is said between a question and a value."""
    return {
        "is": text("is"),
        "is_not": text("is not"),
        "includes": text("includes"),
        "includes_not": text("does not include"),
        "answered": text("is answered"),
        "empty": text("is not answered"),
        "more": text("is more than"),
        "at_least": text("is at least"),
        "less": text("is less than"),
        "at_most": text("is at most"),
    }[sign]


def limit_words(sign: str) -> str:
    """How a limit is said."""
    return {
        "at_least": text("at least"),
        "at_most": text("at most"),
        "more": text("more than"),
        "less": text("less than"),
        "is_not": text("anything but"),
        "not_future": text("not in the future"),
        "not_past": text("not in the past"),
        "longest": text("no longer than (characters)"),
        "shortest": text("no shorter than (characters)"),
        "most_chosen": text("no more choices than"),
        "least_chosen": text("no fewer choices than"),
        "pattern": text("of the pattern"),
    }[sign]


@lru_cache(maxsize=4)
def _types(_language: str) -> dict[str, TypeWords]:
    """The words in the chosen language, put together once."""
    return {
        "select_one": TypeWords(text("One choice"), text("Yes or no, or a rating"), "circle-dot"),
        "select_multiple": TypeWords(text("Several choices"), text("All that apply"), "list-checks"),
        "text": TypeWords(text("Words"), text("A line or a paragraph"), "pencil"),
        "integer": TypeWords(text("Whole number"), text("A count of things"), "hash"),
        "decimal": TypeWords(text("Number"), text("A measure, with a comma"), "target"),
        "range": TypeWords(text("Scale"), text("A number between two ends"), "minus"),
        "date": TypeWords(text("Day"), text("From a calendar"), "calendar"),
        "time": TypeWords(text("Time"), text("Hours and minutes"), "clock"),
        "dateTime": TypeWords(text("Day and time"), text("A moment"), "calendar-check"),
        "datetime": TypeWords(text("Day and time"), text("A moment"), "calendar-check"),
        "image": TypeWords(text("Photo"), text("Camera or file"), "camera"),
        "audio": TypeWords(text("Recording"), text("A voice note"), "message-square"),
        "video": TypeWords(text("Film"), text("A short film"), "play"),
        "file": TypeWords(text("File"), text("Any document"), "paperclip"),
        "geopoint": TypeWords(text("Location"), text("A point on the map"), "map-pin"),
        "barcode": TypeWords(text("Barcode"), text("Scanned or typed"), "columns-3"),
        "rank": TypeWords(text("Ranking"), text("Choices put in order"), "list"),
        "acknowledge": TypeWords(text("Confirmation"), text("One tick: seen, done"), "check"),
        "note": TypeWords(text("Words to read"), text("No answer is asked"), "info"),
        "calculate": TypeWords(text("Worked out"), text("From other answers"), "command"),
        "section": TypeWords(text("Section"), text("Questions that belong together"), "folder"),
        "repeat": TypeWords(text("Repeated section"), text("Once for each thing seen"), "copy"),
    }
