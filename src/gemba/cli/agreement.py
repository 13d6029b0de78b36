"""`gemba agreement`: how far two auditors agree, where they differ, and what they settle on together."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from gemba.cli import agreement_showing as showing
from gemba.cli.listing import PlaceFilter
from gemba.cli.naming import named
from gemba.cli.saying import JsonOption, StoreOption, say
from gemba.cli.world import desk_at
from gemba.domain.decisions import Decision
from gemba.domain.judgements import AgreedVerdict, AlignmentVerdict, Constraint
from gemba.domain.places import Place
from gemba.domain.programmes import Audit
from gemba.domain.quarters import quarter_written
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.agreement import of_audit, of_auditors
from gemba.work.double_judging import Settling, doubles
from gemba.work.double_judging import settle as settle_pair
from gemba.work.places import place_named


class _AuditFirst(TyperGroup):
    """`gemba agreement AUDIT` is short for `gemba agreement show AUDIT`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            args = ["show", *args]
        return super().parse_args(ctx, args)


commands = typer.Typer(no_args_is_help=True, cls=_AuditFirst)

_Audit = Annotated[str, typer.Argument(help="Number or uid of the audit.", show_default=False)]
_Day = ["%Y-%m-%d"]


@commands.command("show")
def show(context: typer.Context, audit: _Audit, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Show Krippendorff's alpha with its interval, percent agreement and prevalence: whole and by goal."""
    with desk_at(context, store, make=False) as desk, desk.reader() as reader:
        found = of_audit(reader, named(reader, Audit, audit).uid)
    say(found, showing.audit_words(found), as_json=as_json)


@commands.command("auditors")
def auditors(
    context: typer.Context,
    quarter: Annotated[list[str] | None, typer.Option("--quarter", help="2026-Q4; repeatable. All if none.")] = None,
    place: PlaceFilter = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Show the agreement of auditors across audits: by pair, by auditor, by goal."""
    quarters = tuple(quarter_written(one) for one in quarter or ())
    with desk_at(context, store, make=False) as desk, desk.reader() as reader:
        found = of_auditors(reader, quarters, _place(reader, place))
    say(found, showing.auditor_words(found), as_json=as_json)


@commands.command("disagreements")
def disagreements(
    context: typer.Context,
    audit: _Audit,
    settled: Annotated[bool, typer.Option("--settled", help="Also those that are settled.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List what the two auditors judged differently, with both sides and their evidence."""
    with desk_at(context, store, make=False) as desk, desk.reader() as reader:
        about = named(reader, Audit, audit)
        found = doubles(reader, about.uid)
        if found.waiting_for:
            raise Refusal("work.still_blind", number=about.number)
        pairs = [one for one in found.pairs if one.differs and (settled or one.agreed is None)]
        shown = [showing.pair_shown(reader, one) for one in pairs]
    say(shown, showing.pairs_words(shown), as_json=as_json)


@commands.command("settle")
def settle(
    context: typer.Context,
    audit: _Audit,
    decision: Annotated[str, typer.Argument(help="Number or uid of the decision.", show_default=False)],
    verdict: Annotated[AlignmentVerdict, typer.Option("--as", help="What both agree on.", show_default=False)],
    reason: Annotated[str, typer.Option("--reason", help="What settled it.", show_default=False)],
    present: Annotated[str, typer.Option("--present", help="Who agreed, by role.", show_default=False)],
    goal: Annotated[str, typer.Option("--goal", help="Code or uid; needed when several differ.")] = "",
    constraint: Annotated[Constraint | None, typer.Option("--constraint", help="What forced it.")] = None,
    exception: Annotated[str | None, typer.Option("--exception", help="Why going against it was justified.")] = None,
    until: Annotated[datetime | None, typer.Option("--until", formats=_Day, help="Last day of the exception.")] = None,
    cause: Annotated[str | None, typer.Option("--cause", help="Code or title of what is behind it.")] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Keep what both auditors agreed on for a decision that they judged differently."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about = named(reader, Audit, audit)
            subject = named(reader, Decision, decision)
            criterion = showing.goal_meant(doubles(reader, about.uid), subject, goal, about.number)
        settling = Settling(
            verdict=verdict,
            reason=reason,
            present=present,
            constraint=constraint,
            exception=exception,
            exception_until=until.date() if until else None,
            cause=cause,
        )
        change = settle_pair(desk, about.uid, subject.uid, criterion, settling)
        with desk.reader() as reader:
            kept = reader.get(AgreedVerdict, change.uid)
    say(kept, text("Settled: {decision}.", decision=subject.number), as_json=as_json)


def _place(reader: Reader, name: str | None) -> Uid | None:
    if name is None:
        return None
    found = reader.get(Place, name) or place_named(reader, name)
    if found is None:
        raise Refusal("cli.unknown", noun="place", name=name)
    return found.uid
