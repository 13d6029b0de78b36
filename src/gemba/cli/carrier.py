"""`gemba carrier`: the ways to headquarters."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from gemba.carriers import options
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.template import read_file
from gemba.cli.world import desk_at
from gemba.store.deliveries import Carrier, failure
from gemba.wording import sentence, text
from gemba.work import carriers

commands = typer.Typer(no_args_is_help=True)

PASSWORD = "GEMBA_CARRIER_PASSWORD"  # noqa: S105 - the name of the variable, not what is in it
NameArgument = Annotated[str, typer.Argument(help="Name of the carrier.", show_default=False)]


@commands.command("add")
def add(
    context: typer.Context,
    name: NameArgument,
    url: Annotated[
        str,
        typer.Argument(
            help="A folder, sftp://, webdavs://, smb://, s3:// or https:// (OpenRosa); no password in it.",
            show_default=False,
        ),
    ],
    option: Annotated[
        list[str] | None, typer.Option("--option", help="What it takes besides, as NAME=VALUE.", show_default=False)
    ] = None,
    password_file: Annotated[
        Path | None, typer.Option("--password-file", help="File whose first line is the password.", show_default=False)
    ] = None,
    ask: Annotated[bool, typer.Option("--ask-password", help="Ask for the password, or read it from a pipe.")] = False,
    by_hand: Annotated[bool, typer.Option("--by-hand", help="Send this way only when it is named with --to.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Add a carrier, or change the one of that name. The password goes into the system's keyring."""
    secret = _secret(password_file, ask=ask)
    with desk_at(context, store) as desk:
        added = carriers.add(desk, name, url, options=options.read(option or []), secret=secret, automatic=not by_hand)
    say(_facts(added), text("Added {name}. Try it with: gemba carrier test {name}", name=name), as_json=as_json)


@commands.command("test")
def try_out(
    context: typer.Context,
    name: NameArgument,
    new_host_key: Annotated[
        bool, typer.Option("--new-host-key", help="Keep the key that the SSH server shows now.")
    ] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Write a small file there, read it back and take it away; keeps an SSH server's key the first time."""
    with desk_at(context, store, make=False) as desk:
        tested = carriers.try_out(desk, name, new_host_key=new_host_key)
    say(tested, tested.words, as_json=as_json)


@commands.command("list")
def list_(context: typer.Context, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """List all carriers and what was wrong at the last try."""
    with desk_at(context, store, make=False) as desk:
        found = carriers.carriers(desk)
    heads = [text(name) for name in ("Name", "Address", "By itself", "Last try", "Trouble")]
    rows = [
        (one.name, one.url, text("yes") if one.automatic else text("no"), one.tried_at, _trouble(one)) for one in found
    ]
    words = table(rows, heads) if rows else text("None yet. Add one with: gemba carrier add NAME ADDRESS")
    say([_facts(one) for one in found], words, as_json=as_json)


@commands.command("remove")
def remove(context: typer.Context, name: NameArgument, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Forget a carrier, its password and what is queued for it."""
    with desk_at(context, store, make=False) as desk:
        carriers.remove(desk, name)
    say({"name": name}, text("Removed {name}.", name=name), as_json=as_json)


def _facts(carrier: Carrier) -> dict[str, object]:
    return {
        "name": carrier.name,
        "url": carrier.url,
        "options": carrier.options,
        "automatic": carrier.automatic,
        "tried_at": carrier.tried_at,
        "trouble": _trouble(carrier),
    }


def _trouble(carrier: Carrier) -> str:
    error = failure(carrier.trouble)
    return "" if error is None else sentence(error)


def _secret(file: Path | None, *, ask: bool) -> str | None:
    if file is not None:
        lines = read_file(file).decode("utf-8", "replace").splitlines()
        return lines[0] if lines else ""
    if ask and sys.stdin.isatty():
        return str(typer.prompt(text("Password"), hide_input=True, err=True))
    if ask:
        return sys.stdin.readline().rstrip("\r\n")
    return os.environ.get(PASSWORD)
