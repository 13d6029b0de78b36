"""Lists across all sites: assessments, findings, actions."""

from __future__ import annotations

from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from gemba.errors import Refusal
from gemba.hq.serve import territory
from gemba.hq.serve.drawn import page
from gemba.hq.serve.office import office_of, steward_of
from gemba.store.list_of import ListOf
from gemba.store.lists import ACTIONS, ASSESSMENTS, FINDINGS, Query
from gemba.store.reading import Reader

PAGE = 50
"""Lines on a page."""

_LISTS: dict[str, tuple[ListOf[Any], tuple[str, ...], bool]] = {
    "assessments": (ASSESSMENTS, ("draft", "concluded"), True),
    "findings": (FINDINGS, ("open", "closed"), True),
    "actions": (ACTIONS, ("overdue", "open", "done"), False),
}
"""By name: the list, the states to choose from, and whether the newest comes first."""


def listed(request: Request, _fields: FormData) -> Response:
    """One of the lists, searched, narrowed, and page by page."""
    name = request.path_params["noun"]
    if name not in _LISTS:
        raise Refusal("hq.no_such_page")
    listing, states, newest_first = _LISTS[name]
    asked, steward = request.query_params, steward_of(request)
    words, state = asked.get("q", "")[:200], asked.get("state", "")
    with office_of(request).desk.reader() as reader:
        place = territory.chosen(reader, steward, asked.get("place", "")[:36])
        where = {"place": (place,) if place else (), "state": (state,) if state in states else ()}
        query = Query(
            search=words, where={key: values for key, values in where.items() if values}, descending=newest_first
        )
        lines = _page(reader, listing, query, asked.get("after", ""))
        total = listing.count(reader, query)
        places = territory.choices(reader, steward)
    more = lines[PAGE - 1].id if len(lines) > PAGE else 0
    return page(
        request,
        name,
        lines=lines[:PAGE],
        total=total,
        more=more,
        words=words,
        state=state,
        states=states,
        place=place or "",
        places=places,
        after=asked.get("after", ""),
    )


def _page(reader: Reader, listing: ListOf[Any], query: Query, after: str) -> list[Any]:
    """A page and one line more, by which one knows that there is another."""
    last = listing.lines(reader, [int(after)]) if after.isascii() and after.isdigit() and len(after) < 19 else []
    if last:
        return listing.after(reader, query, last[0], PAGE + 1)
    return listing.first(reader, query, PAGE + 1)
