"""The journey against the work: drawn side by side, with what has no mate and where value leaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gemba.domain.process_maps import ProcessStep
from gemba.domain.quarters import quarter_of
from gemba.reports.ladder_shapes import Rung, Tie, draw_ladder
from gemba.reports.sheet_facts import Cell, Drawing, Figures, Part, Table, Words
from gemba.wording import text
from gemba.work.counted import entries_of
from gemba.work.desk import Desk
from gemba.work.journey_alignment import Alignment, Mate, journey_alignment
from gemba.work.register_view import Asked, Gap, Proposal, RegisterView
from gemba.work.registers import EntryDraft


def journey_alignment_view(desk: Desk, asked: Asked) -> RegisterView:
    """Two maps side by side.

    Raises:
        Refusal: as `gemba.work.journey_alignment.journey_alignment`.
    """
    found = journey_alignment(desk, asked.journey, asked.process)
    title = text("Journey and work side by side")
    if found is None:
        words = Words(text("Draw two maps first: the customer's journey, and the way of the work."), "quiet")
        return RegisterView(register="journey_alignment", title=title, facts=None, parts=(words,))
    quarter = quarter_of(desk.clock().date())
    return RegisterView(
        register="journey_alignment",
        title=title,
        facts=found,
        parts=tuple(_parts(found)),
        gaps=tuple(_gaps(found)),
        proposals=tuple(_proposals(found, quarter)),
    )


def _parts(found: Alignment) -> Iterator[Part]:
    left, right = found.alone()
    leaking = [mate for mate in found.mates if mate.leak in {"some", "much"}]
    yield Figures(
        (
            (str(len(found.mates)), text("pairs of mates")),
            (str(len(left)), text("steps of the journey without a mate")),
            (str(len(right)), text("steps of the work without a mate")),
            (str(len(leaking)), text("pairs where value leaks")),
        ),
        (
            tuple(f"process_step:{found.journey_steps[mate.journey].uid}" for mate in found.mates),
            _steps(left),
            _steps(right),
            entries_of(mate.entry for mate in leaking),
        ),
    )
    heads = (found.journey.title, found.process.title)
    spoken = text(
        "{left} at the left, {right} at the right; lines join steps that are mates.", left=heads[0], right=heads[1]
    )
    picture = draw_ladder(
        [
            _rung(found, step, at in {mate.journey for mate in found.mates})
            for at, step in enumerate(found.journey_steps)
        ],
        [
            _rung(found, step, at in {mate.process for mate in found.mates})
            for at, step in enumerate(found.process_steps)
        ],
        [Tie(mate.journey, mate.process, mate.leak in {"some", "much"}) for mate in found.mates],
        heads=heads,
        spoken=spoken,
    )
    yield Drawing(picture, text("Dashed: value leaks there, by an entry of this register."))
    yield Table(
        (
            text("Step of the journey"),
            text("Step of the work"),
            text("Mates by"),
            text("Value lost"),
            text("Where it leaks"),
        ),
        tuple(_row(found, mate) for mate in found.mates)
        + tuple((step.title, _alone(step), "–", "–", "–") for step in left)
        + tuple((_alone(step), step.title, "–", "–", "–") for step in right),
        (0, 44, 24, 20, 40),
    )


def _steps(steps: Sequence[ProcessStep]) -> tuple[str, ...]:
    return tuple(f"process_step:{step.uid}" for step in steps)


def _alone(step: ProcessStep) -> Cell:
    return Cell(text("no mate"), "poor", records=_steps([step]))


def _rung(found: Alignment, step: ProcessStep, mated: bool) -> Rung:  # noqa: FBT001 - internal
    if mated:
        return Rung(step.title, "mate")
    if step.uid in found.excused:
        return Rung(step.title, "excused", text("none needed"))
    return Rung(step.title, "alone", text("no mate"))


def _row(found: Alignment, mate: Mate) -> tuple[str | Cell, ...]:
    tone = {"much": "poor", "some": "fair"}.get(mate.leak)
    words = {"none": text("none seen"), "some": text("some"), "much": text("much")}.get(mate.leak, text("not looked"))
    return (
        found.journey_steps[mate.journey].title,
        found.process_steps[mate.process].title,
        text("agreed") if mate.agreed else text("same code"),
        Cell(words, tone, records=entries_of([mate.entry])),  # type: ignore[arg-type]
        mate.leaks or "–",
    )


def _gaps(found: Alignment) -> Iterator[Gap]:
    left, right = found.alone()
    for step in left:
        words = text("“{step}” of the journey has no mate in the work.", step=step.title)
        yield Gap("journey_without_mate", words, f"process_step:{step.uid}")
    for step in right:
        words = text("“{step}” of the work has no mate on the journey.", step=step.title)
        yield Gap("work_without_mate", words, f"process_step:{step.uid}", "fair")
    for mate in found.mates:
        if mate.leak == "much":
            step = found.journey_steps[mate.journey]
            yield Gap("value_leaks", text("Much value leaks at “{step}”.", step=step.title), f"process_step:{step.uid}")


def _proposals(found: Alignment, quarter: str) -> Iterator[Proposal]:
    """Entries for pairs that nobody agreed on yet, and for steps of the journey without a mate."""
    for mate in found.mates:
        if not mate.agreed:
            step, other = found.journey_steps[mate.journey], found.process_steps[mate.process]
            fields = {"process_step": f"process_step:{other.uid}", "mate": "same"}
            yield _proposal(step, fields, quarter, text("same code"))
    for step in found.alone()[0]:
        if step.uid not in found.looked:
            yield _proposal(step, {"mate": "missing"}, quarter, text("no mate"))


def _proposal(step: ProcessStep, fields: dict[str, str], quarter: str, reason: str) -> Proposal:
    said = {"journey_step": f"process_step:{step.uid}", "quarter": quarter, **fields}
    return Proposal(step.uid, EntryDraft(f"{step.title} · {quarter}", said), reason)
