"""`gemba undo UID|NUMBER`: take back the last change of a record that was made on this laptop."""

from __future__ import annotations

from typing import Annotated

import typer

from gemba.cli.saying import JsonOption, StoreOption, say
from gemba.cli.world import desk_at
from gemba.wording import text
from gemba.work.field_words import field_title
from gemba.work.records_named import record_named
from gemba.work.take_back import take_back


def undo(
    context: typer.Context,
    record: Annotated[str, typer.Argument(help="Uid or number of any record.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Take back the last change of a record, until it is concluded; nothing leaves its history."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            _, uid = record_named(reader, record)
        found = take_back(desk, uid)
    fields = ", ".join(field_title(found.noun, name) for name in found.fields)
    words = text("{title}: taken back ({fields}).", title=found.title, fields=fields)
    said = text("{title} is off the record.", title=found.title) if found.withdrawn else words
    facts = {"noun": found.noun, "uid": found.uid, "fields": found.fields, "withdrawn": found.withdrawn}
    say(facts, said, as_json=as_json)
