"""`gemba review`: draw a set of complaints, see its clusters, decide what is systemic."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
import typer

from gemba.cli import review_showing as showing
from gemba.cli.listing import LimitOption, PlaceFilter, SearchOption, SortOption, StateFilter, query
from gemba.cli.naming import named
from gemba.cli.progress import Progress
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.assessments import Assessment
from gemba.domain.complaint_reviews import ComplaintReview, ReviewState, SystemicVerdict
from gemba.domain.complaints import Complaint
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.review_lists import REVIEWS
from gemba.wording import plural, text
from gemba.work import check_file as file_checks
from gemba.work.cluster_figures import ClusterFigures, ReviewClusters
from gemba.work.cluster_numbers import verdict_title
from gemba.work.decide_cluster import conclude as conclude_review
from gemba.work.decide_cluster import decide_all, decisions_of, undecided
from gemba.work.desk import Desk
from gemba.work.draw_review import Wanted, draw_again
from gemba.work.draw_review import draw as draw_set
from gemba.work.places import place_named
from gemba.work.review_clusters import clusters as clusters_of

commands = typer.Typer(no_args_is_help=True)

_Uid = Annotated[str, typer.Argument(help="Uid or number of the review.", show_default=False)]
_Day = ["%Y-%m-%d"]
_ByPlace = Annotated[bool, typer.Option("--by-place", help="One cluster for each place instead of one for all.")]
_People = Annotated[
    str, typer.Option("--people", help="Column of the source with shift, team or person as a code; - for none.")
]
_NoNames = Annotated[
    bool, typer.Option("--no-names", help="You have looked: what may be names in your words are none.")
]


@commands.command("draw")
def draw(
    context: typer.Context,
    begins: Annotated[datetime, typer.Option("--from", formats=_Day, help="First day of receipt.", show_default=False)],
    ends: Annotated[datetime, typer.Option("--to", formats=_Day, help="Last day, included.", show_default=False)],
    place: PlaceFilter = None,
    where: Annotated[
        list[str] | None,
        typer.Option("--where", help="Further condition FIELD=VALUE: step, cause, severity, search ...; repeatable."),
    ] = None,
    sample: Annotated[int | None, typer.Option("--sample", min=1, help="Draw so many by chance; else all.")] = None,
    seed: Annotated[str, typer.Option("--seed", help="Of the sample; made and kept when left out.")] = "",
    title: Annotated[str, typer.Option("--title", help="Of the review; made of the period when left out.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Draw a set of complaints by period, place and filters, all of them or a sample, and begin its review."""
    with desk_at(context, store) as desk:
        wanted = Wanted(
            begins=begins.date(),
            ends=ends.date(),
            place=_place(desk, place),
            filters=dict(_condition(each) for each in where or []),
            sample=sample,
            seed=seed,
            title=title,
        )
        change = draw_set(desk, wanted)
        with desk.reader() as reader:
            review = named(reader, ComplaintReview, change.uid)
    say(review, showing.drawn(review), as_json=as_json)


