"""Places side by side, only where they were judged by the same thing: intervals always, ranks where these separate.

Alignment is compared by one and the same version of a goal: what was judged by an adaptation or by another version is
left out, and where two places have no version in common the comparison is refused with the reason. Checklist scores are
compared over one and the same core template (`benchmark_scores`).
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from gemba.domain.goals import Goal
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store import alignment_counts
from gemba.store.alignment_counts import Tally
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.alignment_facts import FEWEST, Question, rate_of, which_of
from gemba.work.alignment_scene import Scene
from gemba.work.benchmark_lines import BenchLine, Comparison, ranked, refused
from gemba.work.desk import Desk
from gemba.work.drift_agreement import agreement_of, agreement_words, too_low
from gemba.work.drift_auditors import auditor_rates, auditor_warning
from gemba.work.goals_in_force import goals_of
from gemba.work.records import known

MOST_PLACES = 50


class Benchmark(msgspec.Struct, frozen=True, kw_only=True):
    """What can be compared, and what cannot."""

    places: tuple[str, ...]
    quarters: tuple[str, ...]
    comparisons: tuple[Comparison, ...]
    warning: str
    """How far auditors can be relied on: whether they judge differently, and whether two of them agree."""

    @property
    def compared(self) -> bool:
        """Whether anything can be compared."""
        return any(not one.refused for one in self.comparisons)


def benchmark(desk: Desk, places: Sequence[Uid], question: Question) -> Benchmark:
    """Compare places by how they keep each goal.

    Args:
        desk: where the records are.
        places: two or more, none within another.
        question: quarters and goals; its place does not matter.

    Raises:
        Refusal: `work.benchmark_places` for fewer than two or more than fifty, `work.benchmark_nested`, or a place is
            unknown.
    """
    asked = msgspec.structs.replace(question, place=None)
    found = auditor_rates(desk, asked)
    with desk.reader() as reader:
        wanted = chosen(reader, places)
        scene = Scene(reader)
        goals = {one.uid: one for one in reader.find(Goal)}
        counted = _counted(reader, scene, asked, list(wanted))
        agreement = agreement_of(reader, asked)
    because = text("auditors judge differently") if found.differ else ""
    because = text("two auditors of the same decisions agree too little") if too_low(agreement) else because
    warning = " ".join(words for words in (auditor_warning(found), agreement_words(agreement)) if words)
    codes = scene.order("goal", {scene.group("goal", goal) for _, goal in counted})
    comparisons: list[Comparison] = []
    for code in codes:
        of = {key: tally for key, tally in counted.items() if scene.group("goal", key[1]) == code}
        comparisons += _compared(scene, goals, code, of, wanted, because)
    titles = tuple(place.name for place in wanted.values())
    return Benchmark(places=titles, quarters=asked.quarters, comparisons=tuple(comparisons), warning=warning)


def chosen(reader: Reader, places: Sequence[Uid]) -> dict[Uid, Place]:
    """The places, by uid, if they may stand side by side.

    Raises:
        Refusal: as `benchmark`.
    """
    wanted = {uid: known(reader, Place, uid) for uid in places}
    if not 2 <= len(wanted) <= MOST_PLACES:
        raise Refusal("work.benchmark_places", n=len(wanted), most=MOST_PLACES)
    for uid, place in wanted.items():
        above = [one for one in goals_of(reader).above(uid) if one != uid and one in wanted]
        if above:
            raise Refusal("work.benchmark_nested", place=place.name, within=wanted[above[0]].name)
    return wanted


def demand_compared(found: Benchmark) -> None:
    """Demand that something could be compared.

    Raises:
        Refusal: `work.benchmark_nothing` or `work.benchmark_refused` with the first reason.
    """
    if not found.comparisons:
        raise Refusal("work.benchmark_nothing")
    if not found.compared:
        raise Refusal("work.benchmark_refused", reason=found.comparisons[0].refused)


def _counted(reader: Reader, scene: Scene, asked: Question, places: list[Uid]) -> dict[tuple[Uid, Uid], Tally]:
    """Verdicts by the compared place that each lies in, and by version of the goal."""
    above = goals_of(reader).above
    within = {uid: next((one for one in above(uid) if one in places), None) for uid in scene.places}
    found: dict[tuple[Uid, Uid], Tally] = {}
    for (place, goal), tally in alignment_counts.tallies(reader, which_of(scene, asked), ("place", "goal")).items():
        at = within.get(place)
        if at is not None:
            found[(at, goal)] = found.get((at, goal), Tally()) + tally
    return found


def _compared(
    scene: Scene,
    goals: dict[Uid, Goal],
    code: str,
    counted: dict[tuple[Uid, Uid], Tally],
    wanted: dict[Uid, Place],
    because: str,
) -> list[Comparison]:
    versions = {uid: [goal for at, goal in counted if at == uid] for uid in wanted}
    title = scene.title("goal", code)
    lacking = [wanted[uid].name for uid, used in versions.items() if not used]
    if lacking:
        return [refused(code, title, text("nothing was judged against it at {places}", places=", ".join(lacking)))]
    common = set.intersection(*(set(used) for used in versions.values()))
    if not common:
        told = "; ".join(
            f"{wanted[uid].name}: {', '.join(sorted(_version(scene, goals[one]) for one in used))}"
            for uid, used in versions.items()
        )
        return [refused(code, title, text("its definitions differ – {definitions}", definitions=told))]
    left = sum(tally.whole for (_, goal), tally in counted.items() if goal not in common)
    return [_by_version(scene, goals[one], title, counted, wanted, left, because) for one in sorted(common)]


def _by_version(
    scene: Scene,
    goal: Goal,
    title: str,
    counted: dict[tuple[Uid, Uid], Tally],
    wanted: dict[Uid, Place],
    left: int,
    because: str,
) -> Comparison:
    lines = []
    for uid, place in wanted.items():
        rate = rate_of(uid, place.name, counted[(uid, goal.uid)])
        lines.append(BenchLine(key=uid, title=place.name, n=rate.judged, value=rate.rate, low=rate.low, high=rate.high))
    notes = [
        text("Left out: {n:verdict|verdicts} by versions or adaptations that not all places share.", n=left)
    ] * bool(left)
    return ranked(
        scene.group("goal", goal.uid),
        f"{title} – {_version(scene, goal)}",
        lines,
        notes,
        fewest=FEWEST,
        because=because,
    )


def _version(scene: Scene, goal: Goal) -> str:
    if goal.core is None:
        return text("version {n}", n=goal.version)
    where = scene.title("site", goal.place) if goal.place else "–"
    told = text("adaptation of {place}, version {n}", place=where, n=goal.version)
    return f"{told} ({goal.reason})" if goal.reason else told
