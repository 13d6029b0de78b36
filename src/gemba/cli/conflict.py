"""`gemba conflict`: what two laptops recorded without knowing of each other, and the person who decides."""

from __future__ import annotations

import json
from typing import Annotated, Any

import msgspec
import typer

from gemba.cli.naming import SHORTEST
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.nouns import NOUNS
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store import conflicts
from gemba.store.conflicts import OpenConflict
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.conflict_facts import read_conflicts
from gemba.work.settle_conflict import Choice, settle, take_side, typed

commands = typer.Typer(no_args_is_help=True)


@commands.command("list")
def list_(
    context: typer.Context,
    limit: Annotated[int, typer.Option("--limit", help="Records at most.")] = 100,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List the records that are in conflict, with every side."""
    with desk_at(context, store, make=False) as desk:
        told = read_conflicts(desk, limit).shown
    found = [{**msgspec.structs.asdict(each.conflict), "title": each.title, "where": each.where} for each in told]
    rows = [
        (
            " · ".join(dict.fromkeys(words for words in (one.noun, each.title, each.where) if words)),
            one.entity,
            disputed.field,
            "*" if side.shown else "",
            _short(side.value),
            side.device_name,
            side.person_name,
            side.operation,
        )
        for each in told
        for one in (each.conflict,)
        for disputed in one.fields
        for side in disputed.sides
    ]
    heads = [
        text(name) for name in ("Record", "Uid", "Field", "Shown", "Value", "Laptop", "Person", "Side (for --take)")
    ]
    say(found, table(rows, heads) if rows else text("Nothing is in conflict."), as_json=as_json)


@commands.command("settle")
def settle_(
    context: typer.Context,
    uid: Annotated[str, typer.Argument(help="Uid or number of the record.", show_default=False)],
    reason: Annotated[str, typer.Option("--reason", help="Why it is decided so.", show_default=False)],
    take: Annotated[
        list[str] | None, typer.Option("--take", help="FIELD=SIDE: take that side's value (a side of the list).")
    ] = None,
    value: Annotated[
        list[str] | None, typer.Option("--set", help="FIELD=VALUE: set a value of your own (JSON unless it is text).")
    ] = None,
    laptop: Annotated[
        str, typer.Option("--laptop", help="Take everything from this laptop (name or id) where it has a say.")
    ] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Settle a conflict; both sides stay in the journal, and so does the reason."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            found = _found(reader, uid)
        if not (take or value or laptop):
            raise Refusal("cli.no_side_chosen")
        choices = _choices(found, take or [], value or [], laptop)
        change = settle(desk, found.noun, found.entity, choices, reason)
    facts = {"noun": found.noun, "uid": change.uid, "fields": sorted(choices), "reason": reason}
    say(facts, text("Settled: {fields}.", fields=", ".join(sorted(choices))), as_json=as_json)


def _found(reader: Reader, name: str) -> OpenConflict:
    """The record in conflict that `name` means: its uid, its number, or at least four letters of either's beginning.

    Raises:
        Refusal: `cli.unknown`, `cli.several`; `work.no_conflict` when nothing of the one record is in conflict.
    """
    whole = _bearing(reader, name)
    if whole:
        found = conflicts.open_conflicts(reader, sorted(whole))
    elif len(name) >= SHORTEST:
        found = [one for one in conflicts.open_conflicts(reader) if _begins(reader, one, name)]
    else:
        found = []
    if len(found) > 1:
        raise Refusal("cli.several", noun=text("record"), name=name)
    if not found and whole:
        raise Refusal("work.no_conflict", noun=text("record"), uid=name)
    if not found:
        raise Refusal("cli.unknown_conflict", name=name)
    return found[0]


def _bearing(reader: Reader, name: str) -> set[Uid]:
    """The records, of all nouns, that have this uid or number."""
    whole = {noun: reader.get(noun, name.lower()) for noun in NOUNS.values()}
    numbered = [noun for noun in NOUNS.values() if "number" in noun.__struct_fields__]
    told = {record.uid for noun in numbered for record in reader.find(noun, number=name.upper())}
    return told | {record.uid for record in whole.values() if record is not None}


def _begins(reader: Reader, one: OpenConflict, name: str) -> bool:
    """True when the uid or the number of a record in conflict begins with these letters."""
    number = str(getattr(reader.get(NOUNS[one.noun], one.entity), "number", ""))
    return one.entity.startswith(name.lower()) or number.startswith(name.upper())


def _choices(found: OpenConflict, take: list[str], value: list[str], laptop: str) -> dict[str, Choice]:
    choices: dict[str, Choice] = {}
    if laptop:
        devices = {
            side.device for one in found.fields for side in one.sides if laptop in {side.device, side.device_name}
        }
        if len(devices) != 1:
            raise Refusal("cli.unknown_laptop", laptop=laptop)
        choices |= take_side(found, devices.pop())
    choices |= dict(map(_pair, take))
    return choices | {field: typed(found.noun, field, words) for field, words in map(_pair, value)}


def _pair(words: str) -> tuple[str, str]:
    field, equals, rest = words.partition("=")
    if not equals:
        raise Refusal("cli.no_pair", words=words)
    return field, rest


def _short(value: Any) -> str:
    shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= 60 else shown[:59] + "…"
