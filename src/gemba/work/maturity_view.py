"""Maturity in words and drawings: the profile of every place, and the grid of impact and readiness."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gemba.reports.facts import Tone
from gemba.reports.matrix_shapes import Matrix, MatrixCell, draw_matrix
from gemba.reports.picture_facts import PictureFacts
from gemba.reports.rollout_shapes import Field, draw_grid, kept_and_rest
from gemba.reports.sheet_facts import Cell, Drawing, Figures, Heading, Part, Table, Words
from gemba.wording import text
from gemba.work.counted import complaints_since, entries_of
from gemba.work.desk import Desk
from gemba.work.maturity_from_assessment import from_assessments
from gemba.work.maturity_profile import BANDS, DAYS, HIGHEST, MaturityProfile, PlaceProfile, Practice, maturity_profile
from gemba.work.register_view import Asked, Gap, RegisterView

_TONES: dict[int, Tone] = {0: "poor", 1: "fair", 2: "plain", 3: "good", 4: "good"}


def maturity_view(desk: Desk, asked: Asked) -> RegisterView:
    """How far practices have come, and where to begin."""
    found = maturity_profile(desk, asked.place)
    with desk.reader() as reader:
        proposed = from_assessments(desk, reader)
    return RegisterView(
        register="maturity",
        title=text("Profile and roll-out"),
        facts=found,
        parts=tuple(_parts(found, desk.clock().date())),
        gaps=tuple(_gaps(found)),
        proposals=proposed,
    )


def _parts(found: MaturityProfile, today: date) -> Iterator[Part]:
    if not found.places:
        yield Words(text("No practice is judged yet: add an entry, or take them over from a self-assessment."), "quiet")
        return
    places = [each for each in found.places if each.place]
    claims = [one for each in found.places for one in each.practices]
    yield Figures(
        (
            (str(len(places)), text("places judged")),
            (str(len(found.practices)), text("practices")),
            (str(sum(one.shown < one.claimed for one in claims)), text("levels claimed without evidence")),
            (str(len(found.unjudged)), text("sites with complaints, not judged")),
        ),
        (
            tuple(f"place:{one.place}" for one in places),
            entries_of(one.entry for one in claims),  # a practice is known from the entries that judge it
            tuple(f"register_entry:{one.entry}" for one in claims if one.shown < one.claimed),
            tuple(f"place:{uid}" for uid, _, _ in found.unjudged),
        ),
    )
    if places:
        yield Heading(text("Where to begin"), 1)
        yield Drawing(_grid(places), _explained())
        yield _turns(places, today)
    yield Heading(text("Profile"), 1)
    for picture in draw_matrix(_profile(found)):
        yield Drawing(picture)
    yield Words(
        text("The level that counts is the one with evidence, and the lowest practice sets the place's."), "quiet"
    )
    yield _table(found)


def _explained() -> str:
    return text(
        "Impact: complaints of the last half year, each by the weight of its severity, in thirds of the places. "
        "Readiness: the lowest level of all practices. Begin where impact is high and the level is at least 2."
    )


def _grid(places: list[PlaceProfile]) -> PictureFacts:
    fields = [[_field(places, band, level) for level in range(HIGHEST + 1)] for band in BANDS]
    begin = [each.name for each in places if each.choice == "begin"]
    spoken = text("Places by impact and readiness. Begin with: {places}.", places=", ".join(begin) or "–")
    return draw_grid(
        [band_title(band) for band in BANDS],
        [level_title(level) for level in range(HIGHEST + 1)],
        fields,
        axes=(text("Impact"), text("Readiness: lowest level")),
        spoken=spoken,
    )


def _field(places: list[PlaceProfile], band: str, level: int) -> Field:
    there = [each for each in places if each.band == band and each.staged == level]
    names, rest = kept_and_rest([f"{each.turn} {each.name}" for each in there])
    more = text("and {n} more", n=rest) if rest else ""
    return Field(names, any(each.choice == "begin" for each in there), more)


def _turns(places: list[PlaceProfile], today: date) -> Table:
    return Table(
        (
            text("Place"),
            text("Turn"),
            text("Impact"),
            text("Complaints"),
            text("Weight"),
            text("Level"),
            text("Choice"),
        ),
        tuple(_turn(each, today) for each in places),
        (0, 12, 18, 22, 16, 24, 34),
        numbers=(1, 3, 4),
    )


def _turn(each: PlaceProfile, today: date) -> tuple[str | Cell, ...]:
    counted = complaints_since(today, DAYS, each.complaints, place=(each.place,))
    return (
        each.name,
        str(each.turn),
        band_title(each.band),
        Cell(str(each.complaints), records=counted),
        Cell(str(each.weight), records=counted),
        Cell(level_title(each.staged), records=entries_of(one.entry for one in each.practices)),
        Cell(choice_title(each.choice), "good" if each.choice == "begin" else "plain"),
    )


def _profile(found: MaturityProfile) -> Matrix:
    columns = tuple(each.name or text("The whole organisation") for each in found.places)
    rows = [tuple(_cell(each, practice) for each in found.places) for practice in found.practices]
    rows.append(tuple(MatrixCell(level_title(each.staged), _TONES[each.staged]) for each in found.places))
    spoken = text("The level of every practice at every place; the last row is the lowest of a place.")
    names = (*found.practices, text("Lowest: level of the place"))
    return Matrix(names, columns, tuple(rows), text("Practice · place"), spoken)


def _cell(place: PlaceProfile, practice: str) -> MatrixCell:
    one = next((each for each in place.practices if each.title.casefold() == practice.casefold()), None)
    if one is None:
        return MatrixCell()
    under = text("claimed: {level}", level=one.claimed) if one.claimed > one.shown else ""
    return MatrixCell(level_title(one.shown), _TONES[one.shown], under)


def _table(found: MaturityProfile) -> Table:
    return Table(
        (text("Place"), text("Practice"), text("Counts"), text("Claimed"), text("Judged on")),
        tuple(_row(each, one) for each in found.places for one in each.practices),
        (46, 0, 30, 24, 26),
    )


def _row(place: PlaceProfile, one: Practice) -> tuple[str | Cell, ...]:
    return (
        place.name or text("The whole organisation"),
        one.title,
        Cell(level_title(one.shown), _TONES[one.shown], records=entries_of([one.entry])),
        Cell(str(one.claimed), records=entries_of([one.entry])),
        str(one.judged_on),
    )


def level_title(level: int) -> str:
    """What a level is called."""
    return (text("0 initial"), text("1 managed"), text("2 defined"), text("3 measured"), text("4 improving"))[level]


def band_title(band: str) -> str:
    """What a band of impact is called."""
    return {"high": text("high"), "medium": text("medium"), "low": text("low")}.get(band, "")


def choice_title(code: str) -> str:
    """What the grid says of a place."""
    return {
        "begin": text("begin here"),
        "prepare": text("make it ready first"),
        "follow": text("ready, in its turn"),
        "later": text("later"),
    }.get(code, "")


def _gaps(found: MaturityProfile) -> Iterator[Gap]:
    for each in found.places:
        for one in each.practices:
            facts = {"practice": one.title, "place": each.name or text("The whole organisation")}
            if one.lost:
                words = text("Evidence of “{practice}” at {place} is erased, taken away or not here.", **facts)
                yield Gap("evidence_lost", words, f"register_entry:{one.entry}")
            if one.shown < one.claimed:
                words = text(
                    "“{practice}” at {place} claims level {claimed}; evidence stands behind {shown}.",
                    claimed=one.claimed, shown=one.shown, **facts,
                )  # fmt: skip
                yield Gap("level_without_evidence", words, f"register_entry:{one.entry}", "fair")
        left = len(found.practices) - len(each.practices)
        if left:
            place = each.name or text("The whole organisation")
            words = text(
                "At {place} {n:practice is|practices are} not judged: its level may be lower.", place=place, n=left
            )
            yield Gap("practices_not_judged", words, f"place:{each.place}" if each.place else "", "fair")
    for uid, name, weight in found.unjudged[:20]:
        words = text(
            "{place} has complaints (weight {weight}), and no practice is judged there.", place=name, weight=weight
        )
        yield Gap("not_judged", words, f"place:{uid}", "plain")
