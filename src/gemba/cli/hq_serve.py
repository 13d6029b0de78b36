"""`gemba hq serve`: headquarters' web page for stewards."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import Annotated

import msgspec
import typer

from gemba.cli.hq import HqStore
from gemba.cli.saying import JsonOption
from gemba.cli.world import desk_at
from gemba.errors import Trouble
from gemba.hq.intake import demand_headquarters
from gemba.wording import text


def serve(
    context: typer.Context,
    store: HqStore,
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port; 0 takes any that is free.")] = 8420,
    https: Annotated[
        bool, typer.Option("--https", help="Browsers come by https, through a proxy: cookies travel no other way.")
    ] = False,
    domain: Annotated[
        list[str] | None,
        typer.Option("--domain", help="Name under which it is reached; others are refused.", show_default=False),
    ] = None,
    proxy: Annotated[
        str, typer.Option("--proxy", help="Addresses of proxies that are believed, with commas between.")
    ] = "",
    idle: Annotated[int, typer.Option("--idle", min=1, help="Minutes of quiet after which one is signed out.")] = 60,
    as_json: JsonOption = False,
) -> None:
    """Serve the page for stewards until stopped. People are added with `gemba hq steward add`."""
    try:
        from gemba.hq.serve.office import Rules, Visit
        from gemba.hq.serve.serving import server
    except ModuleNotFoundError as error:
        raise Trouble("hq.server_missing", library=error.name or "?") from error

    def ready(there: int) -> None:
        address = f"http://{f'[{host}]' if ':' in host else host}:{there}"
        words = text("Stewards sign in at {address}. Stop with Ctrl+C.", address=address)
        said = msgspec.json.encode({"event": "serving", "address": address}).decode() if as_json else words
        sys.stdout.write(said + "\n")
        sys.stdout.flush()

    def tell(visit: Visit) -> None:
        said = msgspec.json.encode(visit).decode()
        sys.stdout.write((said if as_json else f"{visit.event} {visit.steward or '?'} {visit.address}") + "\n")
        sys.stdout.flush()

    with desk_at(context, store, make=False) as desk:
        demand_headquarters(desk)
        rules = Rules(https=https, domains=(host, *(domain or ())), idle=timedelta(minutes=idle))
        server(desk, rules, (host, port), ready, proxies=proxy, tell=tell).serve_all()
