"""How a calibration session is told to people: on screen, command line and paper."""

from __future__ import annotations

from gemba.domain.calibration import CalibrationState
from gemba.domain.judgements import AlignmentVerdict
from gemba.methods.agreement.attribute import Band
from gemba.methods.agreement.krippendorff import RELIABLE, TENTATIVE
from gemba.wording import plural, text
from gemba.work.agreement import Strength
from gemba.work.agreement_words import reading
from gemba.work.alignment_words import verdict_title
from gemba.work.calibration_facts import FEW, RaterFacts, RoundFacts, SessionFacts


def state_title(state: CalibrationState) -> str:
    """Where a session stands."""
    return {
        CalibrationState.FIRST: text("First round"),
        CalibrationState.ANCHORS: text("Anchors are being written"),
        CalibrationState.SECOND: text("Second round"),
        CalibrationState.CLOSED: text("Closed"),
    }[state]


def level_title(level: str) -> str:
    """What a level is called: verdicts by their titles, others as they are."""
    return verdict_title(level) if level in set(AlignmentVerdict) else level


def alpha_words(found: RoundFacts) -> str:
    """Alpha with its interval; a dash when there is none."""
    if found.alpha is None or found.low is None or found.high is None:
        return "–"
    return f"{found.alpha:.2f} ({found.low:.2f}–{found.high:.2f})"


def round_words(found: RoundFacts) -> tuple[str, ...]:
    """What a round shows."""
    if not found.is_closed:
        return (text("Round {n} is open: nobody sees what the others gave.", n=found.round),)
    told = [plural("{n} case was rated by two or more.", "{n} cases were rated by two or more.", found.cases)]
    if found.percent is not None:
        told.append(text("Alike: {share} of the pairs of ratings.", share=f"{100 * found.percent:.0f}\u00a0%"))
    if found.alpha is not None:
        told.append(text("Alpha {alpha} (95 %, 1,000 draws).", alpha=alpha_words(found)))
        told.append(reading(_strength(found.alpha)) + ".")
    elif found.cases < FEW:
        told.append(text("Alpha is told from {n} cases on that two or more rated.", n=FEW))
    else:
        told.append(reading(Strength.ALL_ALIKE) + ".")
    return tuple(told)


def change_words(facts: SessionFacts) -> str:
    """How agreement changed from the first round to the second; empty when that is not known."""
    if facts.change is None or facts.change_low is None or facts.change_high is None:
        return ""
    fact = f"{facts.change:+.2f} ({facts.change_low:+.2f} – {facts.change_high:+.2f})"
    if facts.change_low > 0:
        return text("Alpha rose by {change}: the anchors helped.", change=fact)
    if facts.change_high < 0:
        return text("Alpha fell by {change}: the anchors made it worse.", change=fact)
    return text("Alpha changed by {change}: chance may explain it.", change=fact)


def rater_words(one: RaterFacts) -> str:
    """How many cases a rater got right by the standard; a dash without any."""
    if one.right is None or one.low is None or one.high is None or one.band is None:
        return "–"
    between = f"{100 * one.low:.0f}–{100 * one.high:.0f}\u00a0%"
    return text("{n} of {all} ({between}), {band}", n=one.right, all=one.of, between=between, band=_band(one.band))


def progress_words(facts: SessionFacts) -> str:
    """Who has rated how much of the open round."""
    parts = [f"{name} {n}/{len(facts.cases)}" for name, n in sorted(facts.progress.items())]
    return text("Rated so far: {who}", who=" · ".join(parts)) if parts else text("Nobody has rated yet.")


def _band(band: Band) -> str:
    return {Band.GOOD: text("good"), Band.MARGINAL: text("marginal"), Band.POOR: text("poor")}[band]


def _strength(alpha: float) -> Strength:
    if alpha >= RELIABLE:
        return Strength.RELIABLE
    return Strength.TENTATIVE if alpha >= TENTATIVE else Strength.LOW
