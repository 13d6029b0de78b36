"""Import of workbooks of 500 questions beside pyxform's own time, and the second import of the same file.

    uv run python tests/bench/bench_import.py

Measured are two workbooks of our own (sections, rules and two languages; one long chain of conditions) and, where they
are at hand, the real ones of `oracles/forms` that pyxform converts and that have 300 to 900 questions. Prints one JSON
line; exits with 1 when a limit is passed. The limit is a share of pyxform's time in the same run, so that it holds on
any machine.
"""

from __future__ import annotations

import gc
import json
import os
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
ORACLES = Path(os.environ.get("GEMBA_ORACLES") or Path(__file__).parents[2].parent / "shared" / "oracles") / "forms"


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


def chained(questions: int = QUESTIONS) -> bytes:
    """Questions of which each is asked when the one before it is answered with yes."""
    book = Book()
    book.survey.columns = ["type", "name", "label", "relevant", "constraint"]
    for number in range(questions):
        relevant = f"${{q{number - 1}}} = 'yes'" if number else ""
        _add(book.survey, "select_one yn", f"q{number}", f"Question {number}", relevant)
    book.choices.columns = ["list_name", "name", "label"]
    for name in ("yes", "no"):
        _add(book.choices, "yn", name, name)
    return write_book(book)


def real() -> dict[str, bytes]:
    """Real workbooks of about that size, by the beginning of their names."""
    found = {}
    for file in sorted((ORACLES / "xlsx").glob("*.xlsx")):
        source = file.read_bytes()
        try:
            looked = inspect(source, file.name)
        except Refusal:
            continue
        if looked.form is not None and not looked.repairs and 300 <= looked.form.questions <= 900:
            found[file.name[:8]] = source
    return found


def compared(source: bytes) -> tuple[float, float, float]:
    """Seconds of pyxform, ours, and how many times as long ours takes, in turns."""
    from pyxform.xls2xform import convert

    pairs = []
    for _ in range(ROUNDS):
        gc.collect()
        theirs = seconds(lambda: convert(source))
        gc.collect()
        pairs.append((theirs, seconds(lambda: inspect(source, "form.xlsx"))))
    pyxform, ours = (statistics.median(column) for column in zip(*pairs, strict=True))
    return pyxform, ours, statistics.median(ours / theirs for theirs, ours in pairs)


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
    pyxform, ours, ratio = compared(source)
    ratios = {"sections": ratio, "chain": compared(chained())[2]}
    ratios |= {name: compared(each)[2] for name, each in real().items()}
    found = {
        "questions": QUESTIONS,
        "pyxform_s": round(pyxform, 3),
        "inspected_s": round(ours, 3),
        "ratios": {name: round(each, 3) for name, each in ratios.items()},
        "apart_s": round(seconds(lambda: inspect_apart(source, "form.xlsx")), 3),
        "called_off_s": round(called_off(source), 3),
        **imported(source),
        **listed(),
    }
    print(json.dumps(found))
    return int(max(ratios.values()) > MOST or found["again_s"] > 0.1 * pyxform or found["list_s"] > 2)


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
