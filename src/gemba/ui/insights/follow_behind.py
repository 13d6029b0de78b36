"""The complaints and actions behind the numbers of follow-through."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import msgspec

from gemba import wording
from gemba.store.follow_times import uids_in
from gemba.ui import terms
from gemba.ui.complaints.narrowing import received
from gemba.ui.lineage.behind import Behind, Part, these
from gemba.ui.lists.narrowed import narrowed_to
from gemba.work.elsewhere import Issue
from gemba.work.follow_words import within
from gemba.work.lag_curves import stage_title
from gemba.work.lags import Lag, Lags
from gemba.work.recurrence import Recurrence
from gemba.work.which_complaints import Which

_UNCODED = "?"
"""Group of complaints without the value that they are told apart by."""


def of_lag(lag: Lag, found: Lags) -> dict[int, Behind]:
    """What is behind the numbers of a stage: all complaints in it, the open ones, and those that it took so long."""
    if lag.group == _UNCODED:
        return {}
    which = found.question.which
    if lag.group:
        which = msgspec.structs.replace(which, filters={**which.filters, found.question.by: lag.group})
    title = " · ".join(filter(None, (stage_title(lag.stage), lag.title)))
    read = partial(_read_stage, which, lag.stage)
    how = wording.text(
        "Half of {n} are through by then, the {open} open ones counted as waiting until today (Kaplan-Meier).",
        n=lag.n,
        open=lag.open,
    )
    still = Behind(number=terms.number(lag.open), title=title, count=lag.open, read=partial(read, True))
    numbers = {1: terms.number(lag.n), 3: within(lag.median), 4: within(lag.ninetieth)}
    every = {
        at: Behind(number=said, title=title, count=lag.n, read=partial(read, None), how=how if at > 1 else "")
        for at, said in numbers.items()
    }
    return {**every, **({2: still} if lag.open else {})}


def of_issue(issue: Issue, which: Which) -> dict[int, Behind]:
    """The complaints of a step and cause, at the sites that have them."""
    title = f"{issue.step_title} · {issue.cause_title}"
    where: dict[str, str | Sequence[str]] = {"step": issue.step, "cause": issue.cause}
    where |= {"place": [at.site for at in issue.sites], **received(which.begins, which.ends)}
    place = narrowed_to(**where)
    return {1: Behind(number=terms.number(issue.count), title=title, count=issue.count, to=("complaints", place))}


def of_returns(found: Recurrence) -> list[Behind]:
    """The done actions: those that came back, all of them, and those that are still watched."""
    closed = [one.closing.action for one in found.after_actions]
    back = [one.closing.action for one in found.after_actions if one.days is not None]
    watched = [one.closing.action for one in found.after_actions if one.days is None and not one.is_over]
    told = (
        (closed, wording.text("done actions")),
        (back, wording.text("came back")),
        (watched, wording.text("still watched")),
    )
    return [these(terms.number(len(some)), title, "action", some) for some, title in told]


def _read_stage(which: Which, stage: Any, is_open: bool | None, desk: Any) -> Sequence[Part]:  # noqa: FBT001
    with desk.reader() as reader:
        asked = partial(uids_in, reader, stage, which.filters, **which.range())
        found = {still: tuple(("complaint", uid) for uid in asked(is_open=still)) for still in (False, True)}
    titles = {False: wording.text("Through"), True: wording.text("Still open")}
    return [Part(titles[still], uids) for still, uids in found.items() if is_open in (None, still) and uids]
