"""What the parts of a cause analysis are called."""

from __future__ import annotations

from gemba.domain.causes import CauseDomain, CauseSort
from gemba.wording import text


def head_title(head: str) -> str:
    """An Ishikawa head for service."""
    titles = {
        "people": text("People"),
        "process": text("Process"),
        "policy": text("Policy"),
        "place": text("Place"),
        "technology": text("Technology"),
        "information": text("Information"),
        "customer": text("Customer"),
    }
    return titles.get(head, head)


def step_title(step: str) -> str:
    """A step of 8D-light."""
    titles = {
        "team": text("Who works on it (roles)"),
        "chosen": text("What was chosen"),
        "done": text("What was done"),
        "prevented": text("What prevents it, here and elsewhere"),
    }
    return titles.get(step, step)


def domain_title(domain: str) -> str:
    """Where a cause lies."""
    titles = {
        CauseDomain.NONE: text("Not said yet"),
        CauseDomain.PROCESS: text("Process"),
        CauseDomain.POLICY: text("Policy"),
        CauseDomain.PEOPLE: text("People"),
        CauseDomain.TECHNOLOGY: text("Technology"),
    }
    return titles[CauseDomain(domain)]


def sort_title(sort: str) -> str:
    """Whether a cause makes more of the same."""
    titles = {
        CauseSort.OPEN: text("Not said yet"),
        CauseSort.SYSTEM: text("A gap in the system"),
        CauseSort.ONE_OFF: text("A one-off"),
    }
    return titles[CauseSort(sort)]
