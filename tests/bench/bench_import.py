"""Import of a workbook of 500 questions beside pyxform's own time, and the second import of the same file.

    uv run python tests/bench/bench_import.py

Prints one JSON line; exits with 1 when a limit is passed. The limit is a share of pyxform's time in the same run, so
that it holds on any machine.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import uuid_utils

from gemba.errors import Refusal
from gemba.forms.apart import inspect_apart
from gemba.forms.book import Book, write_book
from gemba.forms.inspecting import inspect
from gemba.forms.lists import read_outside
from gemba.work import import_template as importing
from gemba.work.open_desk import make_desk

QUESTIONS = 500
MOST = 1.2
"""Times pyxform's own time."""
ROUNDS = 5


class Called(Exception):
    """Somebody called the reading off."""


def workbook(questions: int = QUESTIONS) -> bytes:
    """Sections of ten questions with scores, rules and two languages."""
    book = Book()
    survey, choices, settings = book.survey, book.choices, book.settings
    survey.columns = [
        "type",
        "name",
        "label::English (en)",
        "label::French (fr)",
        "relevant",
        "constraint",
        "calculation",
    ]
    for number in range(questions):
        if number % 10 == 0:
            _add(survey, "begin_group", f"s{number}", f"Section {number}")
        kind = ("select_one ync", "integer", "text", "select_multiple ync", "calculate")[number % 5]
        relevant = f"${{q{number - 1}}} != ''" if number % 10 > 1 else ""
        rule = ". >= 0 and . < 1000" if kind == "integer" else ""
        value = f"if(${{q{number - 4}}} = 'yes', 1, 0)" if kind == "calculate" else ""
        _add(survey, kind, f"q{number}", f"Is point {number} right?", f"Point {number} ?", relevant, rule, value)
        if number % 10 == 9:
            _add(survey, "end_group")
    choices.columns = ["list_name", "name", "label::English (en)", "label::French (fr)"]
    for name in ("yes", "no", "na"):
        _add(choices, "ync", name, name, name)
    settings.columns = ["form_title", "form_id", "version"]
    _add(settings, "Five hundred", "five_hundred", "1")
    return write_book(book)


def _add(sheet, *cells: str) -> None:
    sheet.rows.append({column: cell for column, cell in zip(sheet.columns, cells, strict=False) if cell})
    sheet.numbers.append(len(sheet.rows) + 1)


def seconds(run: Callable[[], object]) -> float:
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


def main() -> int:
    from pyxform.xls2xform import convert

    source = workbook()
    convert(source)
    inspect(source, "warm.xlsx")
    pairs = [(seconds(lambda: convert(source)), seconds(lambda: inspect(source, "form.xlsx"))) for _ in range(ROUNDS)]
    pyxform, ours = (statistics.median(column) for column in zip(*pairs, strict=True))
    found = {
        "questions": QUESTIONS,
        "pyxform_s": round(pyxform, 3),
        "inspected_s": round(ours, 3),
        "ratio": round(statistics.median(ours / theirs for theirs, ours in pairs), 3),
        "apart_s": round(seconds(lambda: inspect_apart(source, "form.xlsx")), 3),
        "called_off_s": round(called_off(source), 3),
        **imported(source),
        **listed(),
    }
    print(json.dumps(found))
    return int(found["ratio"] > MOST or found["again_s"] > 0.1 * pyxform or found["list_s"] > 2)


def imported(source: bytes) -> dict[str, float]:
    """The first import into a store, and the second of the same bytes."""
    with TemporaryDirectory() as folder:
        desk = make_desk(
            Path(folder) / "store",
            clock=lambda: datetime.now(UTC),
            ids=lambda: str(uuid_utils.uuid7()),
            demo=True,
        )
        importing._LATELY.clear()
        first = seconds(lambda: importing.import_template(desk, source, "form.xlsx"))
        importing._LATELY.clear()
        again = seconds(lambda: importing.import_template(desk, source, "form.xlsx"))
        desk.store.close()
    return {"imported_s": round(first, 3), "again_s": round(again, 4)}


def listed() -> dict[str, float]:
    """A list of 100,000 choices in a file beside the form."""
    rows = "\n".join(f"c{number},Choice {number},{number % 100}" for number in range(100_000))
    data = f"name,label,region\n{rows}\n".encode()
    return {"list_s": round(seconds(lambda: read_outside("places.csv", data)), 3)}


def called_off(source: bytes) -> float:
    """From the wish to stop until the other process is gone."""
    wished = 0.0

    def stage(words: str) -> None:
        nonlocal wished
        if words:
            wished = time.perf_counter()
            raise Called

    try:
        inspect_apart(source, "form.xlsx", stage=stage)
    except (Called, Refusal):
        return time.perf_counter() - wished
    return 0.0


if __name__ == "__main__":
    sys.exit(main())
