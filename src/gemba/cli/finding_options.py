"""What several commands on findings ask for."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gemba.work.attach_evidence import read as read_attached
from gemba.work.put_right import PutRight
from gemba.work.similar_elsewhere import Answer

FindingArgument = Annotated[str, typer.Argument(help="Uid or number of the finding.", show_default=False)]
PutRightOption = Annotated[str, typer.Option("--put-right", help="What was put right on the spot: a correction, done.")]
AfterOption = Annotated[
    list[Path] | None, typer.Option("--after", help="Photo of how it is now; proof that it was put right.")
]
SimilarOption = Annotated[str, typer.Option("--similar", help="Similar elsewhere? yes or no.")]
WhereOption = Annotated[str, typer.Option("--where", help="Where it was looked, and what follows.")]


def put_right_said(what: str, after: list[Path] | None, similar: str = "", where: str = "") -> PutRight | None:
    """What the options say was put right; `None` when they say nothing of it.

    Raises:
        Trouble: a photo cannot be read.
    """
    if not what and not after:
        return None
    photos = tuple((file.name, read_attached(file)) for file in after or [])
    elsewhere = Answer(similar=similar, note=where) if similar or where else None
    return PutRight(what=what, photos=photos, elsewhere=elsewhere)
