"""Attribute agreement analysis: several appraisers judge the same items several times, against a known standard.

Source: AIAG Measurement Systems Analysis. Within appraiser (agrees with himself every time), each against the standard,
between appraisers, all against the standard; miss (a bad item let pass) and false alarm (a good one stopped). The bands
(effectiveness 90 and 80 %, miss 2 and 5 %, false alarm 5 and 10 %) are quoted from memory of the 4th edition: compare
them with a bought copy before they decide anything.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gemba.methods.checking import enough, paired
from gemba.methods.proportions import Interval, clopper_pearson

Trials = Sequence[Sequence[str]]
"""For each item the answers that one appraiser gave, one for each trial."""


class Band(StrEnum):
    """How an appraiser stands."""

    GOOD = "good"
    MARGINAL = "marginal"
    POOR = "poor"


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many, with the exact interval."""

    hits: int
    n: int
    share: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class Appraiser:
    """One appraiser's figures; miss and false alarm count single answers and are None without such items."""

    within: Rate
    """Items judged the same every time."""
    effectiveness: Rate
    """Items judged right every time."""
    miss: Rate | None
    false_alarm: Rate | None

    @property
    def band(self) -> Band:
        """The worst of the three bands."""
        found = [_band(1 - self.effectiveness.share, 0.10, 0.20)]
        found += [_band(self.miss.share, 0.02, 0.05)] if self.miss else []
        found += [_band(self.false_alarm.share, 0.05, 0.10)] if self.false_alarm else []
        return max(found, key=list(Band).index)


@dataclass(frozen=True, slots=True)
class AttributeAgreement:
    """The whole study."""

    appraisers: Mapping[str, Appraiser]
    between: Rate
    """Items on which all answers of all appraisers are the same."""
    all_right: Rate
    """Items on which all of them agree with the standard."""


def attribute_agreement(
    answers: Mapping[str, Trials], standard: Sequence[str], bad: Collection[str]
) -> AttributeAgreement:
    """Analyse a study.

    Args:
        answers: for each appraiser, for each item, the answers of all trials.
        standard: the right answer of each item.
        bad: the answers that should stop an item.

    Raises:
        Refusal: `methods.too_few` without appraisers or items, `methods.lengths` when someone judged other items.
    """
    enough(answers, 1)
    enough(standard, 1)
    for trials in answers.values():
        paired(trials, standard)
    together = [{answer for trials in answers.values() for answer in trials[at]} for at in range(len(standard))]
    return AttributeAgreement(
        {name: _appraiser(trials, standard, bad) for name, trials in answers.items()},
        _rate([len(given) == 1 for given in together]),
        _rate([given == {right} for given, right in zip(together, standard, strict=True)]),
    )


def _appraiser(trials: Trials, standard: Sequence[str], bad: Collection[str]) -> Appraiser:
    items = list(zip(trials, standard, strict=True))
    miss = [answer not in bad for given, right in items if right in bad for answer in given]
    alarm = [answer in bad for given, right in items if right not in bad for answer in given]
    return Appraiser(
        _rate([len(set(given)) == 1 for given, _ in items]),
        _rate([set(given) == {right} for given, right in items]),
        _rate(miss) if miss else None,
        _rate(alarm) if alarm else None,
    )


def _rate(marks: Sequence[bool]) -> Rate:
    return Rate(sum(marks), len(marks), sum(marks) / len(marks), clopper_pearson(sum(marks), len(marks)))


def _band(share: float, good: float, marginal: float) -> Band:
    if share <= good + 1e-12:
        return Band.GOOD
    return Band.MARGINAL if share <= marginal + 1e-12 else Band.POOR
