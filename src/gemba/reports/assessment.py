"""The assessment report: facts in, a PDF out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from gemba import wording
from gemba.reports.facts import AssessmentFacts, PhotoFacts, Rendered
from gemba.reports.files import written
from gemba.reports.paper import jpeg, pages
from gemba.reports.paper.blocks import Block
from gemba.reports.paper.document import Document
from gemba.reports.paper.look import PAGE_HEIGHT, PAGE_WIDTH
from gemba.reports.paper.pen import Pen
from gemba.reports.parts.actions import actions
from gemba.reports.parts.alerts import alerts
from gemba.reports.parts.answers import answers
from gemba.reports.parts.compositor import Compositor
from gemba.reports.parts.cover import cover
from gemba.reports.parts.findings import critical_items, findings
from gemba.reports.parts.notation import Notation
from gemba.reports.parts.observations import observations
from gemba.reports.parts.score import section_scores
from gemba.reports.parts.signatures import signatures
from gemba.reports.parts.surround import Surround
from gemba.reports.typeset import scripts
from gemba.reports.typeset.book import FontBook
from gemba.wording import plural, text

Step = Callable[[int, int], None]
"""Told how much is done and how much there is; ends the work by raising."""


def render(
    facts: AssessmentFacts,
    out: Path,
    *,
    language: str,
    font_packs: Sequence[Path] = (),
    step: Step = lambda done, total: None,  # noqa: ARG005 - nobody listens
) -> Rendered:
    """Write the report of one assessment as a PDF.

    The same facts give the same bytes. Photos are read one at a time, while the file is being written.

    Args:
        facts: what it tells; texts already in `language`.
        out: the PDF; it appears whole or not at all.
        language: BCP 47 tag of the report's own texts.
        font_packs: folders with fonts for writing systems that are neither bundled nor installed.
        step: told of progress.

    Raises:
        Trouble: the file cannot be written (`reports.disk_full`, `reports.read_only`, `reports.no_folder`,
            `reports.in_use`, `reports.not_written`).
    """
    with speaking(language):
        notation = Notation(language, wording.right_to_left(), facts.zone)
        book = FontBook(language, font_packs)
        hand = Compositor(book, notation)
        document = _document(facts, notation)
        pen = Pen(document, PAGE_WIDTH, PAGE_HEIGHT, rtl=notation.rtl)
        laid_out = pages.lay_out(blocks(facts, hand))
        count = len(laid_out)
        pages.draw(laid_out, pen, Surround(facts, hand))
        size = written(out, lambda file: document.write(file, step))
        return Rendered(count, size, tuple(warnings(book, len(document.unreadable))))


def estimate(facts: AssessmentFacts) -> int:
    """About how many bytes the report will take, told from the sizes of its photos without reading them."""
    photos = {photo.jpeg for photo in _photos(facts)}
    lines = sum(len(section.lines) for section in facts.sections)
    return 60_000 + 1_200 * len(facts.findings) + 150 * lines + sum(jpeg.weight(photo) for photo in photos)


def blocks(facts: AssessmentFacts, hand: Compositor) -> Iterator[Block]:
    """The report of an assessment, part after part."""
    yield from cover(facts, hand)
    yield from section_scores(facts.sections, hand, facts.scales)
    yield from critical_items(facts, hand)
    yield from alerts(facts, hand)
    yield from observations(facts, hand)
    yield from findings(facts, hand)
    yield from actions(facts, hand)
    yield from answers(facts, hand)
    yield from signatures(facts, hand)


def _document(facts: AssessmentFacts, notation: Notation) -> Document:
    document = Document(PAGE_WIDTH, PAGE_HEIGHT, language=notation.language, rtl=notation.rtl)
    title = " · ".join(part for part in (facts.number, facts.title, facts.place) if part)
    when = facts.concluded_at or facts.started_at
    document.describe(title=title, author=facts.person, subject=facts.kind_title, creator="Gemba", when=when)
    return document


def _photos(facts: AssessmentFacts) -> Iterator[PhotoFacts]:
    for finding in facts.findings:
        yield from finding.photos
        for pair in (pair for action in finding.actions for pair in action.pairs):
            yield from (photo for photo in (pair.before, pair.after) if photo is not None)
    for section in facts.sections:
        for line in section.lines:
            yield from line.photos


def warnings(book: FontBook, unreadable: int) -> Iterator[str]:
    """Sentences: characters that no font writes, photos that could not be read."""
    for script, characters in sorted(book.missing.items()):
        yield text(
            "No font here writes {script}, so {signs} stand as � in the report. "
            "Install a font for it or add a font pack, and print the report again.",
            script=scripts.shown(script),
            signs=" ".join(sorted(characters)[:8]) + (" …" if len(characters) > 8 else ""),
        )
    if unreadable:
        yield plural(
            "One photo could not be read; its place in the report is blank.",
            "{n} photos could not be read; their places in the report are blank.",
            unreadable,
        )


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Texts in `language` for as long as this lasts."""
    before = wording.language()
    if language == before:
        yield
        return
    wording.use(language)
    try:
        yield
    finally:
        wording.use(before)
