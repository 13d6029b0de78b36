"""A map as it is drawn, in the window and on paper, and its printed form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from gemba import wording
from gemba.domain.places import Place
from gemba.domain.process_maps import ProcessStep, StepSort
from gemba.domain.record import Uid
from gemba.reports.chart_numbers import percent
from gemba.reports.facts import Rendered
from gemba.reports.map_shapes import Ache, DrawnMap, DrawnStep, draw_rows
from gemba.reports.sheet import render
from gemba.reports.sheet_facts import Drawing, Facts, Figures, Heading, Notice, Part, SheetFacts, Table, Words
from gemba.wording import plural, text
from gemba.work import durations
from gemba.work.desk import Desk
from gemba.work.map_facts import Gap, MapFacts, facts_of
from gemba.work.pins import MapPains, StepPains, pains_of, within

_PAPER = 205.0
"""Millimetres for which a map is drawn on paper; it is made a little smaller to fit."""


def severity_word(code: str) -> str:
    """How bad it is for the customer, in a word."""
    titles = {
        "low": text("Low"),
        "medium": text("Medium"),
        "high": text("High"),
        "critical": text("Critical"),
    }
    return titles.get(code, "")


def drawn_map(facts: MapFacts, pains: MapPains | None) -> DrawnMap:
    """What stands on a map, in words of the person's language.

    Args:
        facts: of the map.
        pains: what hurts at each step; `None` to draw it without.
    """
    aches = {one.step: one for one in pains.steps} if pains is not None else {}
    steps = tuple(_step(step, facts, aches.get(step.uid)) for step in facts.steps)
    return DrawnMap(
        begins=facts.map.begins_with or text("Customer"),
        ends=facts.map.ends_with or text("Customer"),
        steps=steps,
        spoken=". ".join([facts.map.title, *(_spoken(step) for step in steps)]),
    )


def print_map(
    desk: Desk,
    process_map: Uid,
    out: Path,
    *,
    place: Uid | None = None,
    begins: date | None = None,
    ends: date | None = None,
) -> Rendered:
    """Write a map with its pains as PDF.

    Args:
        desk: where the records are.
        process_map: uid of the map.
        out: file to write.
        place: whose pains; the map's own place when left out.
        begins: first day of the pains; a quarter before the last when left out.
        ends: last day; today when left out.

    Raises:
        Refusal: the map is unknown, or the period ends before it begins.
        Trouble: the file cannot be written.
    """
    with desk.reader() as reader:
        facts = facts_of(reader, process_map)
        pains = pains_of(reader, process_map, within(reader, process_map, place, begins, ends))
        where = reader.get(Place, pains.place) if pains.place else None
    sheet = SheetFacts(
        title=facts.map.title,
        kind_title=text("Value-stream map"),
        place=where.name if where else facts.place,
        when=desk.clock(),
        zone=where.zone if where else desk.zone,
        parts=tuple(_parts(facts, pains)),
    )
    return render(sheet, out, language=wording.language())


def _parts(facts: MapFacts, pains: MapPains) -> Iterator[Part]:
    if facts.out_of_date:
        yield Notice((text("Out of date: it was to be looked at again by {day}.", day=facts.map.review_by),), "poor")
    yield Facts(tuple(_said(facts)))
    figures = tuple(flow_figures(facts))
    if figures:
        yield Figures(figures[:5])
    yield from (Drawing(picture) for picture in draw_rows(drawn_map(facts, pains), _PAPER))
    yield Words(legend(), "quiet")
    yield Heading(text("Pains"))
    yield Words(text("From {begins} to {ends}.", begins=pains.begins, ends=pains.ends))
    yield _ranked(pains)
    lines = tuple(gap_lines(facts))
    if lines:
        yield Heading(text("What is missing"))
        yield Notice(lines, "fair")


def legend() -> str:
    """What the symbols mean."""
    return text(
        "Box: process. Triangle: waiting. Diamond: decision. Saw-toothed roof: outside. Striped arrow: the work "
        "changes hands. Pain: round low, square medium, six points high, ten points critical; the number counts, "
        "the size weighs. The line below runs high while a piece waits and low while it is worked on."
    )


def flow_figures(facts: MapFacts) -> Iterator[tuple[str, str]]:
    """What the path comes to, as figure and word."""
    flow = facts.flow
    if flow.lead:
        least = text("Lead time at least") if flow.untimed else text("Lead time")
        yield durations.shown(flow.lead), least
        yield durations.shown(flow.value_adding), text("Value-adding")
    if flow.efficiency is not None:
        yield percent(flow.efficiency, 1), text("Process-cycle efficiency")
    if flow.takt is not None:
        yield durations.shown(flow.takt), text("Takt")
    if flow.right_first_time is not None:
        yield percent(flow.right_first_time), text("Right first time")


def gap_lines(facts: MapFacts) -> Iterator[str]:
    """What the map does not say, a sentence for each sort of gap."""
    words = {
        Gap.NO_OWNER: "No owner: {steps}.",
        Gap.NO_TIMES: "No time: {steps}.",
        Gap.NO_EVIDENCE: "Nobody says what was seen: {steps}.",
    }
    for gap, sentence in words.items():
        steps = [each.title or text("the map") for each in facts.gaps if each.gap is gap]
        if steps:
            yield text(sentence, steps=", ".join(steps))


def _said(facts: MapFacts) -> Iterator[tuple[str, str]]:
    yield text("Owner"), facts.map.owner or text("no owner")
    if facts.map.begins_with:
        yield text("Begins with"), facts.map.begins_with
    if facts.map.ends_with:
        yield text("Ends with"), facts.map.ends_with
    if facts.map.review_by is not None:
        yield text("Review by"), facts.map.review_by.isoformat()


def _ranked(pains: MapPains) -> Table:
    rows = tuple(
        (str(one.rank), one.title, str(one.count), str(one.weight), severity_word(one.worst)) for one in pains.ranked()
    )
    titles = (text("Rank"), text("Step"), text("Pains"), text("Weight"), text("Worst"))
    return Table(titles, rows, (16.0, 0.0, 22.0, 22.0, 34.0), (0, 2, 3), note=weights_note(pains))


def weights_note(pains: MapPains) -> str:
    """By which weights it is ranked, and what is not on the map."""
    said = [
        text(
            "Weight is count x severity: low {low}, medium {medium}, high {high}, critical {critical}; findings: "
            "opportunity {opportunity}, minor {minor}, major {major}.",
            **pains.weights,
        )
    ]
    if pains.elsewhere:
        n = sum(pains.elsewhere.values())
        said.append(plural("{n} complaint is of a step elsewhere.", "{n} complaints are of steps elsewhere.", n))
    if pains.uncoded:
        said.append(plural("{n} complaint names no step.", "{n} complaints name no step.", pains.uncoded))
    return " ".join(said)


def _step(step: ProcessStep, facts: MapFacts, ache: StepPains | None) -> DrawnStep:
    outside = step.sort is StepSort.OUTSIDE
    hurts = ache is not None and ache.rank > 0
    return DrawnStep(
        uid=step.uid,
        sort=step.sort,
        title=step.title,
        data=() if outside else tuple(_data(step, over_takt=step.uid in facts.flow.over_takt)),
        owner=step.owner or text("no owner"),
        owned=bool(step.owner) or outside,
        work="" if outside else durations.shown(step.cycle),
        wait=durations.shown(step.wait) if step.wait else "",
        hand_off=step.hand_off,
        slow=step.uid in facts.flow.over_takt,
        ache=Ache(ache.count, ache.weight, ache.worst, severity_word(ache.worst), ache.rank)
        if ache is not None and hurts
        else None,
    )


def _data(step: ProcessStep, *, over_takt: bool) -> Iterator[tuple[str, str]]:
    if step.sort is not StepSort.QUEUE:
        yield text("Cycle, over takt") if over_takt else text("Cycle"), durations.shown(step.cycle) or "–"
        yield text("Value-adding"), durations.shown(step.value_adding) or "–"
    else:
        yield text("Wait"), durations.shown(step.wait) or "–"
    if step.rework is not None:
        yield text("Rework"), percent(step.rework)
    if step.people is not None:
        yield text("People"), str(step.people)


def _spoken(step: DrawnStep) -> str:
    parts = [step.title, step.owner, *(f"{name} {value}" for name, value in step.data)]
    if step.wait:
        parts.append(text("waits {time}", time=step.wait))
    if step.ache is not None:
        parts.append(
            plural("{n} pain, {word}", "{n} pains, worst {word}", step.ache.count, word=step.ache.word.lower())
        )
    return ", ".join(part for part in parts if part)
