"""The clusters of a review as lines of a list."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import Any

from gemba.domain.complaint_reviews import ClusterDecision
from gemba.errors import Refusal
from gemba.store.lines import Line
from gemba.store.lists import Query
from gemba.work.cluster_figures import ClusterFigures, Key, ReviewClusters
from gemba.work.complaint_review_facts import title_of
from gemba.work.decide_cluster import decisions_of
from gemba.work.desk import Desk

_BETWEEN = "\x1f"
_OPEN = "open"
"""Filter value: matters, and nobody has decided."""


class ClusterLine(Line, frozen=True, kw_only=True):
    """One cluster; its id is its place in the order of weight, its uid names step, cause and place."""

    figures: ClusterFigures
    decisions: tuple[ClusterDecision, ...]
    """The one that stands first."""

    @property
    def title(self) -> str:
        """Step and cause in words."""
        return title_of(self.figures)

    @property
    def under(self) -> str:
        """Codes, quietly."""
        return " × ".join(part for part in (self.figures.step, self.figures.cause) if part)

    @property
    def decided(self) -> str:
        """The verdict that stands; empty while there is none."""
        return self.decisions[0].decided.value if self.decisions else ""


class ClusterSource:
    """Every method may be called on any thread.

    Args:
        desk: where the decisions are.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.found: ReviewClusters | None = None
        self._known: dict[int, ClusterLine] = {}

    def first(self, query: Query) -> list[ClusterLine]:
        """The lines that fit, in order."""
        found = self.found
        if found is None:
            return []
        with self._desk.reader() as reader:
            decisions = decisions_of(reader, found.review)
        lines = [
            ClusterLine(id=at, uid=uid_of(each.key), figures=each, decisions=tuple(decisions.get(each.key, ())))
            for at, each in enumerate(found.clusters, 1)
        ]
        self._known = {line.id: line for line in lines}
        return _ordered([line for line in lines if _fits(line, query)], query)

    def keys(self, query: Query) -> array[int]:
        """Their keys, in order."""
        return array("q", (line.id for line in self.first(query)))

    def lines(self, keys: Sequence[int]) -> list[ClusterLine]:
        """The lines with these keys."""
        known = self._known
        return [known[key] for key in keys if key in known]

    def choices(self, column: str) -> list[tuple[str, int]]:
        """All filters offer fixed values."""
        del column
        return []

    def key(self, uid: str) -> int:
        """The key of a cluster."""
        for line in self.first(Query()):
            if line.uid == uid:
                return line.id
        raise Refusal("store.unknown_record", noun="cluster", uid=uid.replace(_BETWEEN, " "))

    def line(self, uid: str) -> ClusterLine | None:
        """The line of a cluster, as it is now."""
        found = self.found
        places = {} if found is None else {uid_of(each.key): at for at, each in enumerate(found.clusters)}
        if found is None or uid not in places:
            return None
        figures = found.clusters[places[uid]]
        with self._desk.reader() as reader:
            decisions = decisions_of(reader, found.review).get(figures.key, ())
        return ClusterLine(id=places[uid] + 1, uid=uid, figures=figures, decisions=tuple(decisions))


def uid_of(key: Key) -> str:
    """What names a cluster in the window."""
    return _BETWEEN.join(key)


def _fits(line: ClusterLine, query: Query) -> bool:
    words = f"{line.title} {line.under}".casefold()
    if not all(word in words for word in query.search.casefold().split()):
        return False
    proposed, decided = query.where.get("proposed", ()), query.where.get("decided", ())
    waits = line.figures.matters and not line.decisions
    return (not proposed or line.figures.proposed in proposed) and (
        not decided or line.decided in decided or (_OPEN in decided and waits)
    )


_SORTS: dict[str, Callable[[ClusterLine], Any]] = {
    "cases": lambda line: line.figures.cases,
    "severe": lambda line: line.figures.severe,
    "sites": lambda line: line.figures.sites,
    "signs": lambda line: line.figures.clauses,
    "proposed": lambda line: line.figures.proposed.value,
    "decided": lambda line: line.decided,
    "q": lambda line: 2.0 if line.figures.q is None else line.figures.q,
}


def _ordered(lines: list[ClusterLine], query: Query) -> list[ClusterLine]:
    key = _SORTS.get(query.sort)
    return lines if key is None else sorted(lines, key=key, reverse=query.descending)
