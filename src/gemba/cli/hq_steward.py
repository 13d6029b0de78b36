"""`gemba hq steward`: who may sign in at headquarters' web page."""

from __future__ import annotations

import getpass
import sys
from typing import Annotated

import typer

from gemba.cli.hq import HqStore
from gemba.cli.saying import JsonOption, say, table
from gemba.cli.world import desk_at
from gemba.errors import Refusal
from gemba.hq import stewards
from gemba.store.stewards import StewardRole
from gemba.wording import text

commands = typer.Typer(help="Who may sign in at headquarters' web page.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="The name that they sign in with.", show_default=False)]


@commands.command("add")
def add(
    context: typer.Context,
    name: Name,
    store: HqStore,
    role: Annotated[
        StewardRole, typer.Option("--role", help="What they may do: look, settle conflicts, or everything.")
    ] = StewardRole.VIEWER,
    region: Annotated[
        str, typer.Option("--region", help="The only region or site that they see; without it all.")
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """Let somebody sign in. The password is asked for, or read from the first line of standard input."""
    password = _password()
    with desk_at(context, store, make=False) as desk:
        stewards.add_steward(desk, name, password, role=role, region=region)
    say({"name": name, "role": role, "region": region}, text("{name} may sign in now.", name=name), as_json=as_json)


@commands.command("list")
def list_(context: typer.Context, store: HqStore, as_json: JsonOption = False) -> None:
    """List everybody who may sign in, or once might."""
    with desk_at(context, store, make=False) as desk:
        found = stewards.list_stewards(desk)
    heads = [text(one) for one in ("Name", "Role", "Region", "Disabled")]
    rows = [(one.name, one.role, one.region, text("yes") if one.disabled else "") for one in found]
    say(found, table(rows, heads), as_json=as_json)


@commands.command("disable")
def disable(context: typer.Context, name: Name, store: HqStore, as_json: JsonOption = False) -> None:
    """Let somebody sign in no longer; they are signed out everywhere at once."""
    with desk_at(context, store, make=False) as desk:
        stewards.disable_steward(desk, name)
    say({"name": name}, text("{name} can no longer sign in.", name=name), as_json=as_json)


@commands.command("password")
def password(context: typer.Context, name: Name, store: HqStore, as_json: JsonOption = False) -> None:
    """Give somebody a new password; they are signed out everywhere at once."""
    new = _password()
    with desk_at(context, store, make=False) as desk:
        stewards.change_password(desk, name, new)
    say({"name": name}, text("{name} has a new password.", name=name), as_json=as_json)


def _password() -> str:
    """The password, typed twice where there is somebody to type it; never from the command line, which others see."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    typed = getpass.getpass(text("Password: "))
    if typed != getpass.getpass(text("Once more: ")):
        raise Refusal("cli.passwords_differ")
    return typed
