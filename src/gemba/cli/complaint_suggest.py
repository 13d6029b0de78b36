"""`gemba complaint suggest|code|agreement`: codes suggested from this store's own labels, and how that fares."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

import typer

from gemba.cli import complaint_options as options
from gemba.cli import complaint_which
from gemba.cli.naming import named
from gemba.cli.progress import Progress
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.complaints import Complaint
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.methods.text.agreement import Agreement
from gemba.methods.text.suggesting import LEVEL
from gemba.reports.chart_numbers import percent
from gemba.wording import text
from gemba.work import suggest_codes, suggestion_record
from gemba.work.suggest_codes import DOMAIN, Learning, Offer
from gemba.work.suggestion_words import offer_words, reliability_words

_DAY = ["%Y-%m-%d"]
_Subject = Annotated[
    str, typer.Option("--of", help="What is suggested: cause, step, product, channel, segment or domain.")
]
_Level = Annotated[float, typer.Option("--level", min=0.0, max=1.0, help="Confidence from which a code is shown.")]


def register(commands: typer.Typer) -> None:
    """Add the commands to `gemba complaint`."""
    for name, command in (("suggest", suggest), ("code", code), ("agreement", agreement)):
        commands.command(name)(command)


def suggest(
    context: typer.Context,
    uid: Annotated[str | None, typer.Argument(help="Uid or number; else all without a code.")] = None,
    of: _Subject = "cause",
    level: _Level = LEVEL,
    where: complaint_which.Where = None,
    place: complaint_which.Place = None,
    begins: complaint_which.From = None,
    ends: complaint_which.To = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many.")] = 50,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Suggest a code for a complaint, or for all of a set that have none; nothing is kept."""
    _demand_subject(of)
    learning = Learning()
    with desk_at(context, store) as desk, Progress(silent=as_json) as progress:
        progress.stage(text("Learning from what people coded …"))
        if uid is not None:
            with desk.reader() as reader:
                about = named(reader, Complaint, uid)
            found = [suggest_codes.offer(desk, learning, about.uid, of, level)]
        else:
            meant = complaint_which.which(desk, where, place, begins, ends)
            found = suggest_codes.offers(desk, learning, of, meant, level)[:limit]
        suggester = learning.of(desk, of)
    learned = {
        "labels": suggester.learned_from,
        "left_out": suggester.left_out,
        "accuracy": suggester.reliability.accuracy,
        "coverage": suggester.reliability.at(level).coverage,
        "accuracy_shown": suggester.reliability.at(level).accuracy,
        "calibration_error": suggester.reliability.error,
    }
    rows = [(one.number, offer_words(one), ", ".join(title for _, title in one.next[:3])) for one in found]
    heads = [text(head) for head in ("Number", "Suggested", "Else")]
    words = table(rows, heads) + "\n" + reliability_words(suggester, level)
    say({"level": level, "learned": learned, "offers": found}, words, as_json=as_json)


def code(
    context: typer.Context,
    uid: options.Uid,
    of: Annotated[Facet, typer.Option("--of", help="What is coded.")],
    final: Annotated[str, typer.Option("--as", help="Code or title of the vocabulary.")],
    level: _Level = LEVEL,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Keep the code that you choose, beside what would have been suggested (where enough labels are there)."""
    with desk_at(context, store) as desk, Progress(silent=as_json) as progress:
        with desk.reader() as reader:
            about = named(reader, Complaint, uid)
        progress.stage(text("Learning from what people coded …"))
        offered: Offer | None = None
        why = ""
        try:
            offered = suggest_codes.offer(desk, Learning(), about.uid, of.value, level)
        except Refusal as refusal:
            if refusal.code not in {"methods.labels_too_few", "methods.text_extra"}:
                raise
            why = refusal.code
        suggest_codes.settle(desk, about.uid, of, final, offered)
        with desk.reader() as reader:
            now = named(reader, Complaint, about.uid)
    kept = getattr(now, of.value)
    words = text("{number} is coded {code}.", number=now.number, code=kept)
    if offered is not None:
        words += "\n" + text("Suggested was: {said}.", said=offer_words(offered))
    say({"number": now.number, "of": of, "code": kept, "offered": offered, "not_asked": why}, words, as_json=as_json)


def agreement(
    context: typer.Context,
    of: Annotated[
        str, typer.Option("--of", help="cause, step, product, channel or segment; domain: analyses.")
    ] = "cause",
    begins: Annotated[datetime | None, typer.Option("--from", formats=_DAY, help="First day of deciding.")] = None,
    ends: Annotated[datetime | None, typer.Option("--to", formats=_DAY, help="Last day of deciding.")] = None,
    minutes: Annotated[
        float | None, typer.Option("--minutes", min=0, help="Minutes that coding one by hand takes, as you say.")
    ] = None,
    check_minutes: Annotated[float, typer.Option("--check-minutes", min=0, help="Minutes to check one.")] = 0.0,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """How suggestions agreed with what people decided; with --of domain, with what cause analyses ended on."""
    _demand_subject(of)
    days = (_day(begins), _day(ends))
    with desk_at(context, store) as desk, desk.reader() as reader:
        if of == DOMAIN:
            found = suggestion_record.against_analyses(reader, *days).agreement
            worth = None
        else:
            found = suggestion_record.agreed(reader, Facet(of), *days)
            worth = (
                None if minutes is None else suggestion_record.worth(reader, Facet(of), minutes, check_minutes, *days)
            )
    facts = _facts(found) | ({} if worth is None else {"minutes_saved": worth.minutes})
    words = _agreement_words(found)
    if worth is not None:
        words += "\n" + text(
            "Minutes spared: {minutes} (at {each} a label).", minutes=f"{worth.minutes:g}", each=minutes
        )
    say(facts, words, as_json=as_json)


def _demand_subject(of: str) -> None:
    if of not in suggest_codes.SUBJECTS:
        raise typer.BadParameter(text("choose one of {known}", known=", ".join(suggest_codes.SUBJECTS)))


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()


def _facts(found: Agreement) -> dict[str, Any]:
    kappa = found.kappa
    return {
        "n": found.n,
        "not_sure": found.not_sure,
        "suggested": found.suggested,
        "right": found.right,
        "share": found.right / found.suggested if found.suggested else None,
        "prevalence": found.prevalence if found.suggested else None,
        "kappa": None if kappa is None or kappa.kappa != kappa.kappa else kappa.kappa,
        "labels": found.confusion.labels,
        "confusion": found.confusion.counts,
        "bands": [
            {"low": band.low, "high": band.high, "n": band.n, "right": band.right}
            for band in (found.reliability.bands if found.reliability is not None else ())
            if band.n
        ],
        "periods": found.periods,
    }


def _agreement_words(found: Agreement) -> str:
    lines = [
        text("Decided: {n}, of these not sure: {not_sure}.", n=found.n, not_sure=found.not_sure),
        text("As suggested: {right} of {said}.", right=found.right, said=found.suggested),
    ]
    if found.kappa is not None:
        kappa, prevalence = f"{found.kappa.kappa:.2f}", percent(found.prevalence)
        lines.append(text("Kappa {kappa}; commonest code {share}.", kappa=kappa, share=prevalence))
        rows = [(label, *counts) for label, counts in zip(found.confusion.labels, found.confusion.counts, strict=True)]
        lines.append(table(rows, [text("suggested / final"), *found.confusion.labels]))
    return "\n".join(lines)
