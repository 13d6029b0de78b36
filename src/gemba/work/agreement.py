"""How far two auditors agree: Krippendorff's alpha with its interval, percent agreement and prevalence beside it.

Aligned, in part and contrary stand in an order, so alpha is ordinal; "cannot tell" is no place in it and counts as not
rated. The nominal alpha beside it, like percent agreement, takes all four as different answers.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

import msgspec

from gemba.domain.judgements import AlignmentVerdict
from gemba.domain.programmes import Audit
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.methods.agreement.krippendorff import DRAWS, RELIABLE, TENTATIVE, Level, alpha_interval, krippendorff
from gemba.methods.agreement.percent import percent_agreement
from gemba.store import double_counts
from gemba.store.double_counts import Together
from gemba.store.reading import Reader
from gemba.work.double_judging import Doubles, doubles
from gemba.work.goals_in_force import goals_of, lineage
from gemba.work.records import known

FEW = 10
"""Cases that both could tell below which no alpha is told."""
SEED = "alpha"
"""Of the bootstrap, so that the same verdicts give the same interval."""
_PLACE = {AlignmentVerdict.CONTRARY: 1.0, AlignmentVerdict.PART: 2.0, AlignmentVerdict.ALIGNED: 3.0}

Verdicts = tuple[AlignmentVerdict, AlignmentVerdict]
"""What two auditors said of one decision against one goal."""


class Strength(StrEnum):
    """How an alpha is read (Krippendorff)."""

    RELIABLE = "reliable"
    TENTATIVE = "tentative"
    LOW = "low"
    """Do not compare sites by it."""
    TOO_FEW = "too_few"
    ALL_ALIKE = "all_alike"
    """All verdicts are one and the same: alpha can tell nothing."""


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """How far two judged alike."""

    key: str
    """Code of the goal, or uids of the auditors; empty for all."""
    name: str
    cases: int
    """Decisions times goals that both judged."""
    told: int
    """Of these, those to which both gave a place in the order."""
    alike: int
    """Cases with the same answer."""
    percent: float
    alpha: float | None
    low: float | None
    high: float | None
    """Bounds of the 95 % interval."""
    nominal: float | None
    prevalence: dict[str, float]
    """Share of each verdict among all."""
    strength: Strength


class AuditAgreement(msgspec.Struct, frozen=True, kw_only=True):
    """The agreement of one audit's two auditors."""

    number: str
    auditors: tuple[str, str]
    overall: Agreement | None
    """`None` when both judged nothing."""
    by_goal: tuple[Agreement, ...]
    unsettled: int
    settled: int
    missing: int
    """Verdicts of the other that are not here yet."""


class AuditorAgreement(msgspec.Struct, frozen=True, kw_only=True):
    """The agreement of auditors across audits."""

    overall: Agreement | None
    pairs: tuple[Agreement, ...]
    auditors: tuple[Agreement, ...]
    by_goal: tuple[Agreement, ...]


def strength_of(alpha: float | None, told: int) -> Strength:
    """How an alpha is read."""
    if told < FEW:
        return Strength.TOO_FEW
    if alpha is None:
        return Strength.ALL_ALIKE
    if alpha >= RELIABLE:
        return Strength.RELIABLE
    return Strength.TENTATIVE if alpha >= TENTATIVE else Strength.LOW


def of_verdicts(said: Sequence[Verdicts], key: str = "", name: str = "", draws: int = DRAWS) -> Agreement:
    """The agreement of so many cases.

    Raises:
        Refusal: `methods.too_few` without any.
    """
    ordered = [[_PLACE.get(each) for each in both] for both in said]
    told = sum(None not in both for both in ordered)
    plain = [[each.value for each in both] for both in said]
    percent = percent_agreement(plain)
    alpha = _alpha(ordered, Level.ORDINAL) if told >= FEW else None
    between = None if alpha is None else alpha_interval(ordered, Level.ORDINAL, draws=draws, seed=SEED)
    return Agreement(
        key=key,
        name=name,
        cases=len(said),
        told=told,
        alike=sum(a is b for a, b in said),
        percent=percent.pairwise,
        alpha=alpha,
        low=None if between is None else between.low,
        high=None if between is None else between.high,
        nominal=_alpha(plain, Level.NOMINAL) if len(said) >= FEW else None,
        prevalence={str(verdict): share for verdict, share in percent.prevalence},
        strength=strength_of(alpha, told),
    )


