"""Whether two auditors agree well enough for sites to be compared at all."""

from __future__ import annotations

from gemba.domain.judgements import AlignmentVerdict
from gemba.store import double_counts
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.agreement import Agreement, Strength, of_verdicts
from gemba.work.agreement_words import alpha_words, percent_words
from gemba.work.alignment_facts import Question

_DRAWS = 200
"""Of the bootstrap: enough to say how wide it is."""


def agreement_of(reader: Reader, question: Question) -> Agreement | None:
    """The agreement over all that two auditors judged in some quarters; `None` where nothing was judged by two.

    Goals do not narrow it: one goal alone has too few cases that two have judged.
    """
    found = double_counts.together(reader, question.quarters, question.place)
    said = [
        both
        for one in found
        for both in [(AlignmentVerdict(one.lead_verdict), AlignmentVerdict(one.second_verdict))] * one.n
    ]
    return of_verdicts(said, draws=_DRAWS) if said else None


def agreement_words(found: Agreement | None) -> str:
    """Alpha with percent agreement beside it, and how it is read."""
    if found is None or found.strength is Strength.TOO_FEW:
        return text("Too little was judged by two auditors to say whether they agree.")
    told = text(
        "Two auditors gave the same verdict in {share}; alpha {alpha}",
        share=percent_words(found),
        alpha=alpha_words(found),
    )
    return {
        Strength.RELIABLE: text("{told}: reliable.", told=told),
        Strength.TENTATIVE: text("{told}: tentative, for first conclusions only.", told=told),
        Strength.LOW: text("{told}: too low, so sites are not ranked by it.", told=told),
        Strength.ALL_ALIKE: text("{told}: all verdicts are the same, so alpha can tell nothing.", told=told),
    }[found.strength]


def too_low(found: Agreement | None) -> bool:
    """Whether two auditors agree too little for sites to be ranked."""
    return found is not None and found.strength is Strength.LOW
