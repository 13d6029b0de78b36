"""`gemba assess migrate`: go on with another version of a checklist, after seeing what would become of the answers."""

from __future__ import annotations

from typing import Annotated

import typer

from gemba.cli.naming import named, template_named
from gemba.cli.saying import JsonOption, StoreOption, say
from gemba.cli.world import desk_at
from gemba.domain.assessments import Assessment
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.wording import plural, text
from gemba.work import migrate_draft
from gemba.work.desk import Desk

UidArgument = Annotated[str, typer.Argument(help="Uid or number of the assessment.", show_default=False)]


def migrate(
    context: typer.Context,
    uid: UidArgument,
    to: Annotated[str, typer.Option("--to", help="Uid of the version; the newest when left out.")] = "",
    preview: Annotated[bool, typer.Option("--preview", help="Say what would become of the answers, no more.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take the last move back.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Go on with another version of the checklist; answers that have no place there are parked, and shown."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            assessment = named(reader, Assessment, uid)
        if undo:
            migrate_draft.undo(desk, assessment.uid)
            say({"undone": True}, text("{number} is as it was before.", number=assessment.number), as_json=as_json)
            return
        found = migrate_draft.preview(desk, assessment.uid, _version(desk, assessment, to))
        if not preview:
            migrate_draft.migrate(desk, assessment.uid, found.after.uid)
    say(_facts(found, moved=not preview), _words(found, assessment.number, moved=not preview), as_json=as_json)


def _version(desk: Desk, assessment: Assessment, wanted: str) -> Uid:
    if wanted:
        with desk.reader() as reader:
            return template_named(reader, wanted).uid
    newer = migrate_draft.newer_version(desk, assessment.uid)
    if newer is None:
        raise Refusal("cli.no_newer_version", number=assessment.number)
    return newer.uid


def _facts(found: migrate_draft.Preview, *, moved: bool) -> dict[str, object]:
    return {
        "moved": moved,
        "from": found.before.version,
        "to": found.after.version,
        "answers": list(found.carriage.answers),
        "new": [{"path": path, "label": label} for path, label in found.carriage.new],
    }


def _words(found: migrate_draft.Preview, number: str, *, moved: bool) -> str:
    carriage = found.carriage
    head = (
        text("{number} goes on with version {version}.", number=number, version=found.after.version)
        if moved
        else text("{number} would go on with version {version}.", number=number, version=found.after.version)
    )
    kept, new = len(carriage.of("kept")), len(carriage.new)
    lines = [head, plural("{n} answer is kept.", "{n} answers are kept.", kept)]
    lines += [
        text("changed: {label}: {value} → {new}", label=each.label, value=each.value, new=each.new_value)
        for each in carriage.of("changed")
    ]
    lines += [text("parked: {label}: {value}", label=each.label, value=each.value) for each in carriage.of("parked")]
    lines.append(plural("{n} question is new.", "{n} questions are new.", new))
    return "\n".join(lines)
