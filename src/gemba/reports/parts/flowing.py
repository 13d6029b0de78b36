"""Long lists onto pages, a page at a time: nothing is held but what the next page may need."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice

from gemba.reports.paper.blocks import Block, Placed, fill
from gemba.reports.paper.look import HEIGHT, WIDTH

_PAGEFUL = 90
"""More blocks than a page ever carries."""


def flow(blocks: Iterable[Block], head: Block | None, page: Callable[[list[Placed]], None]) -> int:
    """Give page after page to `page`; how many there were.

    Args:
        blocks: in order.
        head: stands at the top of each page but the first, which brings its own.
        page: draws what was placed on a page.
    """
    source = iter(blocks)
    waiting = list(islice(source, _PAGEFUL))
    count = 0
    while waiting:
        first = [head] if head is not None and count else []
        placed, rest = fill([*first, *waiting], WIDTH, HEIGHT, whole=True)
        if first and len(placed) == 1:  # the head alone: what follows is higher than the rest of the page
            placed, rest = fill(waiting, WIDTH, HEIGHT, whole=True)
        page(placed)
        count += 1
        waiting = [*rest, *islice(source, max(0, _PAGEFUL - len(rest)))]
    return count
