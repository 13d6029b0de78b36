"""`gemba person`: who works at this store."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.people import Person, Role
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.known_people import add_person, link_person, people_known
from gemba.work.people import describe_person, leave, open_actions_of, person_named, person_now
from gemba.work.records import known

commands = typer.Typer(no_args_is_help=True)


@commands.command("show")
def show(context: typer.Context, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Show who works here."""
    with desk_at(context, store) as desk:
        person = person_now(desk)
    say(person, text("{name} ({role})", name=person.name, role=person.role), as_json=as_json)


@commands.command("list")
def list_(context: typer.Context, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """List who is known here: who works here, and who came in packs and publications of other laptops."""
    with desk_at(context, store) as desk, desk.reader() as reader:
        people = sorted(reader.find(Person), key=lambda person: (person.name.casefold(), person.uid))
    rows = [(person.name, person.role, person.uid, person.left_on, person.same_as) for person in people]
    say(people, table(rows, [text(name) for name in ("Name", "Role", "Uid", "Left on", "Is")]), as_json=as_json)


@commands.command("add")
def add(
    context: typer.Context,
    name: Annotated[str, typer.Option("--name", help="Name as reports show it.")],
    role: Annotated[Role, typer.Option("--role", help="What the person is here for.")] = Role.AUDITOR,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Enter somebody by name who has no laptop here yet, so that audits can be given to them."""
    with desk_at(context, store) as desk:
        change = add_person(desk, name, role)
        with desk.reader() as reader:
            person = known(reader, Person, change.uid)
    say(person, text("{name} ({role})", name=person.name, role=person.role), as_json=as_json)


@commands.command("same")
def same(
    context: typer.Context,
    entry: Annotated[str, typer.Argument(help="Uid or name of who was entered by name.", show_default=False)],
    real: Annotated[str, typer.Option("--as", help="Uid or name of who it is; else who works here.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Say that somebody who was entered by name is the one who came with a laptop of their own."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            person = person_named(reader, real) if real else person_now(desk)
            about = _entry(reader, entry, person)
        link_person(desk, about.uid, person.uid)
        with desk.reader() as reader:
            linked = known(reader, Person, about.uid)
    say(linked, text("{name} is {other} now.", name=linked.name, other=person.uid), as_json=as_json)


def _entry(reader: Reader, name: str, real: Person) -> Person:
    """Who was entered by name; the two may well be called the same."""
    meant = [one for one in people_known(reader) if one.name.casefold() == name.strip().casefold()]
    others = [one for one in meant if one.uid != real.uid]
    return others[0] if len(others) == 1 else person_named(reader, name)


@commands.command("set")
def set_(
    context: typer.Context,
    name: Annotated[str | None, typer.Option("--name", help="Name as reports show it.")] = None,
    role: Annotated[Role | None, typer.Option("--role", help="What the person is here for.")] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Change the name or role of the person who works here."""
    with desk_at(context, store) as desk:
        describe_person(desk, name=name, role=role)
        person = person_now(desk)
    say(person, text("{name} ({role})", name=person.name, role=person.role), as_json=as_json)


@commands.command("leave")
def leave_(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Name or uid of the person.", show_default=False)],
    on: Annotated[
        datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="First day without them; else today.")
    ] = None,
    back: Annotated[bool, typer.Option("--back", help="They are here again.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Say that somebody left: nothing new is given to them, and what waits for them is shown."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about = person_named(reader, name)
        day = None if back else (on or desk.clock()).date()
        leave(desk, about.uid, day)
        with desk.reader() as reader:
            waiting = open_actions_of(reader, about)
    words = text("{name} is here again.", name=about.name) if back else text("{name} left.", name=about.name)
    if waiting and not back:
        numbers = ", ".join(one.number for one in waiting)
        words += " " + text("Open actions wait for {name}: {numbers}.", name=about.name, numbers=numbers)
    say({"person": about.uid, "left_on": day, "waiting": waiting}, words, as_json=as_json)