def of_audit(reader: Reader, audit: Uid) -> AuditAgreement:
    """The agreement of an audit's two auditors, whole and by goal.

    Raises:
        Refusal: `work.judged_by_one`, or `work.still_blind` until both have handed in.
    """
    about = known(reader, Audit, audit)
    found = doubles(reader, audit)
    _demand_open(about, found)
    by: dict[str, list[Verdicts]] = defaultdict(list)
    codes = lineage(reader)
    for one in found.pairs:
        by[codes.get(one.goal.uid, one.goal.code)].append((one.lead.verdict, one.second.verdict))
    whole = [both for some in by.values() for both in some]
    titles = titles_of(reader)
    names = double_counts.names(reader)
    return AuditAgreement(
        number=about.number,
        auditors=(names.get(about.auditor, ""), names.get(about.second or "", "")),
        overall=of_verdicts(whole) if whole else None,
        by_goal=tuple(of_verdicts(some, code, titles.get(code, code)) for code, some in sorted(by.items())),
        unsettled=len(found.unsettled),
        settled=sum(one.differs and one.agreed is not None for one in found.pairs),
        missing=found.missing,
    )


def pairs_behind(reader: Reader, audit: Uid, goal: str = "") -> list[tuple[Uid, Uid]]:
    """The judgements of lead and second auditor that an agreement is worked out from, pair by pair.

    Args:
        reader: of the store.
        audit: uid.
        goal: code; all goals when empty.

    Raises:
        Refusal: `work.judged_by_one`, or `work.still_blind` until both have handed in.
    """
    about, found = known(reader, Audit, audit), doubles(reader, audit)
    _demand_open(about, found)
    codes = lineage(reader)
    meant = (one for one in found.pairs if goal in ("", codes.get(one.goal.uid, one.goal.code)))
    return [(one.lead.uid, one.second.uid) for one in meant]


def of_auditors(reader: Reader, quarters: tuple[str, ...] = (), place: Uid | None = None) -> AuditorAgreement:
    """The agreement of auditors across audits, by pair, by auditor and by goal; audits that are blind do not count."""
    found = double_counts.together(reader, quarters, place)
    names, codes, titles = double_counts.names(reader), lineage(reader), titles_of(reader)
    pairs: dict[tuple[Uid, ...], list[Together]] = defaultdict(list)
    auditors: dict[Uid, list[Together]] = defaultdict(list)
    goals: dict[str, list[Together]] = defaultdict(list)
    for one in found:
        pairs[tuple(sorted((one.lead, one.second)))].append(one)
        goals[codes.get(one.goal, one.goal)].append(one)
        for auditor in (one.lead, one.second):
            auditors[auditor].append(one)
    return AuditorAgreement(
        overall=of_verdicts(_spread(found)) if found else None,
        pairs=_named({"+".join(key): (_both(names, key), some) for key, some in pairs.items()}),
        auditors=_named({key: (names.get(key, key), some) for key, some in auditors.items()}),
        by_goal=_named({code: (titles.get(code, code), some) for code, some in goals.items()}),
    )


def titles_of(reader: Reader) -> dict[str, str]:
    """What goals are called today, by code."""
    lines = goals_of(reader).lines
    return {lines.code(root): versions[-1].title for root, versions in lines.lines.items() if lines.core(root) == root}


def _alpha(units: Sequence[Sequence[str | float | None]], level: Level) -> float | None:
    alpha = krippendorff(units, level).alpha
    return None if math.isnan(alpha) else alpha


def _demand_open(audit: Audit, found: Doubles) -> None:
    if audit.second is None:
        raise Refusal("work.judged_by_one", number=audit.number)
    if found.waiting_for:
        raise Refusal("work.still_blind", number=audit.number)


def _spread(found: Iterable[Together]) -> list[Verdicts]:
    """Each case for itself again; pairs in either order are the same to alpha."""
    return [
        both
        for one in found
        for both in [(AlignmentVerdict(one.lead_verdict), AlignmentVerdict(one.second_verdict))] * one.n
    ]


def _named(groups: dict[str, tuple[str, list[Together]]]) -> tuple[Agreement, ...]:
    made = [of_verdicts(_spread(some), key, name) for key, (name, some) in groups.items()]
    return tuple(sorted(made, key=lambda one: (one.name.casefold(), one.key)))


def _both(names: Mapping[Uid, str], key: tuple[Uid, ...]) -> str:
    return " · ".join(names.get(one, one) for one in key)
