"""`gemba map pin|unpin|tie|pains|review|blind-spots`: what hurts where, and who looked."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import typer

from gemba.cli.map_naming import (
    BeginsOption,
    EndsOption,
    MapArgument,
    PlaceOption,
    StepArgument,
    day,
    map_named,
    place_uid,
    step_named,
)
from gemba.cli.naming import named, template_named
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.causes import CauseAnalysis
from gemba.domain.complaints import Complaint
from gemba.domain.findings import Finding
from gemba.domain.process_maps import Pin
from gemba.domain.vocabularies import Facet
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work import pins
from gemba.work.blind_spots import Matrix, Sight, blind_spots
from gemba.work.pain_review import ValueStreamReview, value_stream_review
from gemba.work.pins import MapPains, map_pains
from gemba.work.question_steps import tie
from gemba.work.records import known


class Rows(StrEnum):
    """What the rows of the blind spots are."""

    STEP = "step"
    CAUSE = "cause"


def register(commands: typer.Typer) -> None:
    """Put these commands among those of maps."""
    for name, command in (
        ("pin", pin),
        ("unpin", unpin),
        ("tie", tie_),
        ("pains", pains),
        ("review", review),
        ("blind-spots", blind_spots_),
    ):
        commands.command(name)(command)


def pin(
    context: typer.Context,
    name: MapArgument,
    step: StepArgument,
    words: Annotated[str, typer.Option("--text", help="What hurts; of a record its own words.")] = "",
    severity: Annotated[str, typer.Option("--severity", help="low, medium, high or critical.")] = "",
    complaint: Annotated[str, typer.Option("--complaint", help="Number or uid of a complaint.")] = "",
    finding: Annotated[str, typer.Option("--finding", help="Number or uid of a finding.")] = "",
    analysis: Annotated[str, typer.Option("--analysis", help="Number or uid of a cause analysis.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Pin a pain to a step by hand: a record, or what has none."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            where = step_named(reader, map_named(reader, name), step)
            sort, record = _record(reader, complaint, finding, analysis)
        made = pins.pin(desk, where.uid, sort=sort, pinned=record, words=words, severity=severity)
        with desk.reader() as reader:
            kept = known(reader, Pin, made.uid)
    say(kept, text("Pinned to {title}.", title=where.title) + f"\n{kept.uid}", as_json=as_json)


def unpin(
    context: typer.Context,
    uid: Annotated[str, typer.Argument(help="Uid of the pin.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Take a pin by hand, or a tie, off its step."""
    with desk_at(context, store, make=False) as desk:
        pins.unpin(desk, uid)
        with desk.reader() as reader:
            kept = known(reader, Pin, uid)
    say(kept, text("Unpinned."), as_json=as_json)


