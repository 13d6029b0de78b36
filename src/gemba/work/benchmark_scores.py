"""Places side by side by the scores of one checklist: the core template alone, in one and the same version."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gemba.domain.assessments import Assessment, AssessmentState
from gemba.domain.conclusions import Conclusion
from gemba.domain.places import Place
from gemba.domain.quarters import days_of
from gemba.domain.record import Uid
from gemba.domain.templates import Template
from gemba.errors import Refusal
from gemba.methods.sampling.estimates import estimate_mean
from gemba.methods.scores import FEWEST
from gemba.store.list_filters import places_below
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.benchmark import chosen
from gemba.work.benchmark_lines import BenchLine, Comparison, ranked, refused
from gemba.work.desk import Desk


def benchmark_scores(desk: Desk, places: Sequence[Uid], form_id: str, quarters: tuple[str, ...] = ()) -> Comparison:
    """Compare places by the mean core score of a checklist.

    Args:
        desk: where the records are.
        places: two or more, none within another.
        form_id: of the core template.
        quarters: in which they were concluded; all when empty.

    Raises:
        Refusal: as `benchmark.benchmark`; `work.benchmark_no_template` when no such template is here.
    """
    with desk.reader() as reader:
        wanted = chosen(reader, places)
        templates = {one.uid: one for one in reader.find(Template)}
        cores = {uid: _core(templates, one) for uid, one in templates.items()}
        meant = {uid: core for uid, core in cores.items() if core.form_id == form_id}
        if not meant:
            raise Refusal("work.benchmark_no_template", name=form_id)
        scores = {uid: _scores(reader, uid, meant, templates, quarters) for uid in wanted}
    return _compared(form_id, wanted, scores)


_Scores = dict[str, list[float]]
"""Core scores by content hash of the core template."""


def _core(templates: dict[Uid, Template], one: Template) -> Template:
    return templates.get(one.core, one) if one.core else one


def _scores(
    reader: Reader, place: Uid, meant: dict[Uid, Template], templates: dict[Uid, Template], quarters: tuple[str, ...]
) -> _Scores:
    below = set(places_below(reader, (place,)))
    days = [days_of(quarter) for quarter in quarters]
    found: _Scores = {}
    for uid, core in meant.items():
        for one in reader.find(Assessment, template=uid, state=AssessmentState.CONCLUDED):
            if one.place in below and _within(one, days):
                score = _score(reader, one, overlaid=templates[uid].core is not None)
                key = f"{core.version}\0{core.source}"
                found.setdefault(key, []).extend([] if score is None else [score])
    return {key: scores for key, scores in found.items() if scores}


def _within(one: Assessment, days: list[tuple[date, date]]) -> bool:
    on = (one.concluded_at or one.started_at).date()
    return not days or any(begins <= on <= ends for begins, ends in days)


def _score(reader: Reader, one: Assessment, *, overlaid: bool) -> float | None:
    """By the core's questions alone."""
    conclusion = next(iter(reader.find(Conclusion, assessment=one.uid)), None)
    if conclusion is None:
        return None
    return conclusion.core_score if overlaid else conclusion.score


def _compared(form_id: str, wanted: dict[Uid, Place], scores: dict[Uid, _Scores]) -> Comparison:
    lacking = [wanted[uid].name for uid, by in scores.items() if not by]
    if lacking:
        return refused(form_id, form_id, text("nothing was scored with it at {places}", places=", ".join(lacking)))
    common = set.intersection(*(set(by) for by in scores.values()))
    if not common:
        told = "; ".join(f"{wanted[uid].name}: {', '.join(map(_version, sorted(by)))}" for uid, by in scores.items())
        return refused(form_id, form_id, text("its core differs – {versions}", versions=told))
    core = max(common, key=lambda key: (min(len(by[key]) for by in scores.values()), key))
    lines = [_line(uid, wanted[uid].name, by[core]) for uid, by in scores.items()]
    left = sum(len(some) for by in scores.values() for key, some in by.items() if key != core)
    notes = [text("Left out: {n:score|scores} with other versions of the core.", n=left)] if left else []
    title = text("{form}, core {version}", form=form_id, version=_version(core))
    return ranked(form_id, title, lines, notes, fewest=FEWEST)


def _version(key: str) -> str:
    version, _, source = key.partition("\0")
    return f"{version} ({source[:8]})"


def _line(uid: Uid, title: str, scores: list[float]) -> BenchLine:
    if len(scores) < FEWEST:
        return BenchLine(key=uid, title=title, n=len(scores), value=None, low=None, high=None)
    made = estimate_mean(scores)
    interval = made.interval()
    low, high = max(0.0, interval.low), min(100.0, interval.high)
    return BenchLine(key=uid, title=title, n=len(scores), value=made.value, low=low, high=high)
