"""`gemba history UID|NUMBER`: what changed of a record, when, by whom, on which laptop, from what to what."""

from __future__ import annotations

from typing import Annotated

import typer

from gemba.cli.saying import JsonOption, StoreOption, say, when
from gemba.cli.world import desk_at
from gemba.wording import plural, text
from gemba.work.history import Entry, EntrySort, History, Told, history_of
from gemba.work.records_named import record_named

_Named = Annotated[str, typer.Argument(help="Uid or number of any record.", show_default=False)]


def history(
    context: typer.Context,
    record: _Named,
    limit: Annotated[int, typer.Option("--limit", min=1, help="The last so many changes.")] = 100,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Show the history of a record, the last change first."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            noun, uid = record_named(reader, record)
        found = history_of(desk, uid, noun=noun, moment=when)
    say(found, _words(found, limit), as_json=as_json)


def _words(found: History, limit: int) -> str:
    lines = [f"{found.noun_title}: {found.title}"]
    if found.is_erased:
        lines.append(text("What told of a person was erased from it for good."))
    if found.in_conflict:
        lines.append(text("In conflict, and nobody has decided yet: {fields}.", fields=", ".join(found.in_conflict)))
    for one in found.entries[:limit]:
        lines += ["", _head(one), *(f"  {line}" for line in _told(one))]
    if found.came_with_import:
        lines += ["", text("It came with an import.")]
    more = len(found.entries) - limit
    if more > 0:
        lines += ["", plural("… and {n} earlier change", "… and {n} earlier changes", more)]
    return "\n".join(lines)


def _head(one: Entry) -> str:
    who = one.person or text("somebody whose card has not come")
    who += f" ({one.role})" if one.role else ""
    sort = {
        EntrySort.ADDED: text("added"),
        EntrySort.CHANGED: text("changed"),
        EntrySort.TAKEN_BACK: text("taken back"),
        EntrySort.SETTLED: text("conflict settled"),
    }[one.sort]
    return text("{when} · {who} · on {laptop}: {what}", when=one.when, who=who, laptop=one.laptop, what=sort)


def _told(one: Entry) -> list[str]:
    lines = [_line(each) for each in one.told]
    if one.reason:
        lines.append(text("because: {reason}", reason=one.reason))
    if one.apart:
        lines.append(text("somebody else changed this meanwhile: {fields}", fields=", ".join(one.apart)))
    return lines


def _line(each: Told) -> str:
    if each.is_erased:
        return text("{field}: erased", field=each.title)
    if not each.before:
        return f"{each.title}: {each.after}"
    return f"{each.title}: {each.before} → {each.after}"
