"""What the commands of patterns and of the archive share: options, and how a code or a record is named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import typer

from gemba.cli.naming import named
from gemba.cli.rotation_options import place_known
from gemba.domain.patterns import Pattern, Transfer
from gemba.domain.record import Uid
from gemba.store.reading import Reader
from gemba.work.desk import Desk

PatternArgument = Annotated[str, typer.Argument(help="Number or uid of the pattern.", show_default=False)]
TransferArgument = Annotated[str, typer.Argument(help="Number or uid of the transfer.", show_default=False)]
Step = Annotated[str, typer.Option("--step", help="Code of the process step.")]
Cause = Annotated[str, typer.Option("--cause", help="Code of the cause.")]
Due = Annotated[datetime | None, typer.Option("--due", formats=["%Y-%m-%d"], help="By when, as 2026-10-05.")]
Owner = Annotated[str, typer.Option("--owner", help="Role that answers for it.")]


class Written:
    """Options of what a pattern says; none is left as it is."""

    Title = Annotated[str | None, typer.Option("--title", help="What others would look for.")]
    Problem = Annotated[str | None, typer.Option("--problem", help="What it answers, in the customer's words.")]
    Context = Annotated[str | None, typer.Option("--context", help="Conditions that must hold.")]
    Capability = Annotated[str | None, typer.Option("--capability", help="What people must be able to do.")]
    Data = Annotated[str | None, typer.Option("--data", help="What must be known or measured.")]
    How = Annotated[list[str] | None, typer.Option("--how", help="What is done; once for each step.")]
    Proof = Annotated[str | None, typer.Option("--proof", help="What came of it, and how that was seen.")]
    Link = Annotated[list[str] | None, typer.Option("--link", help="A record that proves it, as noun:uid.")]


def pattern_uid(desk: Desk, name: str) -> Uid:
    """The uid of the pattern that `name` means."""
    with desk.reader() as reader:
        return named(reader, Pattern, name).uid


def transfer_uid(desk: Desk, name: str) -> Uid:
    """The uid of the transfer that `name` means."""
    with desk.reader() as reader:
        return named(reader, Transfer, name).uid


def said(reader: Reader, place: str | None, how: Sequence[str] | None, **words: object) -> dict[str, object]:
    """The fields of a draft that were named."""
    found = {name: value for name, value in words.items() if value is not None}
    if place:
        found["place"] = place_known(reader, place)
    return found | ({"how": "\n".join(how)} if how else {})
