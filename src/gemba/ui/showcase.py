"""A checklist that shows what the conduct page can do: a grid, repeats, sliders, an order. For pictures."""

from __future__ import annotations

from gemba.domain.record import Uid
from gemba.shipped import resource
from gemba.work import conduct
from gemba.work.desk import Desk
from gemba.work.import_template import import_template
from gemba.work.places import add_place

_PERSON = "/data/people/person"
_ANSWERS = {
    "/data/order/tools": "mostly",
    "/data/order/floor": "never",
    "/data/order/board": "na",
    f"{_PERSON}[1]/role": "Shift lead, early",
    f"{_PERSON}[1]/shown": "yes",
    f"{_PERSON}[2]/role": "Fitter at press 4",
    f"{_PERSON}[2]/shown": "no",
    f"{_PERSON}[2]/missing": "The folder lies in the office, and the office is locked at night.",
    f"{_PERSON}[3]/role": "Picker",
    "/data/senses/noise": "7",
    "/data/senses/tidy": "3",
    "/data/senses/wastes": "motion waiting rework",
}
PLACES = {
    "grid": "/data/order/guards",
    "cards": f"{_PERSON}[2]/shown",
    "range": "/data/senses/noise",
}
"""What there is to see, and the question at which it is seen."""


def begin_showcase(desk: Desk) -> Uid:
    """Begin an assessment of it, half answered; for a store of its own."""
    source = resource("demo/showcase.md").read_bytes()
    template = import_template(desk, source, "showcase.md").uid
    uid = conduct.start(desk, template, add_place(desk, "Hall 3").uid).uid
    conduct.answer_all(desk, uid, _ANSWERS)
    return uid
