"""What a sample is and what it can and cannot show, in numbers and in words: for screens, commands and the report."""

from __future__ import annotations

import math

import msgspec

from gemba.domain.goals import Goal
from gemba.domain.places import Place
from gemba.domain.programmes import Audit
from gemba.domain.record import Uid
from gemba.domain.samples import Sample, SamplingMethod
from gemba.methods.proportions import highest_share_after_none
from gemba.methods.sampling.sizes import chance_of_none
from gemba.methods.tails import wanted_z
from gemba.reports.chart_numbers import figure
from gemba.store.reading import Reader
from gemba.wording import plural, text
from gemba.work.records import known
from gemba.work.sample_plan import CONFIDENCE, plan_of, told_by

BAD_SHARES = (0.05, 0.10, 0.20)
"""Shares of bad decisions for which the chance of seeing none is told."""
_SMALLEST = 0.001
"""A smaller chance is told as less than this: never as none."""


class Stratum(msgspec.Struct, frozen=True):
    """One stratum of a sample."""

    key: str
    name: str
    population: int
    drawn: int
    weight: float | None
    """Decisions of the frame that each drawn one stands for; `None` where none was drawn."""


class Acceptance(msgspec.Struct, frozen=True):
    """The plan that a lot is accepted or rejected by."""

    letter: str
    accept: int
    reject: int
    accepted: tuple[tuple[float, float], ...]
    """Share of bad decisions, and the chance that the lot is accepted all the same."""


class SampleFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A sample in numbers and words."""

    sample: Sample
    audit: str
    """Number."""
    method: str
    strata: tuple[Stratum, ...]
    margin: float
    """Half of the interval for a share of one half, as planned: 0 when all were drawn."""
    none_seen: tuple[tuple[float, float], ...]
    """Share of bad decisions, and the chance that the sample shows none of them."""
    zero_allows: float
    """The share of bad decisions that no finding at all still allows (upper 95 %)."""
    acceptance: Acceptance | None
    proof: tuple[str, ...]
    """How it was drawn: frame, hash, seed, algorithm."""
    shows: tuple[str, ...]
    """What it can show."""
    hides: tuple[str, ...]
    """What it cannot."""


def facts_of(reader: Reader, sample: Uid) -> SampleFacts:
    """A sample in numbers and words.

    Raises:
        Refusal: there is no such sample.
    """
    kept = known(reader, Sample, sample)
    audit = known(reader, Audit, kept.audit)
    strata = _strata(reader, kept)
    margin = planned_margin([(one.population, one.drawn) for one in strata])
    acceptance = _acceptance(kept)
    none = tuple((share, _none_chance(kept, share)) for share in BAD_SHARES)
    allows = 0.0 if kept.count == kept.frame_count else highest_share_after_none(kept.count)
    facts = SampleFacts(
        sample=kept,
        audit=audit.number,
        method=method_title(kept.method),
        strata=strata,
        margin=margin,
        none_seen=none,
        zero_allows=allows,
        acceptance=acceptance,
        proof=_proof(kept),
        shows=(),
        hides=(),
    )
    return msgspec.structs.replace(facts, shows=_shows(facts), hides=_hides(facts))


def planned_margin(strata: list[tuple[int, int]]) -> float:
    """Half of the 95 % interval that a share of one half would have, weighted, with the finite population correction.

    Args:
        strata: decisions and drawn decisions of each.
    """
    whole = sum(population for population, _ in strata)
    variance = math.fsum(
        (population / whole) ** 2 * 0.25 / drawn * (population - drawn) / max(1, population - 1)
        for population, drawn in strata
        if drawn
    )
    return wanted_z(CONFIDENCE) * math.sqrt(variance)


def method_title(method: SamplingMethod) -> str:
    """What a method is called."""
    return {
        SamplingMethod.ALL: text("All decisions"),
        SamplingMethod.SIMPLE: text("Simple random sample"),
        SamplingMethod.PROPORTIONAL: text("Stratified, in proportion"),
        SamplingMethod.NEYMAN: text("Stratified by size and spread (Neyman)"),
        SamplingMethod.DISCOVERY: text("Discovery sample"),
        SamplingMethod.ACCEPTANCE: text("Acceptance plan (MIL-STD-105E)"),
    }[method]


def strata_title(strata: str) -> str:
    """What strata are made of."""
    return {
        "": text("None"),
        "place": text("Place"),
        "scenario": text("Scenario"),
        "role": text("Role"),
        "goal": text("Goal"),
    }[strata]


def percent(share: float) -> str:
    """A share as people read it: `20.6 %`."""
    return figure(share, percent=True)


def _strata(reader: Reader, sample: Sample) -> tuple[Stratum, ...]:
    found = []
    for key, said in sorted(sample.sizes.items()):
        drawn, population = (int(part) for part in said.split("/"))
        weight = population / drawn if drawn else None
        found.append(Stratum(key, _name(reader, sample, key), population, drawn, weight))
    return tuple(found)


def _name(reader: Reader, sample: Sample, key: str) -> str:
    if not sample.strata:
        return text("All")
    if sample.strata == "place":
        place = reader.get(Place, key)
        return key if place is None else place.name
    if sample.strata == "goal":
        titles = [one.title for one in reader.find(Goal, code=key)]
        return titles[-1] if titles else key or text("No goal named")
    return key or text("Not said")


def _none_chance(sample: Sample, share: float) -> float:
    bad = min(sample.frame_count, max(1, round(sample.frame_count * share)))
    return chance_of_none(sample.frame_count, bad, sample.count)


def _acceptance(sample: Sample) -> Acceptance | None:
    if sample.method is not SamplingMethod.ACCEPTANCE:
        return None
    plan = plan_of(told_by(sample.settings), sample.frame_count)
    curve = tuple((share, plan.accepted_share(share)) for share in BAD_SHARES)
    return Acceptance(plan.letter, plan.accept, plan.reject, curve)


def _proof(sample: Sample) -> tuple[str, ...]:
    return (
        text(
            "Frame: {n:decision|decisions} from {begins} to {ends}, SHA-256 {hash}.",
            n=sample.frame_count,
            begins=sample.begins.isoformat(),
            ends=sample.ends.isoformat(),
            hash=sample.frame_sha256,
        ),
        text("Drawn with seed {seed} by {algorithm}.", seed=sample.seed, algorithm=sample.algorithm),
    )


def _shows(facts: SampleFacts) -> tuple[str, ...]:
    sample = facts.sample
    if sample.count == sample.frame_count:
        return (text("All {n} decisions of the frame are judged: nothing is left to chance.", n=sample.count),)
    found = [
        text(
            "{n} of {all:decision|decisions}: a share of the whole is known to ± {margin} at worst (95 %).",
            n=sample.count,
            all=sample.frame_count,
            margin=percent(facts.margin),
        )
    ]
    found += [
        text(
            "If {share} were bad, the chance to see none of them is {chance}.",
            share=f"{100 * share:.0f}\u00a0%",
            chance=percent(p) if p >= _SMALLEST or p == 0 else text("less than {share}", share=percent(_SMALLEST)),
        )
        for share, p in facts.none_seen
    ]
    if facts.acceptance is not None:
        found.append(
            text(
                "The lot is accepted with at most {accept} bad decisions and rejected with {reject} or more.",
                accept=facts.acceptance.accept,
                reject=facts.acceptance.reject,
            )
        )
    return tuple(found)


def _hides(facts: SampleFacts) -> tuple[str, ...]:
    sample, found = facts.sample, []
    if sample.count < sample.frame_count:
        allows = percent(facts.zero_allows)
        found.append(
            plural(
                "No finding in {n} decision still allows {allows} bad ones (95 %, as if the whole were endless).",
                "No finding in {n} decisions still allows {allows} bad ones (95 %, as if the whole were endless).",
                sample.count,
                allows=allows,
            )
        )
    if facts.acceptance is not None:
        found.append(text("An acceptance plan accepts or rejects the lot; it does not tell how many are bad."))
    if sample.method is SamplingMethod.DISCOVERY:
        found.append(text("A discovery sample is made to see at least one, not to tell how many there are."))
    if sample.undated:
        found.append(
            plural(
                "{n} decision without a date is in no frame: the sample says nothing of it.",
                "{n} decisions without a date are in no frame: the sample says nothing of them.",
                sample.undated,
            )
        )
    alone = [one.name for one in facts.strata if one.drawn == 1 and one.population > 1]
    empty = [one.name for one in facts.strata if not one.drawn]
    if alone:
        found.append(text("A single decision stands for each of: {names}.", names=", ".join(alone)))
    if empty:
        found.append(text("Nothing was drawn of: {names}.", names=", ".join(empty)))
    found.append(text("It says nothing of decisions that nobody recorded."))
    return tuple(found)
