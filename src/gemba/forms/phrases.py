"""Reads texts that may hold answers (`<output value="..."/>`) and references to kept texts (`jr:itext('...')`)."""

from __future__ import annotations

import re
from collections.abc import Callable

from gemba.errors import Refusal
from gemba.forms.definition import Phrase, Wording
from gemba.forms.expressions import Compiled, Context, Node, Quit, compile_text, to_text
from gemba.forms.expressions.nodes import TEXT

_KEPT = re.compile(r"\s*jr:itext\(\s*(?:'(.*)'|\"(.*)\"|(.+?))\s*\)\s*$", re.DOTALL)
"""Identifiers may have quotes in them: a choice may be called don't_know."""

WHITE = "".join(map(chr, range(33)))
"""What Java trims: blanks and control characters, but no wider spaces."""


def read_wording(node: Node | None) -> Wording | None:
    """The wording of a `<label>`, `<hint>` and the like."""
    if node is None:
        return None
    reference = node.attribute("ref")
    if reference:
        return read_reference(reference) if _KEPT.match(reference) else Wording(expression=reference)
    return Wording(inline=read_phrase(node))


def read_reference(source: str | None) -> Wording | None:
    """The wording of an attribute: `jr:itext('id')`, `jr:itext(expression)` or the text itself."""
    if not source:
        return None
    found = _KEPT.match(source)
    if found is None:
        return Wording(inline=Phrase((source,)))
    if found[3]:
        return Wording(expression=found[3], kept=True)
    return Wording(identifier=found[1] or found[2] or "")


def read_phrase(node: Node) -> Phrase:
    """The text inside `node`, with its outputs compiled."""
    pieces: list[str | Compiled] = []
    sources: list[str] = []
    for child in node.children:
        if child.kind == TEXT:
            pieces.append(child.value)
        elif child.name == "output":
            source = (child.attribute("value") or child.attribute("ref") or "").strip()
            sources.append(source)
            pieces.append(_compiled(source))
    return Phrase(_trimmed(pieces), tuple(sources))


def _trimmed(pieces: list[str | Compiled]) -> tuple[str | Compiled, ...]:
    """Without the white space around the text as written; what answers bring stays."""
    if pieces and isinstance(pieces[0], str):
        pieces[0] = pieces[0].lstrip(WHITE)
    if pieces and isinstance(pieces[-1], str):
        pieces[-1] = pieces[-1].rstrip(WHITE)
    return tuple(piece for piece in pieces if piece != "")


def _compiled(source: str) -> Compiled:
    """An output; a broken one is found when the form is checked, and shows as nothing."""
    try:
        return compile_text(source)
    except Refusal:
        return lambda _context: ""


def say(phrase: Phrase | None, context: Context, *, gaps: bool = True) -> str:
    """The text of `phrase` where `context` stands; an output that has no value shows as nothing.

    Without `gaps`, white space alone between two outputs is left out, as JavaRosa does.
    """
    if phrase is None:
        return ""
    pieces = phrase.pieces if gaps else [each for each in phrase.pieces if not _is_gap(each)]
    return "".join(piece if isinstance(piece, str) else _output(piece, context, kind=gaps) for piece in pieces)


def _is_gap(piece: str | Compiled) -> bool:
    return isinstance(piece, str) and not piece.strip(WHITE)


def _output(piece: Callable[[Context], object], context: Context, *, kind: bool) -> str:
    try:
        value = piece(context)
    except Quit:
        return ""
    if kind and isinstance(value, list) and len(value) == 1 and value[0].type == "time":
        return str(value[0].text())  # JavaRosa shows the first day of its calendar instead
    return to_text(value, context.zone)  # type: ignore[arg-type]  # what expressions give