@commands.command("redraw")
def redraw(context: typer.Context, uid: _Uid, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Draw the set again from the records as they are now: the same, or what has changed."""
    with desk_at(context, store, make=False) as desk:
        found = draw_again(desk, _review(desk, uid).uid)
    say(found, showing.redrawn(found), as_json=as_json)


@commands.command("clusters")
def clusters(
    context: typer.Context,
    uid: _Uid,
    by_place: _ByPlace = False,
    people: _People = "",
    limit: LimitOption = 100,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Form the clusters step x cause and show the signs of each with its numbers; what matters most comes first."""
    with desk_at(context, store, make=False) as desk:
        found = _clusters(desk, _review(desk, uid).uid, by_place=by_place, people=people)
        with desk.reader() as reader:
            decisions = decisions_of(reader, found.review)
    kept = msgspec.structs.replace(found, clusters=found.clusters[:limit])
    say(showing.cluster_facts(kept, decisions), showing.cluster_table(kept, found, decisions), as_json=as_json)


@commands.command("decide")
def decide(
    context: typer.Context,
    uid: _Uid,
    decided: Annotated[SystemicVerdict, typer.Option("--as", help="What it is.", show_default=False)],
    step: Annotated[str, typer.Option("--step", help="Code or title of the process step.")] = "",
    cause: Annotated[str, typer.Option("--cause", help="Code or title of the cause.")] = "",
    place: PlaceFilter = None,
    rest: Annotated[bool, typer.Option("--rest", help="All that matter and nobody has decided.")] = False,
    reason: Annotated[str, typer.Option("--reason", help="Why; needed against the proposal.")] = "",
    by_place: _ByPlace = False,
    no_names: _NoNames = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Decide one cluster, or all the rest alike; proposal, numbers, decision and reason are kept."""
    with desk_at(context, store, make=False) as desk:
        review = _review(desk, uid).uid
        where = _place(desk, place)
        found = _clusters(desk, review, by_place=by_place or where is not None, people="")
        with desk.reader() as reader:
            decisions = decisions_of(reader, review)
        meant = undecided(found, decisions) if rest else [_cluster(found, step, cause, where)]
        decide_all(desk, review, meant, decided, reason, are_no_names=no_names)
        with desk.reader() as reader:
            kept = decisions_of(reader, review)
    made = [kept[each.key][0] for each in meant]
    words = plural(
        "Decided {n} cluster: {verdict}.", "Decided {n} clusters: {verdict}.", len(made), verdict=verdict_title(decided)
    )
    say(made, words, as_json=as_json)


@commands.command("conclude")
def conclude(
    context: typer.Context,
    uid: _Uid,
    summary: Annotated[str, typer.Option("--summary", help="To the reader.", show_default=False)],
    by_place: _ByPlace = False,
    no_names: _NoNames = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Conclude a review; from then on it is frozen."""
    with desk_at(context, store, make=False) as desk:
        review = _review(desk, uid).uid
        found = _clusters(desk, review, by_place=by_place, people="")
        conclude_review(desk, review, found, summary, are_no_names=no_names)
        with desk.reader() as reader:
            now = named(reader, ComplaintReview, review)
    say(now, text("{number} is concluded.", number=now.number), as_json=as_json)


@commands.command("show")
def show(context: typer.Context, uid: _Uid, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Show how a set was drawn and what was decided."""
    with desk_at(context, store, make=False) as desk, desk.reader() as reader:
        facts = showing.shown(reader, named(reader, ComplaintReview, uid))
    say(facts, showing.words_of(facts), as_json=as_json)


@commands.command("list")
def list_(
    context: typer.Context,
    search: SearchOption = "",
    place: PlaceFilter = None,
    state: StateFilter = None,
    sort: SortOption = "-drawn_at",
    limit: LimitOption = 100,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List reviews, the newest first."""
    with desk_at(context, store) as desk, desk.reader() as reader:
        lines = REVIEWS.first(reader, query(reader, search, place, state, sort, states=ReviewState), limit=limit)
    rows = [(line.number, line.title, line.place, line.count, line.state, line.systemic) for line in lines]
    heads = [text(name) for name in ("Number", "Review", "Place", "Complaints", "State", "Systemic")]
    say(lines, table(rows, heads), as_json=as_json)


@commands.command("check-file")
def check_file(
    context: typer.Context,
    complaint: Annotated[str, typer.Argument(help="Uid or number of the complaint.", show_default=False)],
    agreement: Annotated[bool, typer.Option("--agreement", help="How far those who checked it agree.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Begin to check the file of one complaint, each reviewer one of their own; or show how far they agree."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            about = named(reader, Complaint, complaint)
            found = file_checks.agreement(desk, reader, [about.uid]) if agreement else None
        if agreement:
            say(found, showing.agreement(found), as_json=as_json)
            return
        change = file_checks.begin(desk, about.uid)
        with desk.reader() as reader:
            begun = named(reader, Assessment, change.uid)
    say(begun, text("Began {number}.", number=begun.number) + f"\n{begun.uid}", as_json=as_json)


def _review(desk: Desk, name: str) -> ComplaintReview:
    with desk.reader() as reader:
        return named(reader, ComplaintReview, name)


def _clusters(desk: Desk, review: Uid, *, by_place: bool, people: str) -> ReviewClusters:
    with Progress() as progress:
        progress.stage(text("Judging the clusters …"))
        return clusters_of(desk, review, by_place=by_place, people=people)


def _cluster(found: ReviewClusters, step: str, cause: str, place: Uid | None) -> ClusterFigures:
    for each in found.clusters:
        named = step in {each.step, each.step_title} and cause in {each.cause, each.cause_title}
        if named and each.place == place:
            return each
    raise Refusal("cli.unknown_cluster", step=step or "-", cause=cause or "-")


def _place(desk: Desk, name: str | None) -> Uid | None:
    if name is None:
        return None
    with desk.reader() as reader:
        found = reader.get(Place, name) or place_named(reader, name)
    if found is None:
        raise Refusal("cli.unknown", noun="place", name=name)
    return found.uid


def _condition(said: str) -> tuple[str, str]:
    field, sign, value = said.partition("=")
    if not sign or not field.strip() or not value.strip():
        raise Refusal("cli.bad_condition", said=said)
    return field.strip(), value.strip()
