"""Whether auditors judge alike, and how sites stand once that is allowed for.

Auditors are told by a letter, never by name: the question is whether sites may be compared, not who is strict.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping

import msgspec

from gemba.methods.standardising import Adjusted, adjusted_shares, homogeneity
from gemba.store import alignment_counts
from gemba.store.alignment_counts import Tallies, Tally
from gemba.wording import text
from gemba.work.alignment_facts import FEWEST, Question, Rate, rate_of, which_of
from gemba.work.alignment_scene import Scene
from gemba.work.desk import Desk

DIFFER = 0.05


class AdjustedSite(msgspec.Struct, frozen=True, kw_only=True):
    """A site's rate as it is, and as it would be had all sites been judged by the usual mix of auditors."""

    key: str
    plain: Rate
    adjusted: float | None
    """`None` below five judged, or where nothing can be expected."""
    low: float | None
    high: float | None
    auditors: int
    """How many led audits there; with a single one, site and auditor cannot be told apart."""


class AuditorRates(msgspec.Struct, frozen=True, kw_only=True):
    """What each auditor's verdicts come to."""

    auditors: tuple[Rate, ...]
    """Titles are letters."""
    chi_square: float | None
    freedom: int
    p: float | None
    """Chance of rates that differ so much if all judged alike; `None` when that cannot be worked out."""
    differ: bool
    sites: tuple[AdjustedSite, ...]
    """Those that the adjustment moves most, first."""
    alone: int
    """Sites that one auditor alone has judged."""


def auditor_rates(desk: Desk, question: Question) -> AuditorRates:
    """Rates by lead auditor, whether they differ, and sites' rates adjusted for it."""
    with desk.reader() as reader:
        scene = Scene(reader)
        counted = alignment_counts.tallies(reader, which_of(scene, question), ("place", "auditor"))
    by_site = _by_site(scene, counted)
    by_auditor: dict[str, Tally] = {}
    for (_, auditor), tally in by_site.items():
        by_auditor[auditor] = by_auditor.get(auditor, Tally()) + tally
    told = {auditor: tally for auditor, tally in sorted(by_auditor.items()) if tally.judged}
    rates = tuple(rate_of(auditor, letter(at), tally) for at, (auditor, tally) in enumerate(told.items()))
    test = homogeneity([one.aligned for one in rates], [one.judged for one in rates]) if len(rates) > 1 else None
    p = None if test is None or math.isnan(test.p) else test.p
    sites = _adjusted(scene, by_site)
    return AuditorRates(
        auditors=rates,
        chi_square=None if test is None or p is None else test.chi_square,
        freedom=0 if test is None else test.freedom,
        p=p,
        differ=p is not None and p < DIFFER,
        sites=sites,
        alone=sum(one.auditors == 1 for one in sites),
    )


def letter(at: int) -> str:
    """A to Z, then AA, AB and so on."""
    first, last = divmod(at, 26)
    return (letter(first - 1) if first else "") + chr(ord("A") + last)


def auditor_warning(found: AuditorRates) -> str:
    """What keeps sites from being compared; empty when nothing does."""
    if not found.differ:
        return ""
    told = [one.rate for one in found.auditors if one.rate is not None]
    if not told:
        return ""
    return text(
        "Auditors judge differently: from {low} to {high} aligned (chance of that if they judged alike: {p}). Compare "
        "sites by the adjusted rates, and calibrate.",
        low=f"{100 * min(told):.0f} %",
        high=f"{100 * max(told):.0f} %",
        p=chance(found.p),
    )


def chance(p: float | None) -> str:
    """A chance in four decimals; a very small one as below the smallest of them."""
    return "–" if p is None else "< 0.0001" if p < 0.0001 else f"{p:.4f}"


def _by_site(scene: Scene, counted: Tallies) -> Tallies:
    found: Tallies = {}
    for (place, auditor), tally in counted.items():
        key = scene.group("site", place), auditor
        found[key] = found.get(key, Tally()) + tally
    return found


def _adjusted(scene: Scene, by_site: Tallies) -> tuple[AdjustedSite, ...]:
    """Departures are standardised, as they are the rarer ones, and turned round."""
    units: list[Hashable] = []
    strata: list[Hashable] = []
    marked: list[bool] = []
    tallies: dict[str, Tally] = {}
    auditors: dict[str, set[str]] = {}
    for (site, auditor), tally in by_site.items():
        if tally.judged:
            units += [site] * tally.judged
            strata += [auditor] * tally.judged
            marked += [False] * tally.aligned + [True] * (tally.judged - tally.aligned)
            tallies[site] = tallies.get(site, Tally()) + tally
            auditors.setdefault(site, set()).add(auditor)
    if not units:
        return ()
    made: Mapping[Hashable, Adjusted] = adjusted_shares(units, strata, marked)
    overall = sum(marked) / len(marked)
    sites = [
        _site(rate_of(site, scene.title("site", site), tally), made[site], overall, len(auditors[site]))
        for site, tally in tallies.items()
    ]
    return tuple(sorted(sites, key=lambda one: (-_moved(one), one.plain.title, one.key)))


def _site(plain: Rate, made: Adjusted, overall: float, auditors: int) -> AdjustedSite:
    told = plain.judged >= FEWEST and not math.isnan(made.ratio)
    return AdjustedSite(
        key=plain.key,
        plain=plain,
        adjusted=1 - made.share if told else None,
        low=max(0.0, 1 - overall * made.interval.high) if told else None,
        high=min(1.0, 1 - overall * made.interval.low) if told else None,
        auditors=auditors,
    )


def _moved(one: AdjustedSite) -> float:
    return 0.0 if one.adjusted is None or one.plain.rate is None else abs(one.adjusted - one.plain.rate)
