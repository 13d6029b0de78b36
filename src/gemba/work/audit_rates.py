"""The alignment rate of one audit, as a whole and by goal; counted where all others count."""

from __future__ import annotations

import msgspec

from gemba.domain.programmes import Audit, AuditState
from gemba.store.alignment_counts import Tallies, Tally, Which, tallies
from gemba.store.reading import Reader
from gemba.work.alignment_facts import Rate, rate_of
from gemba.work.alignment_scene import Scene
from gemba.work.alignment_weights import WeightedRate, weighted_in


class AuditRates(msgspec.Struct, frozen=True):
    """How far the decisions of an audit keep what was promised."""

    whole: Rate
    goals: tuple[Rate, ...]
    constraints: tuple[tuple[str, int, int], ...]
    """What forced decisions that are not aligned: code, in part, contrary; the most frequent first."""
    weighted: tuple[WeightedRate, ...] = ()
    """By goal, what the sample says of all decisions; empty where every decision stands for as many others."""


def audit_rates(reader: Reader, audit: Audit) -> AuditRates:
    """The rates of an audit, concluded or not.

    Whoever calls this before both auditors have handed in must ask `gemba.work.blind.is_blind` first.
    """
    scene = Scene(reader)
    which = Which(audit=audit.uid, unfinished=audit.state is not AuditState.CONCLUDED)
    departs = msgspec.structs.replace(which, verdicts=("part", "contrary"))
    by_goal = scene.grouped(tallies(reader, which, ("goal",)), ("goal",))
    excepted = {key[0]: tally.judged for key, tally in scene.grouped(_justified(reader, departs), ("goal",)).items()}
    whole = tallies(reader, which, ()).get((), Tally())
    forced = tallies(reader, departs, ("constraint",))
    ordered = sorted(forced.items(), key=lambda pair: (-pair[1].judged, pair[0]))
    goals = tuple(
        rate_of(key, scene.title("goal", key), tally, excepted.get(key, 0)) for (key,), tally in sorted(by_goal.items())
    )
    return AuditRates(
        whole=rate_of("", "", whole, sum(excepted.values())),
        goals=goals,
        constraints=tuple((key, tally.part, tally.contrary) for (key,), tally in ordered),
        weighted=weighted_in(reader, scene, which),
    )


def _justified(reader: Reader, departs: Which) -> Tallies:
    counted = tallies(reader, departs, ("goal", "exception"))
    return {key[:1]: tally for key, tally in counted.items() if key[1] == "yes"}
