"""The audit of measures in words, a drawing and a table, with the entries that it proposes."""

from __future__ import annotations

from collections.abc import Iterator

from gemba import wording
from gemba.reports.interval_shapes import Span, draw_spans
from gemba.reports.sheet_facts import Cell, Drawing, Figures, Notice, Part, Table, Words
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.follow_words import interval, score
from gemba.work.metric_audit import YEARS, MeasureAudited, MetricAudit, Moves, metric_audit
from gemba.work.register_view import Asked, Gap, Proposal, RegisterView
from gemba.work.registers import EntryDraft

_TONES = {"keep": "good", "change": "fair", "retire": "poor", "": "plain"}


def metric_audit_view(desk: Desk, asked: Asked) -> RegisterView:
    """What this quarter's audit of measures finds.

    Raises:
        Refusal: as `gemba.work.metric_audit.metric_audit`.
    """
    found = metric_audit(desk, asked.outcome, asked.lags)
    return RegisterView(
        register="metric_audit",
        title=text("Measures in {quarter}", quarter=found.quarter),
        facts=found,
        parts=tuple(_parts(found)),
        gaps=tuple(_gaps(found)),
        proposals=tuple(_proposed(found, one) for one in found.measures if not one.entry),
    )


def _parts(found: MetricAudit) -> Iterator[Part]:
    if not found.measures:
        yield Words(text("No measures are kept yet: make one under Insights."), "quiet")
        return
    named = [(f"measure:{one.measure}", one) for one in found.measures]
    told = [tuple(subject for subject, one in named if one.proposal == code) for code in ("keep", "change", "retire")]
    anew = tuple(subject for subject, one in named if one.recalibrate != "no")
    yield Figures(
        (
            (str(len(found.measures)), text("measures")),
            *((str(len(some)), proposal_title(code)) for some, code in zip(told, _TONES, strict=False)),
            (str(len(anew)), text("to be calibrated anew")),
        ),
        (tuple(subject for subject, _ in named), *told, anew),
    )
    if not found.outcome:
        yield Notice((text("Choose the measure of what customers feel: then it is told what still moves with it."),))
    spans = [_span(one) for one in found.measures if one.moves.verdict not in {"", "itself"}]
    if spans:
        words = text("Spearman's correlation with “{outcome}”, by its strongest lag.", outcome=found.outcome_title)
        yield Drawing(draw_spans(spans, -1.0, 1.0, line=0.0, spoken=words), words + " " + _method(found))
    yield _verdicts(found)
    yield _uses(found)


def _measures(found: MetricAudit, one: MeasureAudited) -> tuple[str, ...]:
    """Those that a correlation was worked out from."""
    return tuple(f"measure:{uid}" for uid in dict.fromkeys((one.measure, found.outcome)) if uid)


def _method(found: MetricAudit) -> str:
    return text(
        "Last {years} years; the outcome may follow up to {lags} periods later, and all lags are judged together.",
        years=YEARS,
        lags=found.lags,
    )


def _span(one: MeasureAudited) -> Span:
    best = one.moves.best
    if best is None:
        return Span(one.title, moves_words(one.moves))
    told = f"{_verdict(one.moves)}\n{score(best.r, 2)} ({interval(best.low, best.high, 2)})"
    colour = {"together": "good", "trade_off": "poor"}.get(one.moves.verdict, "muted")
    mark = {"together": "dot", "trade_off": "diamond"}.get(one.moves.verdict, "ring")
    return Span(one.title, told, best.r, best.low, best.high, colour, mark)  # type: ignore[arg-type]


def _uses(found: MetricAudit) -> Table:
    return Table(
        (text("Measure"), text("Answers"), text("Last year"), text("Rests on it"), text("Calibrate anew")),
        tuple(
            (
                one.title,
                one.owner or Cell(text("nobody"), "poor"),
                _values(one),
                "; ".join(one.uses) or "–",
                _recalibrate(one),
            )
            for one in found.measures
        ),
        (0, 26, 22, 46, 28),
    )


def _values(one: MeasureAudited) -> Cell:
    """Values are rows of their measure."""
    if not one.values:
        return Cell(text("no value"), "fair")
    return Cell(text("{n:value|values}", n=one.values), records=(f"measure:{one.measure}",))


def _verdicts(found: MetricAudit) -> Table:
    return Table(
        (text("Measure"), text("Moves with the outcome"), text("Proposal"), text("Why")),
        tuple(
            (
                one.title,
                Cell(moves_words(one.moves), records=_measures(found, one)),
                Cell(proposal_title(one.proposal), _TONES[one.proposal]),  # type: ignore[arg-type]
                reason_words(one.reason),
            )
            for one in found.measures
        ),
        (0, 42, 26, 50),
    )


