"""The first page: who has not been heard of, what is missing, what waits for somebody."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from gemba.hq.serve.drawn import page
from gemba.hq.serve.gates import back
from gemba.hq.serve.office import office_of, steward_of
from gemba.hq.status import LaptopStatus, Need
from gemba.store import packs_received, quarantined

FIRST = 100
"""Laptops that are shown at once: those that have been silent longest."""


def show(request: Request, _fields: FormData) -> Response:
    """The overview; whoever sees one region only begins with its figures."""
    if steward_of(request).region is not None:
        return back("/dashboard")
    office = office_of(request)
    status = office.status()
    with office.desk.reader() as reader:
        waiting = quarantined.all_quarantined(reader)
        latest = packs_received.received(reader, limit=5)
    asked = request.query_params
    words, need = asked.get("q", "")[:200].strip(), asked.get("need", "")
    found = [one for one in status.laptops if _fits(one, words.casefold(), need)]
    shown = found if "all" in asked else found[:FIRST]
    return page(
        request,
        "overview",
        status_=status,
        laptops=shown,
        found=len(found),
        words=words,
        need=need,
        needs=[one.value for one in Need],
        waiting=waiting,
        latest=latest,
    )


def _fits(laptop: LaptopStatus, words: str, need: str) -> bool:
    """Whether a laptop is looked for by a part of its name or of its eight words, and by what it needs."""
    named = not words or words in laptop.name.casefold() or words in laptop.words
    return named and (need not in set(Need) or need in laptop.needs)
