"""The forms of a study and of its elements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from gemba import wording
from gemba.domain.change import Change
from gemba.domain.record import Uid
from gemba.domain.time_studies import TimeCategory, TimeElement, TimeStudy
from gemba.errors import Refusal
from gemba.ui.rotations.ask_form import Ask, AskForm, Said
from gemba.ui.services import Services
from gemba.work import time_studies
from gemba.work.durations import exact, seconds_of
from gemba.work.time_facts import category_title

_TIMES = ("available", "lead_time")
_TITLE = ("study_without_title", "element_without_title")
"""Refusals that are about a title."""


def study_form(
    services: Services,
    places: Sequence[tuple[Uid, str]],
    maps: Sequence[tuple[Uid, str]],
    study: TimeStudy | None = None,
    parent: QWidget | None = None,
) -> AskForm:
    """A new study, or one to be changed."""
    hint = wording.text("As 45 s, 5 min, 7 h.")
    precision = f"{100 * study.precision:g}" if study is not None else "5"
    demand = f"{study.demand:g}" if study is not None and study.demand else ""
    asks = [
        Ask("title", wording.text("Which &work is watched?"), value=study.title if study else "", about=_TITLE),
        Ask("place", wording.text("W&here?"), "choice", choices=tuple(places)),
        Ask(
            "role",
            wording.text("Which &role?"),
            hint=wording.text("A role, never a name: no person is kept with a time."),
            value=study.role if study else "",
        ),
        Ask(
            "process_map",
            wording.text("Which &map does it feed?"),
            "choice",
            choices=(("", wording.text("None")), *maps),
            value=(study.process_map or "") if study else "",
        ),
        Ask("demand", wording.text("Pieces that customers ask &for"), value=demand),
        Ask(
            "available",
            wording.text("In a &time of work of"),
            hint=wording.text("As 7 h. Takt is this time over the pieces."),
            value=exact(study.available) if study else "",
        ),
        Ask("precision", wording.text("Wanted &precision, ± percent"), value=precision),
        Ask(
            "lead_time",
            wording.text("&Lead time, where it was measured as a whole"),
            hint=hint,
            value=exact(study.lead_time) if study else "",
        ),
        Ask("note", wording.text("&Note"), "lines", value=study.note if study else ""),
    ]
    if study is not None:
        asks = [ask for ask in asks if ask.code != "place"]

    def run(desk: Any, said: Said) -> Change:
        fields = _study_fields(said)
        if study is not None:
            return time_studies.change(desk, study.uid, **fields)
        return time_studies.begin(desk, fields.pop("title"), str(said["place"]), **fields)

    return AskForm(
        services,
        "times.study",
        title=wording.text("Change the study") if study else wording.text("Begin a time study"),
        asks=asks,
        run=run,
        keep=wording.text("Keep") if study else wording.text("Begin"),
        told=wording.text("It is kept.") if study else wording.text("It has begun: say its elements."),
        beside=(("demand", "available"), ("precision", "lead_time"), ("note",)),
        parent=parent,
    )


def element_form(
    services: Services,
    study: Uid,
    steps: Sequence[tuple[str, str]],
    element: TimeElement | None = None,
    parent: QWidget | None = None,
) -> AskForm:
    """A new element at the end, or one to be changed."""
    on_path = (
        ("path", wording.text("On the one path")),
        ("beside", wording.text("Beside the path: it does not count")),
    )
    asks = [
        Ask("title", wording.text("&What is done?"), value=element.title if element else "", about=_TITLE),
        Ask(
            "category",
            wording.text("What is it for the &customer?"),
            "choice",
            choices=tuple((each.value, category_title(each)) for each in TimeCategory),
            value=element.category.value if element else TimeCategory.NECESSARY.value,
        ),
        Ask(
            "step",
            wording.text("At which &step of the map?"),
            "choice",
            choices=(("", wording.text("No step")), *steps),
            value=element.step if element else "",
        ),
        Ask(
            "on_path",
            wording.text("Where does it &lie?"),
            "choice",
            choices=on_path,
            value="path" if element is None or element.on_path else "beside",
        ),
    ]

    def run(desk: Any, said: Said) -> Change:
        fields = {**said, "on_path": said["on_path"] == "path", "category": TimeCategory(said["category"])}
        if element is not None:
            return time_studies.change_element(desk, element.uid, **fields)
        return time_studies.add_element(desk, study, fields.pop("title"), fields.pop("category"), **fields)

    return AskForm(
        services,
        "times.element",
        title=wording.text("Change the element") if element else wording.text("Add an element"),
        asks=asks,
        run=run,
        keep=wording.text("Keep") if element else wording.text("Add"),
        told="",
        beside=(("step", "on_path"),),
        parent=parent,
    )


def _study_fields(said: Said) -> dict[str, Any]:
    fields: dict[str, Any] = {name: said[name] for name in ("title", "role", "note")}
    fields["process_map"] = said["process_map"] or None
    for name in _TIMES:
        try:
            fields[name] = seconds_of(said[name])
        except Refusal as refusal:
            raise Refusal(refusal.code, **(refusal.facts | {"field": name})) from refusal
    fields["demand"] = _number(said["demand"], "demand")
    share = _number(said["precision"], "precision")
    return fields | ({} if share is None else {"precision": share / 100})


def _number(words: str, field: str) -> float | None:
    words = words.strip().rstrip("%").strip().replace(",", ".")
    if not words:
        return None
    try:
        return float(words)
    except ValueError as error:
        raise Refusal("work.study_number", field=field, value=words) from error
