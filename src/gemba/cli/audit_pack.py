"""`gemba audit-pack`: what was found in a quarter, in one file for people who do not have Gemba."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from gemba import gemba_verify
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.template import read_file
from gemba.cli.world import desk_at
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.errors import Refusal, Trouble
from gemba.store.reading import Reader
from gemba.wording import plural, text
from gemba.work import audit_pack as use_case
from gemba.work.audit_pack import MadeAuditPack
from gemba.work.audit_pack_choice import Choice, Resolution, quarter, recipient, recipients_in, size_of
from gemba.work.audit_pack_estimate import Estimate
from gemba.work.audit_pack_statement import reason_words, resolution_words
from gemba.work.places import place_named

commands = typer.Typer(no_args_is_help=True)

_DAYS = ["%Y-%m-%d"]

Quarter = Annotated[str | None, typer.Option("--quarter", help="Such as 2026Q3.", show_default=False)]
First = Annotated[
    datetime | None, typer.Option("--from", formats=_DAYS, help="First day of conclusion.", show_default=False)
]
Last = Annotated[
    datetime | None, typer.Option("--until", formats=_DAYS, help="Last day of conclusion.", show_default=False)
]
Places = Annotated[
    list[str] | None,
    typer.Option("--region", "--site", "--place", help="A place and all below it; repeat.", show_default=False),
]
Kinds = Annotated[list[str] | None, typer.Option("--kind", help="Code of a kind; repeat.", show_default=False)]
Size = Annotated[Resolution, typer.Option("--evidence", help="How large photos are given.")]
Names = Annotated[bool, typer.Option("--with-names", help="Persons by their names, not by role and code.")]
Budget = Annotated[str | None, typer.Option("--budget", help="Largest size, such as 50MB.", show_default=False)]


@commands.command("make")
def make(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help="File to write, or a folder.", show_default=False)],
    quarter_: Quarter = None,
    first: First = None,
    last: Last = None,
    places: Places = None,
    kinds: Kinds = None,
    evidence: Size = Resolution.SCREEN,
    with_names: Names = False,
    budget: Budget = None,
    to: Annotated[
        list[str] | None,
        typer.Option("--to", help="Seal to an age key (age1...) or to a card; repeat.", show_default=False),
    ] = None,
    open_: Annotated[bool, typer.Option("--open", help="Anybody may read it.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Make an audit pack of what was concluded in a quarter or between two days."""
    if bool(to) == open_:
        raise Refusal("cli.open_or_sealed")
    recipients = [one for spelled in to or [] for one in _recipients(spelled)]
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            choice = _choice(reader, quarter_, first, last, places, kinds, evidence, budget, with_names=with_names)
        step = _shown if sys.stderr.isatty() and not as_json else None
        made = use_case.make(desk, choice, out, recipients=recipients, step=step)
    say(made, _told(made), as_json=as_json)


