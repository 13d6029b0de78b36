"""`gemba complaint export`: complaints as a table for people."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from gemba.cli.listing import PlaceFilter, query
from gemba.cli.progress import Progress
from gemba.cli.saying import JsonOption, StoreOption, say
from gemba.cli.world import desk_at
from gemba.errors import Refusal
from gemba.store.complaint_keys import Meant
from gemba.wording import plural, text
from gemba.work.export_complaints import export_complaints

_DAY = ["%Y-%m-%d"]


def export(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help="File to write, CSV.", show_default=False)],
    where: Annotated[
        list[str] | None, typer.Option("--where", help="field=value[,value]: step, cause, severity, state, search ...")
    ] = None,
    place: PlaceFilter = None,
    begins: Annotated[datetime | None, typer.Option("--from", formats=_DAY, help="First day of receipt.")] = None,
    ends: Annotated[datetime | None, typer.Option("--to", formats=_DAY, help="Last day of receipt.")] = None,
    with_personal: Annotated[
        bool, typer.Option("--with-personal", help="Also names, contacts, and the words as they were said.")
    ] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Write complaints as CSV; what tells of a person is left out unless it is asked for."""
    with desk_at(context, store) as desk, Progress(silent=as_json) as progress:
        with desk.reader() as reader:
            at = query(reader, "", place, None, "").where.get("place", (None,))[0]
        meant = Meant(filters_of(where or []), at, _day(begins), _day(ends))
        done = export_complaints(
            desk,
            out,
            meant,
            with_personal=with_personal,
            progress=lambda now, count: progress.stage(text("{at} of {count}", at=now, count=count)),
        )
    words = [plural("{n} complaint in {file}.", "{n} complaints in {file}.", done.count, file=str(out))]
    if done.left_out:
        words.append(text("Left out, because they tell of a person: {fields}.", fields=", ".join(done.left_out)))
    if done.not_quoted:
        words.append(
            plural(
                "The words of {n} complaint are not in it: there is no consent.",
                "The words of {n} complaints are not in it: there is no consent.",
                done.not_quoted,
            )
        )
    say(done, "\n".join(words), as_json=as_json)


def filters_of(said: list[str]) -> dict[str, str]:
    """`field=value` as filters.

    Raises:
        Refusal: `cli.no_filter` where there is no equals sign.
    """
    found: dict[str, str] = {}
    for one in said:
        field, equals, value = one.partition("=")
        if not equals:
            raise Refusal("cli.no_filter", said=one)
        found[field.strip()] = value.strip()
    return found


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()
