"""Options that say which complaints a command is about, the same way everywhere."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from gemba.cli.complaint_export import filters_of
from gemba.cli.listing import PlaceFilter, query
from gemba.work.desk import Desk
from gemba.work.which_complaints import Which

_DAY = ["%Y-%m-%d"]
Where = Annotated[
    list[str] | None, typer.Option("--where", help="field=value[,value]: step, cause, severity, state, search ...")
]
Place = PlaceFilter
From = Annotated[datetime | None, typer.Option("--from", formats=_DAY, help="First day of receipt.")]
To = Annotated[datetime | None, typer.Option("--to", formats=_DAY, help="Last day of receipt.")]


def which(
    desk: Desk, where: list[str] | None, place: str | None, begins: datetime | None, ends: datetime | None
) -> Which:
    """The complaints that the options mean.

    Raises:
        Refusal: there is no such place, or a filter is not written as field=value.
    """
    with desk.reader() as reader:
        at = query(reader, "", place, None, "").where.get("place", (None,))[0]
    return Which(filters_of(where or []), at, begins and begins.date(), ends and ends.date())
