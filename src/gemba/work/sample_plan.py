"""How many are drawn of each stratum, by the method and what it was told: the same numbers wherever it is asked."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

import msgspec

from gemba.domain.samples import SamplingMethod
from gemba.errors import Refusal
from gemba.methods.sampling import acceptance, allocation
from gemba.methods.sampling.sizes import size_for_discovery, size_for_precision

MINIMUM = 3
"""Least of each stratum."""
MISS = 0.05
"""Chance of seeing none in a discovery sample, were as many bad as it looks for."""
CONFIDENCE = 0.95
STRATIFIED = frozenset({SamplingMethod.PROPORTIONAL, SamplingMethod.NEYMAN})
"""Methods that draw from each stratum for itself."""
_SPREAD = "spread:"


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What a method is told; each needs its own part (`NEEDS`)."""

    n: int | None = None
    """How many in all."""
    margin: float | None = None
    """Half the interval's width that is wanted, as a share; in place of `n`."""
    share: float | None = None
    """The share that is expected (0.5 when not said); for discovery the share of bad ones to be seen."""
    miss: float = MISS
    minimum: int = MINIMUM
    spreads: Mapping[str, float] = {}
    """Standard deviation by stratum, from earlier samples: 0 to 0.5 for a share."""
    aql: float | None = None
    """Acceptable quality level in percent."""
    level: acceptance.Inspection = acceptance.Inspection.II


NEEDS: Mapping[SamplingMethod, str] = {
    SamplingMethod.SIMPLE: "--margin or --n",
    SamplingMethod.PROPORTIONAL: "--strata, and --margin or --n",
    SamplingMethod.NEYMAN: "--strata, --margin or --n, and a --spread for each stratum",
    SamplingMethod.DISCOVERY: "--share, the share of bad decisions that it must show",
    SamplingMethod.ACCEPTANCE: "--aql",
}


def sizes(method: SamplingMethod, told: Told, populations: Mapping[str, int]) -> dict[str, int]:
    """How many to draw from each stratum.

    Args:
        method: how.
        told: what it was told.
        populations: decisions by stratum; one stratum for the methods that draw from the whole.

    Raises:
        Refusal: `work.sample_needs`, or what the method says of its numbers (`methods.outside`, `methods.aql`).
    """
    whole = sum(populations.values())
    if method is SamplingMethod.ALL:
        return dict(populations)
    if method in STRATIFIED:
        return _stratified(method, told, populations, whole)
    return {"": min(whole, _one(method, told, whole))}


def plan_of(told: Told, whole: int) -> acceptance.Plan:
    """The plan by MIL-STD-105E for a lot; a lot of one is inspected as the smallest lot is.

    Raises:
        Refusal: `work.sample_needs`, `methods.aql`.
    """
    if told.aql is None:
        raise _lacking(SamplingMethod.ACCEPTANCE)
    if told.aql not in acceptance.PERCENTS:  # a higher one counts nonconformities, and a decision is good or bad
        raise Refusal("methods.aql", aql=told.aql, known=", ".join(f"{each:g}" for each in acceptance.PERCENTS))
    return acceptance.plan(max(2, whole), told.aql, told.level)


def double_count(share: float, count: int) -> int:
    """How many of a sample two auditors judge: rounded up, so that a share is never none."""
    return min(count, ceil(share * count - 1e-9)) if share > 0 else 0


def settings_of(told: Told, double_share: float) -> dict[str, str]:
    """What a method was told, as it is kept with the sample."""
    kept = {name: str(getattr(told, name)) for name in ("n", "margin", "share", "aql") if getattr(told, name)}
    kept |= {"miss": repr(told.miss), "minimum": str(told.minimum), "level": told.level.value}
    kept |= {f"{_SPREAD}{stratum}": repr(spread) for stratum, spread in sorted(told.spreads.items())}
    return {**kept, "double_share": repr(double_share)}


def told_by(settings: Mapping[str, str]) -> Told:
    """The same from what is kept."""
    numbers = {name: float(settings[name]) for name in ("margin", "share", "aql", "miss") if name in settings}
    return Told(
        n=int(settings["n"]) if "n" in settings else None,
        minimum=int(settings.get("minimum", MINIMUM)),
        level=acceptance.Inspection(settings.get("level", "II")),
        spreads={key.removeprefix(_SPREAD): float(said) for key, said in settings.items() if key.startswith(_SPREAD)},
        **numbers,
    )


def _one(method: SamplingMethod, told: Told, whole: int) -> int:
    if method is SamplingMethod.ACCEPTANCE:
        return plan_of(told, whole).n
    if method is SamplingMethod.DISCOVERY:
        if told.share is None:
            raise _lacking(method)
        return size_for_discovery(whole, told.share, told.miss)
    return _in_all(method, told, whole)


def _in_all(method: SamplingMethod, told: Told, whole: int) -> int:
    if told.n is not None:
        if not 1 <= told.n <= whole:
            raise Refusal("work.sample_size", n=told.n, count=whole)
        return told.n
    if told.margin is None:
        raise _lacking(method)
    return size_for_precision(whole, told.margin, 0.5 if told.share is None else told.share, CONFIDENCE)


def _stratified(method: SamplingMethod, told: Told, populations: Mapping[str, int], whole: int) -> dict[str, int]:
    n = _in_all(method, told, whole)
    if method is SamplingMethod.PROPORTIONAL:
        return allocation.proportional(populations, n, told.minimum)
    if set(populations) - set(told.spreads):
        raise _lacking(method)
    spreads = {name: told.spreads[name] for name in populations}
    return allocation.neyman(populations, spreads, n, told.minimum)


def _lacking(method: SamplingMethod) -> Refusal:
    return Refusal("work.sample_needs", method=method.value, needs=NEEDS[method])
