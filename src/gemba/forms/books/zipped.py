"""A zipped workbook is looked through before anything of it is unpacked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from gemba.errors import Refusal
from gemba.forms.books.shape import Remark

MOST_PARTS = 5_000
MOST_UNPACKED = 400_000_000
"""Bytes of all parts together; a workbook of a million formatted rows has about 100 MB."""
MOST_TEXTS = 100_000_000
"""Bytes of the shared texts: these alone are held in memory as a whole."""
_MACROS = "xl/vbaProject.bin"
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml$")


def look_through(source: bytes, name: str) -> list[Remark]:
    """See that the archive is a workbook that can be unpacked safely; gives what is worth saying of it.

    Raises:
        Refusal: forms.damaged, forms.another_file, forms.too_large, forms.entities.
    """
    try:
        with ZipFile(BytesIO(source)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            _see_what_it_is(archive, names, name)
            _see_sizes(parts, name)
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    _see_entities(archive, part, name)
            return list(_remarks(names))
    except (BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as broken:
        if "encrypted" in str(broken):
            raise Refusal("forms.password", file=name) from broken
        raise Refusal("forms.damaged", file=name) from broken


def _see_what_it_is(archive: ZipFile, names: set[str], name: str) -> None:
    if "xl/workbook.xml" in names or any(each.endswith("workbook.xml") for each in names):
        return
    if "xl/workbook.bin" in names:
        raise Refusal("forms.another_file", file=name, what="a binary workbook (.xlsb)")
    if any(each.startswith("word/") for each in names):
        raise Refusal("forms.another_file", file=name, what="a Word document")
    if any(each.startswith("ppt/") for each in names):
        raise Refusal("forms.another_file", file=name, what="a presentation")
    if "mimetype" in names and b"spreadsheet" in archive.read("mimetype")[:100]:
        raise Refusal("forms.another_file", file=name, what="an OpenDocument workbook (.ods)")
    raise Refusal("forms.another_file", file=name, what="an archive (.zip)")


def _see_sizes(parts: list[ZipInfo], name: str) -> None:
    """The declared sizes; Python unpacks no more than is declared."""
    texts = sum(part.file_size for part in parts if part.filename.endswith("sharedStrings.xml"))
    whole = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or whole > MOST_UNPACKED or texts > MOST_TEXTS:
        raise Refusal("forms.too_large", file=name, size=whole // 1_000_000, most=MOST_UNPACKED // 1_000_000)


def _see_entities(archive: ZipFile, part: ZipInfo, name: str) -> None:
    """XML that declares entities can read files and fill the memory: no workbook has reason to."""
    with archive.open(part) as stream:
        head = stream.read(4_000).replace(b"\x00", b"")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise Refusal("forms.entities", file=name, part=part.filename)


def _remarks(names: set[str]) -> Iterator[Remark]:
    if _MACROS in names:
        yield Remark("macros")
    if any(each.startswith("xl/externalLinks/") for each in names):
        yield Remark("external_links")