def _recalibrate(one: MeasureAudited) -> str | Cell:
    words = f"{one.due_from:%Y-%m} – {one.due_until:%Y-%m}"
    if one.recalibrate == "no":
        return words
    return Cell(
        text("due") if one.recalibrate == "due" else text("overdue"), "poor" if one.recalibrate == "overdue" else "fair"
    )


def moves_words(moves: Moves) -> str:
    """How a measure moves with the outcome, with interval and number of periods."""
    plain = {
        "": "–",
        "itself": text("is the outcome"),
        "periods": text("other periods than the outcome"),
        "few": text("too few to say: {n:period|periods} in common", n=moves.n),
        "constant": text("never changes: no correlation"),
    }
    best = moves.best
    if best is None:
        return plain.get(moves.verdict, "–")
    figures = f"{score(best.r, 2)} ({interval(best.low, best.high, 2)}), n = {best.n}"
    figures += f", {wording.plural('{n} period later', '{n} periods later', best.lag)}" if best.lag else ""
    figures += f", {_by(moves.by)}" if moves.by else ""
    return f"{_verdict(moves)}: {figures}"


def _by(period: str) -> str:
    words = {"day": text("by day"), "week": text("by week"), "month": text("by month"), "quarter": text("by quarter")}
    return words.get(period, "")


def _verdict(moves: Moves) -> str:
    return {
        "together": text("with it"),
        "trade_off": text("against it"),
        "unclear": text("not seen to move with it"),
        "wide": text("cannot be said yet"),
    }.get(moves.verdict, "")


def proposal_title(code: str) -> str:
    """What a proposal is called."""
    return {"keep": text("keep"), "change": text("change"), "retire": text("retire"), "": text("cannot tell")}[code]


def reason_words(code: str) -> str:
    """Why it is proposed."""
    return {
        "silent_used": text("Something rests on it, and it had no value for a year."),
        "silent": text("It had no value for a year, and nothing rests on it."),
        "outcome": text("It is the outcome itself."),
        "against": text("It gets better as customers feel worse."),
        "constant_used": text("It never changes: it cannot show anything, though something rests on it."),
        "constant": text("It never changes, and nothing rests on it."),
        "moves_used": text("It moves with the outcome, and something rests on it."),
        "moves_unused": text("It moves with the outcome, and nothing rests on it: say which decision it serves."),
        "still_used": text("Something rests on it, and it is not seen to move with what customers feel."),
        "still": text("Nothing rests on it, and it is not seen to move with what customers feel."),
        "used": text("Something rests on it; whether it moves with the outcome cannot be said."),
        "unknown": text("Nothing rests on it, and whether it moves with the outcome cannot be said."),
    }[code]


def _gaps(found: MetricAudit) -> Iterator[Gap]:
    for one in found.measures:
        about = f"measure:{one.measure}"
        if not one.owner:
            yield Gap("measure_without_owner", text("Nobody answers for “{measure}”.", measure=one.title), about)
        if one.values == 0:
            yield Gap(
                "measure_without_values", text("“{measure}” had no value for a year.", measure=one.title), about, "fair"
            )
        if one.moves.verdict == "constant":
            words = text("“{measure}” or the outcome never changes: there is no correlation.", measure=one.title)
            yield Gap("measure_constant", words, about, "fair")
        if one.moves.verdict == "trade_off":
            yield Gap(
                "measure_against", text("“{measure}” gets better as customers feel worse.", measure=one.title), about
            )
        if one.recalibrate != "no":
            words = text("“{measure}” is to be calibrated anew by {day}.", measure=one.title, day=one.due_until)
            yield Gap("measure_recalibrate", words, about, "poor" if one.recalibrate == "overdue" else "fair")
        if one.trouble:
            yield Gap("measure_broken", one.trouble, about)


def _proposed(found: MetricAudit, one: MeasureAudited) -> Proposal:
    fields = {
        "measure": f"measure:{one.measure}",
        "quarter": found.quarter,
        "answers": one.owner,
        "used": "yes" if one.uses else "unknown",
        "decision": "; ".join(one.uses),
        "outcome": f"measure:{found.outcome}" if found.outcome else "",
        "moves": moves_words(one.moves) if one.moves.verdict else "",
        "verdict": one.proposal,
        "why": reason_words(one.reason) if one.proposal else "",
    }
    draft = EntryDraft(
        f"{one.title} · {found.quarter}", {code: said for code, said in fields.items() if said}, owner=one.owner
    )
    words = reason_words(one.reason)
    return Proposal(one.code, draft, f"{proposal_title(one.proposal)}: {words}")
