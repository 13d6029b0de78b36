"""How deep each character lies inside embeddings, overrides and isolates (Unicode Annex 9, rules X1 to X8)."""

from __future__ import annotations

from collections.abc import Sequence

EMBEDDINGS = {"LRE": (0, None), "RLE": (1, None), "LRO": (0, "L"), "RLO": (1, "R")}
ISOLATES = {"LRI", "RLI", "FSI"}
_DEEPEST = 125


def matching_isolates(kinds: Sequence[str]) -> dict[int, int]:
    """Index of each isolate's beginning to the index of its end (BD9)."""
    open_ones: list[int] = []
    partners: dict[int, int] = {}
    for index, kind in enumerate(kinds):
        if kind in ISOLATES:
            open_ones.append(index)
        elif kind == "PDI" and open_ones:
            partners[open_ones.pop()] = index
    return partners


class Nesting:
    """One walk over a paragraph.

    Args:
        kinds: bidirectional class of each character.
        base: the paragraph's level.
        partners: ends of isolates by their beginnings.
    """

    def __init__(self, kinds: Sequence[str], base: int, partners: dict[int, int]) -> None:
        self._kinds = kinds
        self._base = base
        self._partners = partners
        self._stack: list[tuple[int, str | None, bool]] = [(base, None, False)]
        self._isolates = self._lost_isolates = self._lost_embeddings = 0

    def walk(self) -> tuple[list[int], list[str]]:
        """Levels, and the kinds as overrides leave them."""
        found, kept = [self._base] * len(self._kinds), list(self._kinds)
        for index, kind in enumerate(self._kinds):
            if kind == "PDI":
                self._end_isolate()
            level, override, _ = self._stack[-1]
            if kind != "B":
                found[index] = level
            if override and kind not in {"B", "BN", "PDF", *EMBEDDINGS}:
                kept[index] = override
            if kind in EMBEDDINGS:
                self._embed(kind, level)
            elif kind in ISOLATES:
                self._isolate(_next_level(level, _isolate_direction(kind, self._kinds, index, self._partners)))
            elif kind == "PDF":
                self._end_embedding()
        return found, kept

    def _embed(self, kind: str, level: int) -> None:
        odd, force = EMBEDDINGS[kind]
        deeper = _next_level(level, odd)
        if deeper <= _DEEPEST and not self._lost_isolates and not self._lost_embeddings:
            self._stack.append((deeper, force, False))
        elif not self._lost_isolates:
            self._lost_embeddings += 1

    def _isolate(self, deeper: int) -> None:
        if deeper <= _DEEPEST and not self._lost_isolates and not self._lost_embeddings:
            self._isolates += 1
            self._stack.append((deeper, None, True))
        else:
            self._lost_isolates += 1

    def _end_isolate(self) -> None:
        if self._lost_isolates:
            self._lost_isolates -= 1
        elif self._isolates:
            self._lost_embeddings = 0
            while not self._stack.pop()[2]:
                pass
            self._isolates -= 1

    def _end_embedding(self) -> None:
        if self._lost_isolates:
            return
        if self._lost_embeddings:
            self._lost_embeddings -= 1
        elif not self._stack[-1][2] and len(self._stack) > 1:
            self._stack.pop()


def _next_level(level: int, odd: int) -> int:
    """The least level above `level` that is odd or even as asked."""
    return level + 1 if (level + 1) % 2 == odd else level + 2


def _isolate_direction(kind: str, kinds: Sequence[str], index: int, partners: dict[int, int]) -> int:
    """0 or 1 for an isolate; a first-strong one looks at what it holds (X5c)."""
    if kind != "FSI":
        return int(kind == "RLI")
    depth = 0
    for inner in kinds[index + 1 : partners.get(index, len(kinds))]:
        if inner in ISOLATES:
            depth += 1
        elif inner == "PDI":
            depth -= 1
        elif not depth and inner in {"L", "R", "AL"}:
            return int(inner != "L")
    return 0
