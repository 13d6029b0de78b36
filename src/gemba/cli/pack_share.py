"""`gemba pack share`: assessments, alignment audits and calibration sessions for another laptop, on a stick."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gemba.cli.naming import named
from gemba.cli.saying import JsonOption, StoreOption, say
from gemba.cli.world import desk_at
from gemba.domain.assessments import Assessment
from gemba.domain.calibration import CalibrationSession
from gemba.domain.programmes import Audit
from gemba.errors import Refusal
from gemba.work.share_records import share as share_with


def share(
    context: typer.Context,
    whom: Annotated[
        str,
        typer.Option(
            "--with",
            help="The other's card, the name or id of an enrolled laptop, or headquarters.",
            show_default=False,
        ),
    ],
    out: Annotated[Path, typer.Option("--out", help="Folder or stick.", show_default=False)],
    assessments: Annotated[
        list[str] | None, typer.Option("--assessment", help="Number or uid; may be given several times.")
    ] = None,
    audits: Annotated[
        list[str] | None,
        typer.Option("--audit", help="Alignment audit, with its sample; may be given several times."),
    ] = None,
    sessions: Annotated[
        list[str] | None, typer.Option("--calibration", help="Calibration session; may be given several times.")
    ] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Seal records, with all that anybody recorded in them, for another laptop that was enrolled here.

    What would tell one auditor what the other judged stays here until both have handed in.
    """
    if not (assessments or audits or sessions):
        raise Refusal("cli.nothing_named_to_share")
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            uids = [named(reader, Assessment, one).uid for one in assessments or ()]
            of_audits = [named(reader, Audit, one).uid for one in audits or ()]
            of_sessions = [named(reader, CalibrationSession, one).uid for one in sessions or ()]
        shared = share_with(desk, uids, whom, out, audits=of_audits, sessions=of_sessions)
    say(shared, shared.words, as_json=as_json)
