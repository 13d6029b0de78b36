"""A time study as it is drawn, in the window and on paper, and its printed sheet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gemba import wording
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.domain.time_studies import TimeCategory
from gemba.reports.chart_numbers import percent
from gemba.reports.facts import Rendered
from gemba.reports.matrix_shapes import WIDE
from gemba.reports.picture_facts import PictureFacts
from gemba.reports.sheet import render
from gemba.reports.sheet_facts import Drawing, Facts, Figures, Heading, Notice, Part, SheetFacts, Table, Words
from gemba.reports.time_shapes import DotRow, Slice, draw_dots, draw_path
from gemba.wording import plural, text
from gemba.work.desk import Desk
from gemba.work.durations import shown
from gemba.work.names_in_text import demand_nameless
from gemba.work.time_facts import ElementFacts, StudyFacts, category_title, facts_of

_LOOK = {
    TimeCategory.VALUE: ("good", "good", ""),
    TimeCategory.NECESSARY: ("accent", "accent_soft", "accent"),
    TimeCategory.WASTE: ("fair", "fair_soft", "fair"),
    TimeCategory.WAIT: ("edge", "plain_soft", "edge"),
    TimeCategory.REWORK: ("poor", "poor_soft", "poor"),
}
"""Colour of points, ground and edge of bars; words stand beside them everywhere."""


def print_study(desk: Desk, study: Uid, out: Path) -> Rendered:
    """Write what a study tells as PDF.

    Args:
        desk: where the records are.
        study: uid.
        out: the PDF.

    Raises:
        Refusal: the study is unknown, or a text of it names a person.
        Trouble: the file cannot be written.
    """
    with desk.reader() as reader:
        facts = facts_of(reader, study)
        where = reader.get(Place, facts.study.place)
        written = [facts.study.title, facts.study.role, facts.study.note]
        demand_nameless(reader, [*written, *(one.element.title for one in facts.elements)])
    sheet = SheetFacts(
        number=facts.study.number,
        title=facts.study.title,
        kind_title=text("Time study"),
        place=where.name if where is not None else "",
        when=facts.study.begun_at,
        zone=where.zone if where is not None else desk.zone,
        parts=tuple(_parts(facts)),
    )
    return render(sheet, out, language=wording.language())


def figures_of(facts: StudyFacts) -> list[tuple[str, str, str]]:
    """Code, figure and word of what a study comes to; what cannot be told yet has a dash."""
    share = "–" if facts.efficiency is None else percent(facts.efficiency)
    return [
        ("cycles", str(facts.cycles), plural("cycle watched", "cycles watched", facts.cycles)),
        ("missing", "–" if facts.missing is None else str(facts.missing), text("still missing")),
        ("work", shown(facts.work) or "–" if facts.work else "–", text("work on one piece")),
        ("takt", shown(facts.takt) or "–", text("takt")),
        ("efficiency", share, text("process-cycle efficiency")),
    ]


def dots_of(facts: StudyFacts, width: float = WIDE) -> PictureFacts:
    """Every time of every element, drawn."""
    rows = [_dot_row(one) for one in facts.elements]
    return draw_dots(rows, "; ".join(f"{row.title}: {row.told}".replace("\n", ", ") for row in rows), width)


def path_of(facts: StudyFacts, width: float = WIDE) -> PictureFacts:
    """The one path by what it is for the customer, drawn; with the takt where it is known."""
    slices = [
        Slice(
            category_title(category),
            seconds,
            f"{shown(seconds)} · {percent(seconds / facts.path)}" if facts.path else "",
            *_LOOK[category][1:],
        )
        for category, seconds in facts.by_category.items()
    ]
    takt = None if facts.takt is None else (facts.takt, text("Takt: {time}", time=shown(facts.takt)))
    work = (facts.work, text("Work on one piece: {time}", time=shown(facts.work)))
    spoken = "; ".join(f"{each.title} {each.told}" for each in slices if each.seconds)
    return draw_path(slices, work, takt, spoken, width)


def missing_words(one: ElementFacts) -> str:
    """How many times of an element are still missing, in a word or two."""
    if one.missing is None:
        return text("two times are needed to tell")
    if not one.missing:
        return text("enough")
    return plural("{n} more", "{n} more", one.missing)


def _dot_row(one: ElementFacts) -> DotRow:
    sums: dict[int, float] = {}
    for each in one.readings:
        if not each.left_out:
            sums[each.cycle] = sums.get(each.cycle, 0.0) + each.seconds
    told = text("no time yet")
    if one.median is not None:
        told = f"{shown(one.median)} ({shown(one.lowest)} – {shown(one.highest)})\n{missing_words(one)}"
    return DotRow(
        one.element.title,
        category_title(one.element.category)
        if one.element.on_path
        else text("{category}, beside the path", category=category_title(one.element.category)),
        tuple(sums.values()),
        tuple(each.seconds for each in one.readings if each.left_out),
        one.median,
        told,
        _LOOK[one.element.category][0],
    )


def _parts(facts: StudyFacts) -> Iterator[Part]:
    study = facts.study
    said = [
        (text("Role"), study.role),
        (text("Wanted precision"), text("± {share} % of the mean", share=f"{100 * study.precision:g}")),
        (text("Note"), study.note),
    ]
    yield Facts(tuple((name, words) for name, words in said if words))
    yield Figures(tuple((figure, word) for _, figure, word in figures_of(facts)))
    if facts.remarks:
        yield Notice(facts.remarks, "fair")
    if facts.path:
        yield Heading(text("The one path"))
        yield Drawing(path_of(facts))
    if facts.elements:
        yield Heading(text("Elements"))
        yield Drawing(dots_of(facts))
        yield Words(text("Point: a time. Upright line: the median. Cross: a time that does not count."), "quiet")
        yield _table(facts)
    out = tuple(
        (str(each.cycle), one.element.title, f"{each.seconds:g} s", each.left_out)
        for one in facts.elements
        for each in one.readings
        if each.left_out
    )
    if out:
        yield Heading(text("Times that do not count"))
        titles = (text("Cycle"), text("Element"), text("Time"), text("Why"))
        yield Table(titles, out, (16, 54, 24, 0))


def _table(facts: StudyFacts) -> Table:
    rows = tuple(
        (
            one.element.title,
            category_title(one.element.category),
            str(one.n),
            shown(one.median) or "–",
            f"{shown(one.lowest)} – {shown(one.highest)}" if one.n else "–",
            missing_words(one),
        )
        for one in facts.elements
    )
    heads = ("Element", "Category", "Times", "Median", "Range", "Still missing")
    return Table(tuple(text(each) for each in heads), rows, (0, 36, 14, 20, 32, 28), numbers=(2,))
