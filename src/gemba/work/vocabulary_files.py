"""A vocabulary as a small CSV file that a steward keeps in a spreadsheet."""

from __future__ import annotations

import csv
import io

from gemba.domain.vocabularies import Vocabulary
from gemba.errors import Refusal
from gemba.work.csv_rows import CsvRows
from gemba.work.vocabularies import Words

_MOST = 1 << 20
"""Bytes; a vocabulary of ten thousand codes has half of that."""


def words_of(data: bytes) -> Words:
    """The words that a CSV file says: columns `code` and `title`, and if need be `parent` and `domain`.

    Raises:
        Refusal: it is no such file, or a code stands in it twice.
    """
    terms: dict[str, str] = {}
    parents: dict[str, str] = {}
    domains: dict[str, str] = {}
    for row in _rows(data, "code", "title"):
        code = row["code"]
        if not code:
            continue
        if code in terms:
            raise Refusal("work.vocabulary_code_twice", said=code)
        terms[code] = row["title"] or code
        parents |= {code: row["parent"]} if row.get("parent") else {}
        domains |= {code: row["domain"]} if row.get("domain") else {}
    return Words(terms=terms, parents=parents, domains=domains)


def crosswalk_of(data: bytes) -> dict[str, str]:
    """What becomes of codes that are no more: columns `old` and `new`."""
    return {row["old"]: row["new"] for row in _rows(data, "old", "new") if row["old"]}


def file_of(words: Words | Vocabulary) -> bytes:
    """The CSV file that says these words."""
    written = io.StringIO()
    into = csv.writer(written)
    into.writerow(("code", "title", "parent", "domain"))
    for code, title in words.terms.items():
        into.writerow((code, title, words.parents.get(code, ""), words.domains.get(code, "")))
    return written.getvalue().encode("utf-8-sig")


def _rows(data: bytes, *needed: str) -> list[dict[str, str]]:
    if len(data) > _MOST or b"\0" in data:
        raise Refusal("work.vocabulary_file", needed=", ".join(needed))
    try:
        words = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        words = data.decode("cp1252", "replace")
    head = words.partition("\n")[0]
    separator = max((";", "\t", ","), key=head.count)
    try:
        read = list(CsvRows(words, separator, strict=True))
    except csv.Error as error:
        raise Refusal("work.vocabulary_file", needed=", ".join(needed)) from error
    titles = [cell.strip().casefold() for cell in read[0]] if read else []
    if not set(needed) <= set(titles):
        raise Refusal("work.vocabulary_file", needed=", ".join(needed))
    return [dict(zip(titles, (cell.strip() for cell in row), strict=False)) | _lacking(titles, row) for row in read[1:]]


def _lacking(titles: list[str], row: list[str]) -> dict[str, str]:
    """Cells at the end of a row that were left out are empty."""
    return dict.fromkeys(titles[len(row) :], "")
