"""A workbook in memory: read from any sort of file that holds an XLSForm, changed, and written again.

    book = read_book(source, "walk.xls")
    book.survey.rows[0]["label"] = "Is the aisle clear?"
    source = write_book(book)

Whatever was not changed becomes the same form: pyxform makes the same XForm of the bytes read and the bytes written.
"""

from __future__ import annotations

from gemba.errors import Refusal
from gemba.forms.books.kinds_of_file import sort_of
from gemba.forms.books.plain_text import read_text
from gemba.forms.books.shape import SHEETS, Book, Remark, Sheet
from gemba.forms.books.writing import write_xlsx
from gemba.forms.books.xls import read_xls
from gemba.forms.books.xlsx import read_xlsx


def read_book(source: bytes, name: str = "form.xlsx") -> Book:
    """Read a workbook; what the file is counts, not what its name ends with.

    Args:
        source: bytes of an .xlsx, .xlsm, .xls, .csv or .md file.
        name: the file's name, for messages.

    Returns:
        The sheets of the form, with numbers, dates and formulas as the texts that a person sees.

    Raises:
        Refusal: forms.empty_file, forms.another_file, forms.damaged, forms.password, forms.too_large, forms.entities,
            forms.too_many_rows, forms.not_a_workbook.
    """
    sort = sort_of(source, name)
    try:
        if sort == "zip":
            return read_xlsx(source, name, _wanted)
        return read_xls(source, name, _wanted) if sort == "xls" else read_text(source, name)
    except MemoryError as full:
        raise Refusal("forms.too_large", file=name, size=len(source) // 1_000_000, most=400) from full


def write_book(book: Book) -> bytes:
    """The book as .xlsx; the same book gives the same bytes."""
    return write_xlsx(book)


def _wanted(name: str, count: int) -> bool:
    """Whether a sheet belongs to the form: it is called so, nearly so, or is the only one."""
    return count == 1 or nearly(name) in SHEETS


def nearly(name: str) -> str:
    """The name of the sheet of an XLSForm that `name` is, but for capitals, spaces and an s too many or too few."""
    plain = "_".join(name.replace("-", " ").replace("_", " ").split()).lower()
    for known in SHEETS:
        if plain == known or plain.rstrip("s") == known.rstrip("s"):
            return known
    return plain


__all__ = ["SHEETS", "Book", "Remark", "Sheet", "nearly", "read_book", "write_book"]
