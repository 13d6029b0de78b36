"""`gemba sample`: draw what an audit looks at, prove it, and say what it can and cannot show."""

from __future__ import annotations

from typing import Annotated

import msgspec
import typer

from gemba.cli import sample_showing as showing
from gemba.cli.naming import named
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.programmes import Audit
from gemba.domain.record import Uid
from gemba.domain.samples import Sample, SamplingMethod
from gemba.errors import Refusal
from gemba.methods.sampling.acceptance import Inspection
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work import redraw_sample, samples_apart
from gemba.work.desk import Desk
from gemba.work.draw_sample import Judged, Wanted
from gemba.work.draw_sample import draw as draw_sample
from gemba.work.sample_facts import facts_of, method_title
from gemba.work.sample_plan import MINIMUM, MISS, Told
from gemba.work.sample_said import filters as filters_said
from gemba.work.sample_said import spreads as spreads_said
from gemba.work.sample_words import redrawn_words
from gemba.work.to_judge import sample_of

commands = typer.Typer(no_args_is_help=True)

_Audit = Annotated[str, typer.Argument(help="Number or uid of the audit, or uid of a sample.", show_default=False)]
_Share = Annotated[float | None, typer.Option("--share", help="Share that is expected; for discovery that is bad.")]


@commands.command("draw")
def draw(
    context: typer.Context,
    audit: Annotated[str, typer.Argument(help="Number or uid of the audit.", show_default=False)],
    method: Annotated[SamplingMethod, typer.Option("--method", help="How.", show_default=False)],
    n: Annotated[int | None, typer.Option("--n", help="How many in all.")] = None,
    margin: Annotated[float | None, typer.Option("--margin", help="In place of --n: ± this share, 0.1.")] = None,
    share: _Share = None,
    miss: Annotated[float, typer.Option("--miss", help="Discovery: chance to see none.")] = MISS,
    strata: Annotated[str, typer.Option("--strata", help="place, scenario, role or goal.")] = "",
    minimum: Annotated[int, typer.Option("--minimum", min=0, help="Least of each stratum.")] = MINIMUM,
    spread: Annotated[
        list[str] | None, typer.Option("--spread", help="Neyman: STRATUM=SPREAD, for each stratum; repeatable.")
    ] = None,
    aql: Annotated[float | None, typer.Option("--aql", help="Acceptance: quality level in percent.")] = None,
    level: Annotated[Inspection, typer.Option("--level", help="Acceptance: inspection level.")] = Inspection.II,
    where: Annotated[
        list[str] | None,
        typer.Option("--where", help="FIELD=VALUE[,VALUE]: scenario, role, standing, segment, source, place, goal."),
    ] = None,
    seed: Annotated[str, typer.Option("--seed", help="Made and kept when left out.")] = "",
    double: Annotated[float | None, typer.Option("--double", help="Share that two judge; else the audit's.")] = None,
    undated: Annotated[
        int | None, typer.Option("--undated", help="Decisions lacking for want of a date; else as imports told.")
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why it is drawn again.")] = "",
    judged: Annotated[Judged, typer.Option("--judged", help="What becomes of what was judged.")] = Judged.UNSAID,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Draw an audit's sample from the decisions of its place and period; frame, seed and settings are kept."""
    told = Told(n=n, margin=margin, share=share, miss=miss, minimum=minimum, aql=aql, level=level)
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            of = named(reader, Audit, audit).uid
            filters = filters_said(reader, where or [])
            spreads = spreads_said(reader, strata, spread or [])
        wanted = Wanted(
            method=method,
            told=msgspec.structs.replace(told, spreads=spreads),
            strata=strata,
            filters=filters,
            seed=seed,
            double_share=double,
            undated=undated,
            reason=reason,
            judged=judged,
        )
        change = draw_sample(desk, of, wanted)
        _show(desk, change.uid, as_json=as_json)


@commands.command("show")
def show(context: typer.Context, audit: _Audit, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Show how a sample was drawn, and what it can and cannot show."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            found = _sample(reader, audit)
        _show(desk, found, as_json=as_json)


@commands.command("redraw")
def redraw(context: typer.Context, audit: _Audit, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Draw again from the kept frame and compare: frame hash, seed and settings must give the same sample."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            uid = _sample(reader, audit)
        found = redraw_sample.redraw(desk, uid)
    words = redrawn_words(found)
    facts = {name: getattr(found, name) for name in found.__struct_fields__ if name != "sample"}
    facts |= {"sample": found.sample.uid, "frame_sha256": found.sample.frame_sha256, "seed": found.sample.seed}
    if not found.is_same:
        say({**facts, "words": words}, "\n".join(words[1:]), as_json=as_json)
        raise Refusal("cli.not_the_same_sample", n=len(found.differs))
    say({**facts, "words": words}, "\n".join(words), as_json=as_json)


@commands.command("keep")
def keep(
    context: typer.Context,
    sample: Annotated[str, typer.Argument(help="Uid of the sample.", show_default=False)],
    reason: Annotated[str, typer.Option("--reason", help="Why this one.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Of several samples that were drawn apart, on several laptops, let one be judged; the others stay on record."""
    with desk_at(context, store, make=False) as desk:
        _show(desk, samples_apart.choose(desk, sample, reason).uid, as_json=as_json)


@commands.command("list")
def list_(
    context: typer.Context,
    audit: Annotated[str | None, typer.Option("--audit", help="Only those of one audit.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most this many lines.")] = 100,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List samples, the newest first; those that were replaced stay on record."""
    with desk_at(context, store, make=False) as desk, desk.reader() as reader:
        of = {} if audit is None else {"audit": named(reader, Audit, audit).uid}
        found = sorted(reader.find(Sample, **of), key=lambda one: (one.drawn_at, one.uid), reverse=True)[:limit]
        numbers = {one.uid: one.number for one in reader.many(Audit, [one.audit for one in found])}
    rows = [
        (numbers[one.audit], f"{one.drawn_at:%Y-%m-%d}", method_title(one.method), one.count, one.frame_count, one.uid)
        for one in found
    ]
    heads = [text(name) for name in ("Audit", "Drawn", "Method", "Drawn decisions", "Frame", "Sample")]
    say(
        [{**msgspec.structs.asdict(one), "number": numbers[one.audit]} for one in found],
        table(rows, heads),
        as_json=as_json,
    )


def _show(desk: Desk, sample: Uid, *, as_json: bool) -> None:
    with desk.reader() as reader:
        facts = facts_of(reader, sample)
        shown = showing.told(reader, facts)
    say(shown, showing.words(shown), as_json=as_json)


def _sample(reader: Reader, name: str) -> Uid:
    """The sample that is meant: by its own uid, or the one that counts of an audit."""
    if reader.get(Sample, name) is not None:
        return name
    audit = named(reader, Audit, name)
    found = sample_of(reader, audit.uid)
    if found is None:
        raise Refusal("work.audit_without_sample", number=audit.number)
    return found.uid
