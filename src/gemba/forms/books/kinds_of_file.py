"""What a file really is, whatever its name says."""

from __future__ import annotations

from gemba.errors import Refusal

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STARTS = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"BM": "a picture",
    b"RIFF": "a picture or a recording",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"\x1f\x8b": "a gzip archive",
    b"{\\rtf": "a text document",
    b"SQLite": "a database",
}


def sort_of(source: bytes, name: str) -> str:
    """Whether a file is a "zip", an "xls" or "text".

    Raises:
        Refusal: forms.empty_file, forms.password, forms.another_file.
    """
    if not source.strip():
        raise Refusal("forms.empty_file", file=name)
    if source.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if source.startswith(_OLE):
        return _ole(source, name)
    if source[:2] in {b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00"}:
        return "xls"
    for start, what in _STARTS.items():
        if source.startswith(start):
            raise Refusal("forms.another_file", file=name, what=what)
    head = source[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<!doctype html", b"<html")):
        raise Refusal("forms.another_file", file=name, what="a web page")
    if head.startswith(b"<"):
        raise Refusal("forms.another_file", file=name, what="an XML file")
    return "text"


def _ole(source: bytes, name: str) -> str:
    """An OLE file holds streams under names in UTF-16: an old workbook, a locked new one, or another document."""
    if "EncryptedPackage".encode("utf-16-le") in source:
        raise Refusal("forms.password", file=name)
    if "WordDocument".encode("utf-16-le") in source:
        raise Refusal("forms.another_file", file=name, what="a Word document")
    if "PowerPoint Document".encode("utf-16-le") in source:
        raise Refusal("forms.another_file", file=name, what="a presentation")
    return "xls"
