"""The matrix of requirements and documents: drawn, with its holes, its age, and what to look up next."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from gemba.reports.matrix_shapes import Matrix, MatrixCell, draw_matrix
from gemba.reports.sheet_facts import Cell, Drawing, Figures, Part, Table, Words
from gemba.wording import text
from gemba.work.counted import entries_of
from gemba.work.desk import Desk
from gemba.work.document_matrix import DocumentMatrix, Seen, document_matrix
from gemba.work.register_view import Asked, Gap, RegisterView


def document_matrix_view(desk: Desk, asked: Asked) -> RegisterView:
    """Requirements by documents."""
    found = document_matrix(desk, asked.place)
    return RegisterView(
        register="document_audit",
        title=text("Requirements in documents"),
        facts=found,
        parts=tuple(_parts(found)),
        gaps=tuple(_gaps(found)),
    )


def _parts(found: DocumentMatrix) -> Iterator[Part]:
    if not found.subjects:
        yield Words(text("No goal holds here yet: promise something to customers first, under Alignment."), "quiet")
        return
    if not found.documents:
        yield Words(text("Nobody has looked into a document yet: add an entry for the first one."), "quiet")
        return
    yield Figures(
        (
            (str(len(found.subjects)), text("goals and requirements")),
            (str(len(found.documents)), text("documents")),
            (str(found.holes()), text("cells where nobody looked")),
            (str(sum(cell.found == "missing" for cell in found.cells)), text("missing")),
            (str(sum(cell.old or cell.outdated for cell in found.cells)), text("to be looked up again")),
        ),
        (
            tuple(row.link for row in found.subjects),
            entries_of(cell.entry for cell in found.cells),  # a document is known from the looks into it
            found.with_holes(),
            entries_of(cell.entry for cell in found.cells if cell.found == "missing"),
            entries_of(cell.entry for cell in found.cells if cell.old or cell.outdated),
        ),
    )
    spoken = text("Which goal or requirement is in which document; the table below says the same.")
    cells = tuple(tuple(_cell(found.at(row.link, document)) for document in found.documents) for row in found.subjects)
    matrix = Matrix(
        tuple(row.title for row in found.subjects), found.documents, cells, text("Requirement · document"), spoken
    )
    for picture in draw_matrix(matrix):
        yield Drawing(picture)
    yield Words(text("A cell without words is a hole: nobody has looked there."), "quiet")
    yield _table(found)


def _cell(seen: Seen | None) -> MatrixCell:
    if seen is None:
        return MatrixCell()
    if seen.found == "missing":
        return MatrixCell(text("missing"), "poor", f"{seen.seen_on:%Y-%m}")
    tone = "fair" if seen.old or seen.outdated or seen.found == "part" else "good"
    words = text("in part") if seen.found == "part" else seen.version or text("there")
    return MatrixCell(words, tone, f"{seen.seen_on:%Y-%m}")  # type: ignore[arg-type]


def _table(found: DocumentMatrix) -> Table:
    titles = {row.link: row.title for row in found.subjects}
    order = {row.link: at for at, row in enumerate(found.subjects)}
    return Table(
        (
            text("Requirement"),
            text("Document"),
            text("Is it in there?"),
            text("Version"),
            text("Where"),
            text("Seen on"),
        ),
        tuple(
            (
                titles[cell.subject],
                cell.document,
                msgspec.structs.replace(_found(cell), records=entries_of([cell.entry])),
                cell.version or "–",
                cell.where or "–",
                Cell(str(cell.seen_on), "fair") if cell.old else str(cell.seen_on),
            )
            for cell in sorted(found.cells, key=lambda cell: (order[cell.subject], cell.document))
        ),
        (0, 32, 28, 16, 24, 22),
    )


def _found(cell: Seen) -> Cell:
    if cell.found == "missing":
        return Cell(text("missing"), "poor")
    if cell.outdated:
        return Cell(text("in an older version"), "fair")
    return Cell(text("in part"), "fair") if cell.found == "part" else Cell(text("yes"), "good")


def _gaps(found: DocumentMatrix) -> Iterator[Gap]:
    titles = {row.link: row.title for row in found.subjects}
    for row in found.nowhere() if found.documents else ():
        yield Gap("in_no_document", text("“{requirement}” is in no document.", requirement=row.title), row.link)
    for cell in found.cells:
        facts = {"requirement": titles[cell.subject], "document": cell.document}
        about = f"register_entry:{cell.entry}"
        if cell.found == "missing":
            yield Gap("missing", text("“{requirement}” is missing in {document}.", **facts), about)
        if cell.outdated:
            words = text("“{requirement}” was seen in an older version of {document}: look again.", **facts)
            yield Gap("outdated", words, about, "fair")
        if cell.old:
            words = text("“{requirement}” was looked up in {document} more than a year ago.", **facts)
            yield Gap("old", words, about, "fair")
    for uid in found.gone:
        words = text("An entry tells of a goal or requirement that does not hold here.")
        yield Gap("gone", words, f"register_entry:{uid}", "plain")
