"""`gemba pattern transfer`, `transfers`, `adapt` and `stop`: a pattern at other places."""

from __future__ import annotations

from typing import Annotated

import typer

from gemba.cli.listing import LimitOption, PlaceFilter, SortOption, StateFilter, query
from gemba.cli.pattern_options import Due, Owner, PatternArgument, TransferArgument, pattern_uid, transfer_uid
from gemba.cli.pattern_showing import transfer_line, transfers_table
from gemba.cli.rotation_options import PlaceOption, place_known
from gemba.cli.saying import JsonOption, StoreOption, say
from gemba.cli.world import desk_at
from gemba.domain.transfer_states import TransferState
from gemba.store.list_of import Query
from gemba.store.pattern_lists import TRANSFERS
from gemba.work import transfers
from gemba.work.desk import Desk
from gemba.work.pattern_facts import carried_one
from gemba.work.transfers import Wanted

_Adapted = Annotated[str, typer.Option("--adapted", help="What is done otherwise there, and why.")]


def transfer(
    context: typer.Context,
    pattern: PatternArgument,
    place: PlaceOption,
    owner: Owner = "",
    due: Due = None,
    adapted: _Adapted = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Carry a pattern to another place: an action there, with its own checks after 30, 60 and 90 days."""
    if due is None:
        raise typer.BadParameter("say by when with --due YYYY-MM-DD")
    with desk_at(context, store, make=False) as desk:
        about = pattern_uid(desk, pattern)
        with desk.reader() as reader:
            where = place_known(reader, place)
        wanted = Wanted(pattern=about, place=where, owner=owner, due=due.date(), adapted=adapted)
        _tell(desk, transfers.carry(desk, wanted).uid, as_json=as_json)


def transfers_(
    context: typer.Context,
    place: PlaceFilter = None,
    state: StateFilter = None,
    pattern: Annotated[str, typer.Option("--pattern", help="Only those of this pattern.")] = "",
    sort: SortOption = "-made_at",
    limit: LimitOption = 100,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List transfers: proposed, adapting, live, holds, regressed, stopped."""
    with desk_at(context, store, make=False) as desk:
        of = {"pattern": (pattern_uid(desk, pattern),)} if pattern else {}
        with desk.reader() as reader:
            asked = query(reader, "", place, state, sort, states=TransferState)
            meant = Query(where=asked.where | of, sort=asked.sort, descending=asked.descending)
            lines = TRANSFERS.first(reader, meant, limit=limit)
    say(lines, transfers_table(lines), as_json=as_json)


def adapt(
    context: typer.Context,
    uid: TransferArgument,
    adapted: _Adapted = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Say what is done otherwise there, and why."""
    with desk_at(context, store, make=False) as desk:
        about = transfer_uid(desk, uid)
        transfers.adapt(desk, about, adapted)
        _tell(desk, about, as_json=as_json)


def stop(
    context: typer.Context,
    uid: TransferArgument,
    because: Annotated[str, typer.Option("--because", help="Why it is not carried on.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Carry it on no more, with the reason."""
    with desk_at(context, store, make=False) as desk:
        about = transfer_uid(desk, uid)
        transfers.stop(desk, about, because)
        _tell(desk, about, as_json=as_json)


def register(group: typer.Typer) -> None:
    """Put the commands into `gemba pattern`."""
    for name, command in (("transfer", transfer), ("transfers", transfers_), ("adapt", adapt), ("stop", stop)):
        group.command(name)(command)


def _tell(desk: Desk, uid: str, *, as_json: bool) -> None:
    with desk.reader() as reader:
        one = carried_one(reader, uid)
    say(one, transfer_line(one), as_json=as_json)
