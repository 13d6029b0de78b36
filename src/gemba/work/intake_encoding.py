"""In which encoding a file of texts is, and its lines, each known to be readable or not."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

BLOCK = 2**20
"""Bytes that are read at once."""
LONGEST_LINE = 32 * 2**20
"""Bytes of a line that is held; what is longer is told of by its beginning."""
_SAMPLE = 2**20
_SHOWN = 1000
"""Bytes of a line that is too long which are kept to tell of it."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HIGH = re.compile(rb"[\x80-\xff]+")
_WESTERN_RUN = re.compile("[^\\W\\d_a-zA-Z]{4,}")
"""In no western language do four letters with accents follow each other: such words are of another alphabet."""
_TWO_ALPHABETS = re.compile("[a-z][\u0370-\u04ff]{1,2}(?:[a-z]|\\b)|\\b[\u0370-\u04ff][a-z]{2,}")
"""A letter of another alphabet beside small Latin ones: it was one with an accent, written by another encoding."""
_CYRILLIC, _GREEK = frozenset("оеаинтсрвл"), frozenset("αειοτνσρκπ")
UNREADABLE = re.compile("[\ud800-\udfff]")
"""What stands in a line for bytes that its encoding does not know."""


def guess(source: BinaryIO) -> str:
    """The encoding of a file, told from its marks and bytes at its beginning and in its middle."""
    head = source.read(_SAMPLE)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if (wide := _wide(head)) is not None:
        return wide
    size = source.seek(0, 2)
    source.seek(max(0, size // 2))
    sample = head + b"\n" + source.read(_SAMPLE).partition(b"\n")[2]
    lines = [line for line in sample.split(b"\n")[:-1] or [sample] if not line.isascii()]
    good = sum(_decodes(line, "utf-8") for line in lines)
    return "utf-8" if 2 * good >= len(lines) else _one_byte(b"\n".join(lines))


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of western text is zero."""
    some = head[: 4096 & ~1]
    if len(some) < 4 or b"\0" not in some:
        return None
    for first, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = some[first::2].count(0)
        if zeros > 0.4 * len(some) / 2 and some[1 - first :: 2].count(0) < 0.05 * len(some):
            return name
    return None


def _one_byte(sample: bytes) -> str:
    """Of the encodings with one byte a letter: western ones have single such letters, others whole words of them."""
    runs = [len(run) for run in _HIGH.findall(sample)]
    if not runs or sum(run > 2 for run in runs) < 0.3 * len(runs):
        return "cp1252"
    common = {
        name: sum(letter in letters for letter in sample.decode(name, "replace").lower())
        for name, letters in (("cp1251", _CYRILLIC), ("cp1253", _GREEK))
    }
    return max(common, key=lambda name: common[name])


def _decodes(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


Line = tuple[str, str]
"""A line with its end, and what is wrong with it: nothing, `encoding` or `long`."""


def lines(source: BinaryIO, encoding: str) -> Iterator[Line]:
    """The lines of a file, from where it stands.

    A line that its encoding cannot read holds lone surrogates in place of the bytes. In a file with one byte a letter,
    a line that is UTF-8 beyond doubt is wrong, too, and so is one whose words mix alphabets as no language does: they
    would be read as other words. Lines longer than `LONGEST_LINE` end there; the rest of them is passed over.
    """
    plain = "utf-8" if encoding == "utf-8-sig" else encoding
    narrow = plain != "utf-8"
    if plain.startswith(("utf-16", "utf-32")):
        for text, fault in _wide_texts(source, plain):
            yield from ((line, fault or ("encoding" if UNREADABLE.search(line) else "")) for line in _split(text))
        return
    for some, fault in _blocks(source):
        try:
            text = some.decode(plain)
        except UnicodeDecodeError:
            text = some.decode(plain, "surrogateescape")
            yield from ((line, fault or ("encoding" if UNREADABLE.search(line) else "")) for line in _split(text))
            continue
        if narrow and not some.isascii():
            for line in _split(text):
                other = _as_utf8(line, plain)
                wrong = fault or ("encoding" if other is None and _is_garbled(line, plain) else "")
                yield (line, wrong) if other is None else (other, "encoding")
        else:
            yield from ((line, fault) for line in _split(text))


def as_bytes(line: str, encoding: str) -> bytes:
    """The bytes that a line was read from; one that its encoding has no letters for was read as UTF-8."""
    plain = "utf-8" if encoding == "utf-8-sig" else encoding
    try:
        return line.encode(plain, "surrogatepass" if plain.startswith(("utf-16", "utf-32")) else "surrogateescape")
    except UnicodeEncodeError:
        return line.encode("utf-8", "surrogateescape")


def _split(text: str) -> Iterator[str]:
    """Lines at line feeds alone: other characters that part lines may stand in a text."""
    return iter(io.StringIO(text, newline="\n"))


def _blocks(source: BinaryIO) -> Iterator[tuple[bytes, str]]:
    """The bytes of a file, cut behind ends of lines, and whether a line was too long."""
    carried, ends = b"", b""
    while some := source.read(BLOCK):
        if not ends:
            ends = b"\r" if b"\n" not in some and b"\r" in some else b"\n"
        if ends == b"\r":
            some = some.replace(b"\r", b"\n")
        cut = some.rfind(b"\n") + 1
        if cut:
            yield carried + some[:cut], ""
            carried = some[cut:]
        else:
            carried += some
        if len(carried) > LONGEST_LINE:
            yield carried[:_SHOWN] + b"\n", "long"
            carried = _rest_of_line(source)
    if carried:
        yield carried, ""


def _rest_of_line(source: BinaryIO) -> bytes:
    """Pass over the rest of a line; gives what was read of the next ones."""
    while some := source.read(BLOCK):
        if (cut := some.find(b"\n") + 1) > 0:
            return some[cut:]
    return b""


def _wide_texts(source: BinaryIO, encoding: str) -> Iterator[tuple[str, str]]:
    decoder = codecs.getincrementaldecoder(encoding)("surrogatepass")
    carried = ""
    while True:
        some = source.read(BLOCK)
        try:
            text = decoder.decode(some, final=not some)
        except UnicodeDecodeError:  # half a letter at the very end
            text = "\ud800"
        cut = text.rfind("\n") + 1
        if cut:
            yield carried + text[:cut], ""
            carried = text[cut:]
        else:
            carried += text
        if len(carried) > LONGEST_LINE // 2:
            yield carried[:_SHOWN] + "\n", "long"
            carried = ""
        if not some:
            break
    if carried:
        yield carried, ""


def _as_utf8(line: str, encoding: str) -> str | None:
    """What a line says as UTF-8, when that is likelier; `None` when it is none."""
    if line.isascii():
        return None
    try:
        return line.encode(encoding).decode("utf-8")
    except UnicodeError:
        return None


def _is_garbled(line: str, encoding: str) -> bool:
    """Whether words of a line were written by another encoding with one byte a letter than the one it was read by."""
    if line.isascii():
        return False
    return bool((_WESTERN_RUN if encoding == "cp1252" else _TWO_ALPHABETS).search(line))
