"""`gemba assess quality`: signs of haste, for whoever fills an assessment."""

from __future__ import annotations

from typing import Annotated

import typer

from gemba.cli.naming import named
from gemba.cli.saying import JsonOption, StoreOption, say
from gemba.cli.world import desk_at
from gemba.domain.assessments import Assessment
from gemba.wording import text
from gemba.work.quality import quality as quality_of


def quality(
    context: typer.Context,
    uid: Annotated[str, typer.Argument(help="Uid or number of the assessment.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Say what is worth another look before concluding; it is told here and kept nowhere."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            assessment = named(reader, Assessment, uid)
        found = quality_of(desk, assessment.uid)
    lines = [signal.words for signal in found.signals] or [text("Nothing stands out.")]
    if found.seconds:
        lines.append(text("Time spent: {minutes} min.", minutes=round(found.seconds / 60)))
    if found.budget_seconds:
        lines.append(text("Planned: {minutes} min.", minutes=round(found.budget_seconds / 60)))
    say(found, "\n".join(lines), as_json=as_json)
