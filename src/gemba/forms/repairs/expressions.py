"""Repairs of expressions: only such as cannot be read before and can be read after."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gemba.errors import Refusal
from gemba.forms.book import Book
from gemba.forms.repairs.functions import TRANSLATED, translated
from gemba.forms.repairs.names import REFERENCE
from gemba.forms.repairs.repair import Repair, column, expression_cells
from gemba.wording import text

_QUOTES = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "′": "'", "`": "'"}
)
_SPACES = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\xad]")
_SIGNS = (
    (re.compile(r"&lt;"), "<"),
    (re.compile(r"&gt;"), ">"),
    (re.compile(r"&amp;"), "&"),
    (re.compile(r"=="), "="),
    (re.compile(r"<>"), "!="),
    (re.compile(r"=>"), ">="),
    (re.compile(r"=<"), "<="),
    (re.compile(r"([<>!])\s+="), r"\1="),
    (re.compile(r"≤"), "<="),
    (re.compile(r"≥"), ">="),
    (re.compile(r"≠"), "!="),
    (re.compile(r"[–−]"), "-"),
    (re.compile(r"&&"), " and "),
    (re.compile(r"\|\|"), " or "),
    (re.compile(r"\bAND\b|\bAnd\b"), "and"),
    (re.compile(r"\bOR\b|\bOr\b"), "or"),
    (re.compile(r"\bNOT\s*\(|\bNot\s*\("), "not("),
    (re.compile(r"\bTRUE\b|\bTrue\b"), "true"),
    (re.compile(r"\bFALSE\b|\bFalse\b"), "false"),
    (re.compile(r"\$\s+\{"), "${"),
    (re.compile(r"\$\(([\w.\-]+)\)"), r"${\1}"),
    (re.compile(r"(?<!\$)\{([\w.\-]+)\}"), r"${\1}"),
)


def mend_expressions(book: Book) -> Iterator[Repair]:
    """Quotes, spaces and signs that word processors and other languages put into expressions."""
    sheet = book.survey
    for number, row, header, said in list(expression_cells(book)):
        if not fault(said):
            continue
        for after, what in _attempts(said):
            if after != said and not fault(after):
                row[header] = after
                yield Repair(sheet.name, number, header, what, said, after)
                break


def _attempts(said: str) -> Iterator[tuple[str, str]]:
    plain = _INVISIBLE.sub("", _SPACES.sub(" ", said)).translate(_QUOTES)
    yield plain, text("Quotes and spaces are the plain ones.")
    signs = plain
    for pattern, replacement in _SIGNS:
        signs = pattern.sub(replacement, signs)
    yield signs, text("Signs and words are written as XPath writes them.")
    yield _lower_functions(signs), text("Functions are written in lower case.")
    yield _commas(signs), text("Arguments are parted by commas.")
    yield signs.rstrip(" ;,."), text("What stands after the end is left out.")
    if TRANSLATED.search(signs):
        yield translated(signs), text("Another tool's function is written with those of ODK.")


def _lower_functions(said: str) -> str:
    from gemba.forms.expressions.functions import library

    known = library()
    return re.sub(
        r"\b([A-Za-z][\w\-]*)(\s*\()",
        lambda found: (
            (found[1].lower() if found[1] not in known and found[1].lower() in known else found[1]) + found[2]
        ),
        said,
    )


def _commas(said: str) -> str:
    """Semicolons outside quotes as commas."""
    return "".join(
        part.replace(";", ",") if at % 2 == 0 else part
        for at, part in enumerate(re.split(r"('[^']*'|\"[^\"]*\")", said))
    )


def fault(said: str) -> Refusal | None:
    """What is wrong with an expression as it stands in a workbook; None when nothing is."""
    from gemba.forms.checking import check_expression

    try:
        check_expression(REFERENCE.sub(" /data/x ", _as_pyxform(said)))
    except Refusal as refusal:
        return refusal
    return None


def _as_pyxform(said: str) -> str:
    """Four curly quotes are made straight by pyxform itself: they are no fault."""
    return said.translate(str.maketrans("“”‘’", "\"\"''"))


def has_expressions(book: Book) -> bool:
    """Whether the survey has a column for expressions at all."""
    return any(column(book.survey, each) for each in ("relevant", "calculation", "constraint"))
