"""A store with something for every derived view of the registers."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.work.auditing import decide, promise
from tests.work.following import START, action, complaint, day, keep

from gemba.domain.goals import Requirement
from gemba.domain.measures import Measure, MeasureSort, MeasureValue, Period
from gemba.domain.places import Level, Place
from gemba.domain.process_maps import ProcessMap, ProcessStep, StepSort
from gemba.kinds.registers.audits import DATA_CHECKS
from gemba.work.desk import Desk
from gemba.work.registers import EntryDraft, add, move

RISING = [float(at) for at in range(24)]
NOISE = [3.0, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4, 6, 2, 6, 4]
"""The digits of pi: they follow nothing."""


def entry(desk: Desk, register: str, title: str, state: str = "", **said: Any) -> str:
    """Add an entry, in a state; gives its uid. `place` and `owner` are the entry's, all else its fields."""
    place, owner, links = said.pop("place", None), said.pop("owner", ""), said.pop("links", ())
    uid = add(desk, register, EntryDraft(title, said, place=place, owner=owner, links=links)).uid
    if state:
        move(desk, uid, state)
    return uid


def measure(desk: Desk, code: str, values: list[float], **fields: Any) -> str:
    """Keep a monthly measure with values up to February 2026; gives its uid."""
    said: dict[str, Any] = {"sort": MeasureSort.VALUES, "period": Period.MONTH, "made_at": START, **fields}
    title = said.pop("title", code.capitalize())
    made = Measure(uid=desk.ids(), code=code, title=title, person=desk.person.uid, **said)
    keep(desk, made)
    first = 2026 * 12 + 2 - len(values)
    for at, value in enumerate(values):
        begins = date((first + at) // 12, (first + at) % 12 + 1, 1)
        keep(desk, MeasureValue(uid=desk.ids(), measure=made.uid, begins=begins, value=value, person=desk.person.uid))
    return made.uid


def requirement(desk: Desk, goal: str, driver: str = "On time", **fields: Any) -> str:
    """Keep a requirement of a goal; gives its uid."""
    made = Requirement(
        uid=desk.ids(), goal=goal, driver=driver, measured_by="Share on the day", made_at=START,
        person=desk.person.uid, **fields,
    )  # fmt: skip
    keep(desk, made)
    return made.uid


def way(desk: Desk, title: str, *steps: str, **owners: str) -> list[str]:
    """Keep a map whose steps are `code` or `code!` for one that changes hands; gives their uids."""
    made = ProcessMap(uid=desk.ids(), title=title, made_at=START, person=desk.person.uid)
    keep(desk, made)
    found = []
    for at, said in enumerate(steps):
        code = said.rstrip("!")
        step = ProcessStep(
            uid=desk.ids(), process_map=made.uid, position=float(at), code=code, title=code.capitalize(),
            sort=StepSort.PROCESS, hand_off=said.endswith("!"), owner=owners.get(code, ""),
        )  # fmt: skip
        keep(desk, step)
        found.append(step.uid)
    return found


def site(desk: Desk, name: str, parent: str | None = None) -> str:
    """Keep a site; gives its uid."""
    made = Place(uid=desk.ids(), name=name, level=Level.SITE, parent=parent, zone="Europe/Berlin")
    keep(desk, made)
    return made.uid


def everything(desk: Desk) -> dict[str, str]:
    """Something for every view; gives uids by a short name."""
    found = {name: site(desk, name) for name in ("Harbour", "Hill", "Market", "Station")}
    csat = measure(desk, "csat", RISING, title="Satisfied customers", direction="up")
    first = measure(desk, "first", [2 * x + n for x, n in zip(RISING, NOISE, strict=True)], title="Solved at once",
                    direction="up", is_customer=False)  # fmt: skip
    handled = measure(
        desk, "handled", [30 - x for x in RISING], title="Calls an hour", direction="up", is_customer=False
    )
    measure(desk, "flat", [5.0] * 24, title="Share of forms filed", is_customer=False)
    measure(desk, "noise", NOISE, title="Length of calls", is_customer=False)
    measure(desk, "silent", [], title="Visits planned", is_customer=False)
    told, fair = promise(desk, "told"), promise(desk, "fair", title="The same answer everywhere", owner="")
    need = requirement(desk, told, measure=first, owner="Service lead")
    entry(desk, "document_audit", "Handbook", subject=f"requirement:{need}", sort="instruction", found="yes",
          version="3", where="p. 4", seen_on="2026-02-01")  # fmt: skip
    entry(
        desk,
        "document_audit",
        "Training",
        subject=f"goal:{told}",
        sort="training",
        found="missing",
        seen_on="2024-11-01",
    )
    entry(desk, "metric_conflict", "Speed against satisfaction", first=f"measure:{handled}", first_owner="Operations",
          second=f"measure:{csat}", second_owner="Service", shows="Calls are cut short.")  # fmt: skip
    for code, weight in ((csat, "60"), (first, "40")):
        entry(desk, "composite_metric", "Closeness", "in_force", segment="small firms", measure=f"measure:{code}",
              weight=weight, worst="0", best="46", because="Asked in interviews.")  # fmt: skip
    journey = way(desk, "The customer's journey", "ask", "wait", "answer", "thank")
    work = way(desk, "Handling a request", "ask!", "sort", "answer!", ask="Reception", sort="Back office / Team lead")
    entry(desk, "ownership", "Answer", "in_force", scope="From the sorted request to the answer",
          step=f"process_step:{work[2]}", role="Adviser", handoff_to="Customer")  # fmt: skip
    mates = {"journey_step": f"process_step:{journey[1]}", "process_step": f"process_step:{work[1]}", "mate": "same"}
    entry(desk, "journey_alignment", "Wait", **mates, leak="much", leaks="Two days", quarter="2026-Q1")
    _complaints(desk, found)
    for name, levels in (("Harbour", (3, 2)), ("Hill", (1, 3)), ("Market", (2, 2))):
        for practice, level in zip(("Going to see", "Closing the loop"), levels, strict=True):
            judged(desk, practice, found[name], level, f"goal:{told}")
        entry(desk, "behaviour_adoption", "Says what happens next", place=found[name], observed_on="2026-02-10",
              chances="20", seen=str(5 + 5 * levels[1]))  # fmt: skip
    _decisions(desk, found)
    _voices(desk, found, told)
    return {**found, "csat": csat, "first": first, "handled": handled, "told": told, "fair": fair, "need": need,
            "journey": journey[0], "work": work[0]}  # fmt: skip


def _decisions(desk: Desk, places: dict[str, str]) -> None:
    """A standard in use, one that nobody uses, cases without any, and two uses of customers' data."""
    ends = {"valid_from": "2025-01-01", "valid_until": "2026-01-31", "condition": "No fault of theirs"}
    for code in ("late-refund", "small-gift"):
        entry(
            desk,
            "exception_standard",
            code.capitalize(),
            "in_force",
            code=code,
            scenario="refund",
            role="Adviser",
            **ends,
        )
    for at, fields in enumerate(
        ({"exception": "late-refund"}, {"exception": "none-such"}, *[{"scenario": "delivery"}] * 3)
    ):
        decide(desk, places["Hill"], date(2026, 2, 1 + at), **{"scenario": "refund", "role": "Adviser", **fields})
    said = {"data": "Contact data", "declared": "To answer", "use": "Answering"}
    checks = dict.fromkeys(DATA_CHECKS, "yes")
    entry(desk, "data_use_audit", "Answering", **said, quarter="2026-Q1", fits="yes", **checks)
    entry(desk, "data_use_audit", "Advertising", **said, quarter="2025-Q4", fits="no", **checks | {"consent": "no"})


def _voices(desk: Desk, places: dict[str, str], goal: str) -> None:
    """A pulse of two teams, interviews of two who left, and two quarters of an internal customer."""
    made = action(desk, places["Harbour"], 60, 70, goal=goal)
    keep(desk, made)
    asked = {"roll_out": f"action:{made.uid}", "asked": "9", "obstacles": "The old form is still on the desk."}
    entry(desk, "rollout_pulse", "Second counter", **asked, day="30", answered="6", understand="4.2", able="2.4")
    entry(desk, "rollout_pulse", "Second counter", **asked, day="60", answered="4", influencers="Shift leads")
    for name in ("Harbour", "Hill"):
        entry(desk, "exit_interview", "Adviser", place=places[name], held_on="2026-02-01", step="answer", cause="late",
              barrier="The answer waits for two signatures.")  # fmt: skip
    served = {"provider": "Sorting", "customer": "Advisers", "answers": "4"}
    entry(desk, "internal_feedback", "Sorted requests", **served, quarter="2025-Q4", complete="3", on_time="2")
    entry(desk, "internal_feedback", "Sorted requests", **served, quarter="2026-Q1", complete="3", on_time="2.5")


def judged(desk: Desk, practice: str, place: str | None, level: int, *shows: str, claimed: int | None = None) -> str:
    """An entry on a practice with evidence for the levels up to `level`; gives its uid."""
    fields = {f"evidence_{at}": shows[min(at, len(shows)) - 1] for at in range(1, level + 1)}
    said = level if claimed is None else claimed
    return entry(desk, "maturity", practice, place=place, judged_on="2026-01-20", level=str(said), **fields)


def _complaints(desk: Desk, places: dict[str, str]) -> None:
    for at, name in enumerate(("Harbour", "Harbour", "Harbour", "Hill", "Hill", "Market")):
        keep(desk, complaint(desk, 60 + at, place=places[name], step="answer", cause="late", severity="high"))
    keep(desk, complaint(desk, 70, place=places["Station"], step="ask", cause="rude", severity="low"))
    assert day(60).year == 2026
