"""`gemba privacy rule|sweep|find|disclose`: how long personal parts are kept, and what is kept of one person."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gemba.cli.progress import Progress
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.places import Place
from gemba.domain.privacy import RetentionRule
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.wording import plural, text
from gemba.work import disclose as disclosing
from gemba.work import retention
from gemba.work.desk import Desk
from gemba.work.places import place_named

rules = typer.Typer(help="How long the personal part of complaints is kept.", no_args_is_help=True)

TermArgument = Annotated[
    list[str], typer.Argument(help="Name, address, or customer number; several mean any of them.", show_default=False)
]


def register(commands: typer.Typer) -> None:
    """Put these under `gemba privacy`."""
    commands.add_typer(rules, name="rule")
    commands.command("sweep")(sweep)
    commands.command("find")(find)
    commands.command("disclose")(disclose)


@rules.command("add")
def add(
    context: typer.Context,
    days: Annotated[int, typer.Option("--days", help="Days after closing.", show_default=False)],
    place: Annotated[str, typer.Option("--place", help="Region or place; everywhere if not said.")] = "",
    purpose: Annotated[str, typer.Option("--purpose", help="Only for complaints kept for this purpose.")] = "",
    basis: Annotated[str, typer.Option("--basis", help="The law or contract that asks for it.")] = "",
    needs_consent: Annotated[
        bool, typer.Option("--needs-consent", help="Quote nothing there without the customer's consent.")
    ] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Say how long; a rule for the same place and purpose takes the place of the old one."""
    with desk_at(context, store) as desk:
        where = _place(desk, place)
        made = retention.add_rule(desk, days, place=where, purpose=purpose, basis=basis, needs_consent=needs_consent)
        with desk.reader() as reader:
            rule = reader.get(RetentionRule, made.uid)
    words = plural("The personal part is kept for {n} day.", "The personal part is kept for {n} days.", days)
    say(rule, f"{words}\n{made.uid}", as_json=as_json)


@rules.command("list")
def list_(context: typer.Context, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """List the rules in force."""
    with desk_at(context, store) as desk, desk.reader() as reader:
        found = retention.Rules(reader).rules
        rows = [_line(reader, rule) for rule in found]
    heads = [text(name) for name in ("Place", "Purpose", "Days", "Consent", "Basis", "Uid")]
    say(found, table(rows, heads) if rows else text("No rule: nothing is erased by its age."), as_json=as_json)


@rules.command("retire")
def retire(
    context: typer.Context,
    rule: Annotated[str, typer.Argument(help="Uid of the rule.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Let a rule hold no longer."""
    with desk_at(context, store) as desk:
        change = retention.retire_rule(desk, rule)
    say(change, text("The rule holds no longer."), as_json=as_json)


def sweep(
    context: typer.Context,
    reason: Annotated[
        str, typer.Option("--reason", help="Erase, for this reason, in words that tell nothing of a person.")
    ] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Show what is due to be erased; with `--reason`, erase it."""
    with desk_at(context, store) as desk:
        plan = retention.plan_sweep(desk)
        if not reason:
            rows = [(one.number, one.place, one.since.isoformat()) for one in plan.shown]
            heads = [text(name) for name in ("Number", "Place", "Due since")]
            words = plural("{n} complaint is due.", "{n} complaints are due.", plan.count)
            if plan.files:
                words += " " + plural(
                    "{n} photo or file of proof goes with them.",
                    "{n} photos and files of proof go with them.",
                    plan.files,
                )
            more = text("Nothing is erased yet: repeat it with --reason.") if plan.count else ""
            say(plan, "\n".join(filter(None, [table(rows, heads) if rows else "", words, more])), as_json=as_json)
            return
        with Progress(silent=as_json) as progress:
            done = retention.sweep(
                desk,
                plan,
                reason,
                lambda at, count: progress.stage(text("Erasing {at} of {count}", at=at, count=count)),
            )
    words = plural("{n} complaint was erased.", "{n} complaints were erased.", done)
    say({"erased": done}, words, as_json=as_json)


def find(context: typer.Context, terms: TermArgument, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Find every place in which something of a person stands; nothing is written."""
    with desk_at(context, store) as desk:
        found = disclosing.find_person(desk, terms)
    rows = [(one.noun, one.known_as, one.field, one.said[:60]) for one in found]
    heads = [text(name) for name in ("Record", "Known as", "Field", "What it says")]
    say(found, table(rows, heads) if rows else text("Nothing here tells of them."), as_json=as_json)


def disclose(
    context: typer.Context,
    terms: TermArgument,
    reason: Annotated[str, typer.Option("--reason", help="On whose asking.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", help="File to write: .pdf or .csv.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Write all that is kept of a person; that it was told is noted."""
    with desk_at(context, store) as desk:
        done = disclosing.disclose(desk, terms, reason, out)
    records = len({one.uid for one in done.mentions})
    words = plural("{n} record, told in {file}.", "{n} records, told in {file}.", records, file=str(out))
    say(done, words, as_json=as_json)


def _place(desk: Desk, name: str) -> str | None:
    if not name:
        return None
    with desk.reader() as reader:
        found = reader.get(Place, name) or place_named(reader, name)
    if found is None:
        raise Refusal("cli.unknown", noun="place", name=name)
    return found.uid


def _line(reader: Reader, rule: RetentionRule) -> tuple[str, ...]:
    place = reader.get(Place, rule.place) if rule.place else None
    where = place.name if place else text("everywhere")
    consent = text("needed") if rule.needs_consent else ""
    return (where, rule.purpose or text("any"), str(rule.days), consent, rule.basis, rule.uid)
