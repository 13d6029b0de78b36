"""`gemba action proof`, `gemba promise proof`, `gemba escalation proof`: photos and files that show what was done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from gemba.cli.naming import named
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.actions import Action
from gemba.domain.escalations import Escalation, EscalationStep
from gemba.domain.record import Uid
from gemba.domain.rotations import Commitment
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.proofs import File, Proof, add_proof, last_step, proofs_of, steps_of, told_of

Files = Annotated[list[Path] | None, typer.Option("--file", help="Photo or file that shows it; repeat it.")]


def loaded(files: Sequence[Path] | None) -> list[File]:
    """The files that were named, as use cases take them: read where they lie."""
    return [(file.name, file) for file in files or []]


def register(commands: typer.Typer) -> None:
    """Put the command beside those that `gemba action` has."""
    commands.command("proof")(_of_action)


def register_promises(commands: typer.Typer) -> None:
    """Put the command beside those that `gemba promise` has."""
    commands.command("proof")(_of_promise)


def register_escalations(commands: typer.Typer) -> None:
    """Put the command beside those that `gemba escalation` has."""
    commands.command("proof")(_of_escalation)


def _of_action(
    context: typer.Context,
    action: Annotated[str, typer.Argument(help="Uid or number of the action.", show_default=False)],
    file: Files = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Keep photos and files that show it, whatever the action follows from; list them all."""
    _keep(context, store, file, lambda reader: ("action", named(reader, Action, action).uid), as_json=as_json)


def _of_promise(
    context: typer.Context,
    promise: Annotated[str, typer.Argument(help="Number or uid of the promise.", show_default=False)],
    file: Files = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Keep photos and files that show that it is kept; list them all."""
    _keep(context, store, file, lambda reader: ("commitment", named(reader, Commitment, promise).uid), as_json=as_json)


def _of_escalation(
    context: typer.Context,
    escalation: Annotated[str, typer.Argument(help="Number or uid of the escalation.", show_default=False)],
    file: Files = None,
    step: Annotated[int | None, typer.Option("--step", min=1, help="Number of its step; the last one.")] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Keep photos and files that show what was tried, answered or decided, at a step; list those of all steps."""

    def about(reader: Reader) -> tuple[str, Uid]:
        one = named(reader, Escalation, escalation)
        if step is None:
            return "escalation_step", last_step(reader, one.uid)
        steps = steps_of(reader, one.uid)
        if step > len(steps):
            raise Refusal("cli.unknown", noun="escalation_step", name=str(step))
        return "escalation_step", steps[step - 1].uid

    _keep(context, store, file, about, as_json=as_json)


def _keep(
    context: typer.Context,
    store: Path | None,
    files: list[Path] | None,
    about: Callable[[Reader], tuple[str, Uid]],
    *,
    as_json: bool,
) -> None:
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            noun, uid = about(reader)
        if files:
            add_proof(desk, noun, uid, loaded(files))
        found = _all(desk, noun, uid)
    say(found, words_of(found), as_json=as_json)


def _all(desk: Desk, noun: str, uid: Uid) -> tuple[Proof, ...]:
    """Those of a record; of a step those of its whole escalation."""
    with desk.reader() as reader:
        step = reader.get(EscalationStep, uid) if noun == "escalation_step" else None
        subjects = [one.uid for one in steps_of(reader, step.escalation)] if step is not None else [uid]
        return told_of(desk, reader, [one for each in subjects for one in proofs_of(reader, noun, each)])


def words_of(found: Sequence[Proof]) -> str:
    """A table of photos and files, and what is worth a look."""
    if not found:
        return text("There is no photo or file yet.")
    stances = {"before": text("before"), "after": text("after"), "proof": text("proof")}
    rows = [
        (
            one.item.name,
            stances.get(one.item.stance, ""),
            f"{one.item.size // 1024 + 1} KiB",
            text("held") if one.is_held else text("not held yet"),
            one.item.uid,
        )
        for one in found
    ]
    heads = [text("Name"), text("Shows"), text("Size"), text("Headquarters"), text("Uid")]
    lines = [table(rows, heads)]
    lines += [
        text("{name} looks like a photo of {numbers}.", name=one.item.name, numbers=", ".join(one.alike))
        for one in found
        if one.alike
    ]
    return "\n".join(lines)
