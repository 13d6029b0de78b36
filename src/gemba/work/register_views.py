"""The derived views that registers have, by code: one line each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.kinds.registers.registry import register_named
from gemba.wording import text
from gemba.work import registers
from gemba.work.adherence_view import adherence_view
from gemba.work.behaviours_view import behaviours_view
from gemba.work.composite_view import composite_view
from gemba.work.data_use_view import data_use_view
from gemba.work.desk import Desk
from gemba.work.document_matrix_view import document_matrix_view
from gemba.work.exception_view import exception_view
from gemba.work.exit_view import exit_view
from gemba.work.internal_feedback_view import internal_feedback_view
from gemba.work.journey_alignment_view import journey_alignment_view
from gemba.work.maturity_view import maturity_view
from gemba.work.metric_audit_view import metric_audit_view
from gemba.work.metric_conflicts import conflicts_view
from gemba.work.ownership_view import ownership_view
from gemba.work.pulse_view import pulse_view
from gemba.work.register_view import Asked, Gap, RegisterView
from gemba.work.training_view import training_view


class Declared(msgspec.Struct, frozen=True):
    """One derived view."""

    title: str
    """English source: what people call it beside the entries."""
    asks: tuple[str, ...]
    """What a person may choose: `place`, `outcome`, `lags`, `journey`, `process`."""
    make: Callable[[Desk, Asked], RegisterView]


VIEWS: dict[str, Declared] = {
    "exception_standard": Declared("Use and gaps", ("place",), exception_view),
    "data_use_audit": Declared("Uses and their checks", (), data_use_view),
    "metric_audit": Declared("All measures", ("outcome", "lags"), metric_audit_view),
    "metric_conflict": Declared("What the figures say", (), conflicts_view),
    "composite_metric": Declared("Values by segment", (), composite_view),
    "ownership": Declared("Who answers for what", ("place",), ownership_view),
    "journey_alignment": Declared("Side by side", ("journey", "process"), journey_alignment_view),
    "document_audit": Declared("Matrix", ("place",), document_matrix_view),
    "maturity": Declared("Profile and roll-out", ("place",), maturity_view),
    "adherence_audit": Declared("Proposed by complaints", ("place",), adherence_view),
    "behaviour_adoption": Declared("Seen by place", ("place",), behaviours_view),
    "training_need": Declared("Causes that come back", ("place",), training_view),
    "rollout_pulse": Declared("By roll-out", (), pulse_view),
    "exit_interview": Declared("What keeps people from serving", ("place",), exit_view),
    "internal_feedback": Declared("By hand-over", (), internal_feedback_view),
}


def view(desk: Desk, register: str, asked: Asked | None = None) -> RegisterView:
    """What follows for a register from the records that are there.

    Raises:
        Refusal: `kinds.register_unknown`, `work.register_without_view`, or as the view itself.
    """
    of = register_named(register)
    declared = VIEWS.get(register)
    if declared is None:
        raise Refusal("work.register_without_view", register=text(of.title), known=", ".join(VIEWS))
    return declared.make(desk, asked or Asked())


def gaps(desk: Desk, register: str = "") -> dict[str, tuple[Gap, ...]]:
    """What the views of all registers, or of one, find wanting, by register."""
    return {code: view(desk, code).gaps for code in ([register] if register else VIEWS)}


def write_proposed(desk: Desk, register: str, keys: Sequence[str] = (), asked: Asked | None = None) -> tuple[Uid, ...]:
    """Add the entries that a view proposes.

    Args:
        desk: who does it, where.
        register: whose view it is.
        keys: of the proposals that are meant; all of them when left out.
        asked: as for the view.

    Returns:
        Uids of the new entries.

    Raises:
        Refusal: `work.proposal_unknown`, or as `view` and `gemba.work.registers.add`.
    """
    proposed = {one.key: one for one in view(desk, register, asked).proposals}
    for key in keys:
        if key not in proposed:
            raise Refusal("work.proposal_unknown", key=key, known=", ".join(proposed) or "–")
    return tuple(registers.add(desk, register, proposed[key].draft).uid for key in keys or proposed)
