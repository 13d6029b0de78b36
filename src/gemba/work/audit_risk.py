"""Which sites a quarter's audits look at first, and why: the numbers behind the choice, in words, too."""

from __future__ import annotations

from collections.abc import Mapping

from gemba.domain.audit_risk import TOLD, WEIGHT, WEIGHTS, SiteRisk, checked_weights, ranked, risk_of
from gemba.domain.places import Level, Place
from gemba.domain.quarters import quarter_written
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store import site_signs
from gemba.store.reading import Reader
from gemba.wording import plural, text
from gemba.work.desk import Desk
from gemba.work.records import known

PARTS = tuple(WEIGHTS)
_SETTING = "audit_risk.weights"


def weights(reader: Reader) -> dict[str, float]:
    """The weights of the parts as they are chosen on this laptop."""
    return checked_weights(reader.setting(_SETTING) or {})


def set_weights(desk: Desk, chosen: Mapping[str, float]) -> dict[str, float]:
    """Choose weights; parts that are not named keep theirs. Gives all of them.

    Raises:
        Refusal: a part is unknown, a weight is not 0 to 100, or all are 0.
    """
    with desk.unit() as unit:
        found = checked_weights({**weights(unit), **chosen})
        unit.set_setting(_SETTING, found)
    return found


def site_risks(
    reader: Reader, quarter: str, place: Uid | None = None, chosen: Mapping[str, float] | None = None
) -> list[SiteRisk]:
    """All sites of a place by risk, the riskiest first.

    Args:
        reader: of the store.
        quarter: whose decisions would be audited.
        place: that place and all below it; `None` for all.
        chosen: weights of the parts, where others than the kept ones are wanted.

    Raises:
        Refusal: the place is unknown or has no site, the quarter is none, or a weight is wrong.
    """
    meant = quarter_written(quarter)
    used = weights(reader) if chosen is None else checked_weights({**weights(reader), **chosen})
    sites = sites_of(reader, place)
    found = site_signs.signs(reader, meant, sites)
    return ranked((risk_of(one, used) for one in found), meant)


def sites_of(reader: Reader, place: Uid | None) -> dict[Uid, Uid]:
    """Every place at or below a place, with the site that it belongs to.

    Raises:
        Refusal: the place is unknown, or there is no site at or below it.
    """
    where = known(reader, Place, place) if place is not None else None
    places = {one.uid: one for one in reader.find(Place)}
    found = {uid: site for uid in places if (site := _site_at(places, uid)) is not None}
    if place is not None:
        found = {uid: site for uid, site in found.items() if site == place or place in _above(places, site)}
    if not found:
        name = where.name if where is not None else text("this organisation")
        raise Refusal("work.programme_without_sites", place=name)
    return found


def part_title(code: str) -> str:
    """A part of the risk in words."""
    return {
        "signals": text("Open complaint signals"),
        "severity": text("Severe complaints"),
        "drift": text("Drift in earlier audits"),
        "since": text("Time since the last audit"),
        "changes": text("Changes at the site"),
    }.get(code, code)


def weight_of(parts: Mapping[str, float], code: str) -> float:
    """The weight that a part had."""
    return parts.get(f"{WEIGHT}{code}", WEIGHTS.get(code, 0))


def reason_words(parts: Mapping[str, float]) -> str:
    """The numbers behind the parts, as an audit keeps them, in sentences."""

    def told(name: str) -> int:
        return round(parts.get(f"{TOLD}{name}", 0))

    said = [
        plural("{n} complaint signal is open.", "{n} complaint signals are open.", told("open_signals")),
        text(
            "{severe} of {n:complaint is|complaints are} high or critical.", severe=told("severe"), n=told("complaints")
        ),
        _drift_words(told("aligned"), told("judged")),
        _since_words(parts.get(f"{TOLD}quarters_since")),
        text(
            "Changes: {boundaries:boundary|boundaries}, {goals:goal|goals}, {deciders:new "
            "decider|new deciders}; {now:decision|decisions}, before {before}"
            " a quarter.",
            boundaries=told("boundaries"),
            goals=told("goals"),
            deciders=told("deciders"),
            now=told("decisions"),
            before=told("decisions_before"),
        ),
    ]
    return " ".join(said)


def _drift_words(aligned: int, judged: int) -> str:
    if judged < 5:
        return text("{n:decision|decisions} judged in a year: too few to say, so drift counts half.", n=judged)
    return text("{aligned} of {judged} judged decisions were aligned.", aligned=aligned, judged=judged)


def _since_words(quarters: float | None) -> str:
    if quarters is None:
        return text("Never audited.")
    return plural("Last audited {n} quarter ago.", "Last audited {n} quarters ago.", round(quarters))


def _site_at(places: Mapping[Uid, Place], uid: Uid) -> Uid | None:
    """The site that a place is, lies in or goes on in; `None` above sites."""
    for each in (uid, *_above(places, uid)):
        if places[each].level is Level.SITE and places[each].merged_into is None:
            return each
    return None


def _above(places: Mapping[Uid, Place], uid: Uid) -> list[Uid]:
    """What a place belongs to, the nearest first; a tree that runs in a circle is walked once."""
    found: list[Uid] = []
    at = places[uid].parent
    while at is not None and at in places and at not in found:
        found.append(at)
        at = places[at].parent
    return found