def tie_(
    context: typer.Context,
    name: MapArgument,
    step: StepArgument,
    template: Annotated[str, typer.Option("--template", help="Form id, title or uid.", show_default=False)],
    question: Annotated[str, typer.Option("--question", help="Name or path of the question.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Say that a question of a checklist looks at a step, without editing the checklist."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            where, checklist = step_named(reader, map_named(reader, name), step), template_named(reader, template)
        made = tie(desk, where.uid, checklist.uid, question)
        with desk.reader() as reader:
            kept = known(reader, Pin, made.uid)
    say(kept, text("{question} looks at {title}.", question=question, title=where.title), as_json=as_json)


def pains(
    context: typer.Context,
    name: MapArgument,
    place: PlaceOption = None,
    begins: BeginsOption = None,
    ends: EndsOption = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Rank the steps of a map by their pains, count x severity."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            uid, where = map_named(reader, name).uid, place_uid(reader, place)
        found = map_pains(desk, uid, place=where, begins=day(begins), ends=day(ends))
    say(found, _ranked(found), as_json=as_json)


def review(
    context: typer.Context,
    name: MapArgument,
    place: PlaceOption = None,
    begins: BeginsOption = None,
    ends: EndsOption = None,
    before_begins: Annotated[
        datetime | None, typer.Option("--before-begins", formats=["%Y-%m-%d"], help="First day of the earlier period.")
    ] = None,
    before_ends: Annotated[
        datetime | None, typer.Option("--before-ends", formats=["%Y-%m-%d"], help="Its last day, included.")
    ] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Compare the pains of a quarter with those of the one before."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            uid, where = map_named(reader, name).uid, place_uid(reader, place)
        found = value_stream_review(
            desk,
            uid,
            place=where,
            begins=day(begins),
            ends=day(ends),
            before_begins=day(before_begins),
            before_ends=day(before_ends),
        )
    say(found, _compared(found), as_json=as_json)


def blind_spots_(
    context: typer.Context,
    rows: Annotated[Rows, typer.Option("--rows", help="What is complained of: steps or causes.")] = Rows.STEP,
    place: PlaceOption = None,
    begins: BeginsOption = None,
    ends: EndsOption = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """What customers complain of and no walk looked at, the heaviest first."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            where = place_uid(reader, place)
        found = blind_spots(desk, facet=Facet(rows), place=where, begins=day(begins), ends=day(ends))
    say(found, _blind(found), as_json=as_json)


def _record(reader: Reader, complaint: str, finding: str, analysis: str) -> tuple[str, str]:
    """Sort and uid of the record that is pinned; a theme when none is named."""
    if complaint:
        return pins.COMPLAINT, named(reader, Complaint, complaint).uid
    if finding:
        return pins.FINDING, named(reader, Finding, finding).uid
    if analysis:
        return pins.ANALYSIS, named(reader, CauseAnalysis, analysis).uid
    return pins.THEME, ""


def _ranked(found: MapPains) -> str:
    rows = [(one.rank, one.code, one.title, one.count, one.weight, one.worst, one.analyses) for one in found.ranked()]
    heads = ("Rank", "Code", "Step", "Pains", "Weight", "Worst", "Causes looked for")
    weights = ", ".join(f"{name} {weight}" for name, weight in found.weights.items())
    lines = [
        text("{begins} to {ends}", begins=found.begins, ends=found.ends),
        table(rows, [text(head) for head in heads]),
        text("Weight is count x {weights}.", weights=weights),
    ]
    if found.elsewhere:
        n = sum(found.elsewhere.values())
        codes = ", ".join(sorted(found.elsewhere)[:8])
        lines.append(
            text("{n:complaint names steps|complaints name steps} that are not on this map: {codes}.", n=n, codes=codes)
        )
    if found.uncoded:
        lines.append(text("{n:complaint names|complaints name} no step.", n=found.uncoded))
    return "\n".join(lines)


def _compared(found: ValueStreamReview) -> str:
    words = {"fewer": text("fewer"), "more": text("more"), "cannot_tell": text("cannot be told")}
    rows = [
        (
            one.code,
            one.title,
            one.before,
            one.after,
            one.weight_before,
            one.weight_after,
            "" if one.ratio is None else f"{one.ratio:.2f}",
            f"{one.p:.3f}",
            words[one.verdict],
        )
        for one in found.steps
    ]
    heads = ("Code", "Step", "Before", "After", "Weight before", "Weight after", "Rate ratio", "p", "")
    said = text(
        "{b1} to {b2} against {a1} to {a2}; rates a day, exact Poisson test.",
        b1=found.before.begins,
        b2=found.before.ends,
        a1=found.after.begins,
        a2=found.after.ends,
    )
    return f"{said}\n{table(rows, [text(head) for head in heads])}"


def _blind(found: Matrix) -> str:
    titles, names = dict(found.rows), dict(found.columns)
    rows = [
        (titles[cell.code], names[cell.place] or text("no place"), cell.complaints, cell.weight)
        for cell in found.blind()
    ]
    counts = {sight: sum(cell.sight is sight for cell in found.cells) for sight in Sight}
    lines = [
        text("{begins} to {ends}", begins=found.begins, ends=found.ends),
        table(rows, [text(head) for head in ("What", "Place", "Complaints", "Weight")]),
        text(
            "{blind} complained of and never looked at, {both} both, {looked} looked at only.",
            blind=counts[Sight.BLIND],
            both=counts[Sight.BOTH],
            looked=counts[Sight.LOOKED],
        ),
    ]
    if found.untraced:
        lines.append(
            text(
                "{n:checklist in use does not say which steps it looks|checklists in use do not say "
                "which steps they look} at (gemba map tie).",
                n=found.untraced,
            )
        )
    return "\n".join(lines)
