"""How agreement is told to people: on screen, command line and paper."""

from __future__ import annotations

from gemba.domain.judgements import AlignmentVerdict
from gemba.reports.chart_numbers import percent
from gemba.wording import plural, text
from gemba.work.agreement import FEW, Agreement, AuditAgreement, Strength
from gemba.work.alignment_words import verdict_title


def reading(strength: Strength) -> str:
    """How an alpha is read."""
    return {
        Strength.RELIABLE: text("Reliable"),
        Strength.TENTATIVE: text("Tentative: for first conclusions only"),
        Strength.LOW: text("Low: do not compare sites by it"),
        Strength.TOO_FEW: text("Too few to say"),
        Strength.ALL_ALIKE: text("All verdicts are the same: alpha can tell nothing"),
    }[strength]


def alpha_words(found: Agreement) -> str:
    """Alpha with its interval: `0.78 (0.61–0.90)`; a dash when there is none."""
    if found.alpha is None or found.low is None or found.high is None:
        return "–"
    return f"{found.alpha:.2f} ({found.low:.2f}–{found.high:.2f})"


def percent_words(found: Agreement) -> str:
    """Percent agreement as a share of so many: `17 of 20 (85 %)`."""
    return text("{n} of {all} ({share})", n=found.alike, all=found.cases, share=_percent(found.percent))


def prevalence_words(found: Agreement) -> str:
    """How often each verdict was given, the most frequent first."""
    return " · ".join(
        f"{verdict_title(AlignmentVerdict(verdict))} {_percent(share)}" for verdict, share in found.prevalence.items()
    )


def sentences(found: Agreement) -> tuple[str, ...]:
    """What an agreement says, in sentences."""
    told = [text("Same verdict: {share}.", share=percent_words(found)), prevalence_words(found)]
    if found.alpha is not None:
        nominal = "–" if found.nominal is None else f"{found.nominal:.2f}"
        words = text("Alpha {alpha} (95 %, 1,000 draws), nominal {nominal}.", alpha=alpha_words(found), nominal=nominal)
        told.insert(0, words)
    told.insert(0, reading(found.strength) + ".")
    if found.strength is Strength.TOO_FEW:
        told.append(text("Alpha is told from {n} cases on that both could tell.", n=FEW))
    unsure = found.cases - found.told
    if unsure:
        told.append(
            plural(
                "{n} case is left out of alpha: somebody could not tell, which is no place in the order.",
                "{n} cases are left out of alpha: somebody could not tell, which is no place in the order.",
                unsure,
            )
        )
    return tuple(told)


def open_words(found: AuditAgreement) -> tuple[str, ...]:
    """What is still to be done about an audit's double judging."""
    told = []
    if found.missing:
        told.append(
            plural(
                "{n} verdict of the other auditor is not here yet; take in their pack.",
                "{n} verdicts of the other auditor are not here yet; take in their pack.",
                found.missing,
            )
        )
    if found.unsettled:
        told.append(plural("{n} disagreement is not settled.", "{n} disagreements are not settled.", found.unsettled))
    if found.settled:
        told.append(plural("{n} disagreement is settled.", "{n} disagreements are settled.", found.settled))
    return tuple(told)


def _percent(share: float) -> str:
    return percent(share)