@commands.command("estimate")
def estimate(
    context: typer.Context,
    quarter_: Quarter = None,
    first: First = None,
    last: Last = None,
    places: Places = None,
    kinds: Kinds = None,
    evidence: Size = Resolution.ORIGINAL,
    budget: Budget = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Tell how large an audit pack will be, at each resolution of its photos."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            choice = _choice(reader, quarter_, first, last, places, kinds, evidence, budget, with_names=False)
        found = use_case.estimate(desk, choice)
    facts = [{**msgspec.structs.asdict(one), "fits": one.fits} for one in found]
    say(facts, _estimated(found), as_json=as_json)


@commands.command("verify")
def verify(
    file: Annotated[Path, typer.Argument(help="An audit pack (.zip or .zip.age).", show_default=False)],
    identity: Annotated[
        Path | None, typer.Option("--identity", help="File with an age key that opens it.", show_default=False)
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Prove an audit pack, as gemba-verify does. It needs no store."""
    try:
        verdict = gemba_verify.verify(file, identity)
    except gemba_verify.NotRead as error:
        raise Trouble("cli.pack_not_read", reason=str(error)) from error
    except gemba_verify.NotWhole as error:
        raise _not_whole(file, error) from error
    say({"file": str(file), **verdict}, "\n".join(verdict["sentences"]), as_json=as_json)


def _not_whole(file: Path, error: gemba_verify.NotWhole) -> Refusal:
    """What is wrong with an audit pack: it comes from whoever made it, and never lies in an outbox."""
    if error.code == "cut_short":
        return Refusal("cli.audit_pack_cut_short", file=file.name, size=error.facts["size"])
    if error.code == "damaged":
        return Refusal("cli.audit_pack_damaged", file=file.name)
    if error.code in {"not_a_pack", "no_pack_inside"}:
        return Refusal("cli.no_audit_pack", file=file.name)
    return Refusal("cli.pack_not_whole", file=file.name, reason=error.what[:1].lower() + error.what[1:])


def _choice(
    reader: Reader,
    spelled: str | None,
    first: datetime | None,
    last: datetime | None,
    places: Sequence[str] | None,
    kinds: Sequence[str] | None,
    evidence: Resolution,
    budget: str | None,
    *,
    with_names: bool,
) -> Choice:
    begin, end = _period(spelled, first, last)
    return Choice(
        first=begin,
        last=end,
        places=tuple(sorted({_place(reader, name) for name in places or []})),
        kinds=tuple(sorted(set(kinds or []))),
        evidence=evidence,
        with_names=with_names,
        budget=size_of(budget) if budget is not None else None,
    )


def _period(spelled: str | None, first: datetime | None, last: datetime | None) -> tuple[date, date]:
    if spelled is not None and first is None and last is None:
        return quarter(spelled)
    if spelled is None and first is not None and last is not None:
        return first.date(), last.date()
    raise Refusal("cli.which_period")


def _place(reader: Reader, name: str) -> Uid:
    found = reader.get(Place, name) or place_named(reader, name)
    if found is None:
        raise Refusal("cli.unknown", noun="place", name=name)
    return found.uid


def _recipients(spelled: str) -> tuple[str, ...]:
    if spelled.startswith("age1"):
        return (recipient(spelled),)
    return recipients_in(read_file(Path(spelled)))


def _shown(stage: str, done: int, total: int) -> None:
    words = {
        "survey": text("Looking through the store"),
        "evidence": text("Copying evidence"),
        "reports": text("Drawing reports"),
        "writing": text("Writing the pack"),
    }
    share = 100 * done // total if total else 100
    sys.stderr.write(f"\r\033[K{words.get(stage, stage)}: {share} %")
    if stage == "writing" and done == total:
        sys.stderr.write("\n")


def _told(made: MadeAuditPack) -> str:
    lines = [
        text("Wrote {file} ({size:.1f} MB).", file=made.file, size=made.size / 1_000_000),
        plural("{n} report", "{n} reports", made.reports)
        + ", "
        + plural("{n} page", "{n} pages", made.pages)
        + ", "
        + plural("{n} file of evidence", "{n} files of evidence", made.evidence)
        + f" ({resolution_words(made.resolution)}).",
    ]
    if made.absent:
        rows = [(reason_words(reason), count) for reason, count in made.absent.items()]
        lines += ["", table(rows, [text("Not in it, because"), text("Number")])]
    if not made.known_whole:
        lines += ["", text("Something may not have reached this store; completeness.txt in the pack says what.")]
    return "\n".join((*lines, *made.remarks))


def _estimated(found: Sequence[Estimate]) -> str:
    rows = [
        (
            one.resolution.value,
            f"{one.total / 1_000_000:.1f}",
            f"{one.binder / 1_000_000:.1f}",
            f"{one.tables / 1_000_000:.1f}",
            f"{one.evidence / 1_000_000:.1f}",
            "" if one.budget is None else text("yes") if one.fits else text("no"),
        )
        for one in found
    ]
    heads = ("Photos", "MB about", "Binder", "Tables", "Evidence", "Within the budget")
    counted = plural("{n} assessment", "{n} assessments", found[0].assessments)
    counted += ", " + plural("{n} photo", "{n} photos", found[0].photos)
    return counted + "\n" + table(rows, [text(head) for head in heads])
