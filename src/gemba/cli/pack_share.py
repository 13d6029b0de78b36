"""`gemba pack share`: assessments for another laptop, on a stick."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gemba.cli.naming import named
from gemba.cli.saying import JsonOption, StoreOption, say
from gemba.cli.world import desk_at
from gemba.domain.assessments import Assessment
from gemba.work.share_records import share as share_with


def share(
    context: typer.Context,
    assessments: Annotated[
        list[str], typer.Option("--assessment", help="Number or uid; may be given several times.", show_default=False)
    ],
    whom: Annotated[
        str,
        typer.Option(
            "--with",
            help="The other's card, the name or id of an enrolled laptop, or headquarters.",
            show_default=False,
        ),
    ],
    out: Annotated[Path, typer.Option("--out", help="Folder or stick.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Seal assessments, with all that anybody recorded in them, for another laptop that was enrolled here."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            uids = [named(reader, Assessment, one).uid for one in assessments]
        shared = share_with(desk, uids, whom, out)
    say(shared, shared.words, as_json=as_json)
