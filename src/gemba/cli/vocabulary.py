"""`gemba vocabulary`: the codes that complaints, findings and causes are tagged with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.template import read_file
from gemba.cli.world import desk_at
from gemba.domain.vocabularies import Facet, Vocabulary
from gemba.errors import Refusal
from gemba.store import vocabularies as kept
from gemba.store.code_use import used
from gemba.wording import plural, text
from gemba.work import vocabularies
from gemba.work.starter_vocabularies import starter, to_begin_with
from gemba.work.vocabulary_files import crosswalk_of, words_of

commands = typer.Typer(no_args_is_help=True)

FacetArgument = Annotated[Facet, typer.Argument(help="What is tagged.", show_default=False)]


@commands.command("show")
def show(context: typer.Context, facet: FacetArgument, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Show the codes in force, with how often each is in use."""
    with desk_at(context, store) as desk, desk.reader() as reader:
        words = kept.current(reader, facet)
        counts = used(reader, facet, words.terms) if words is not None else {}
    if words is None:
        offered = text("There is no vocabulary yet. Release one from a CSV file with the columns code, title.")
        if starter(facet) is not None:
            offered += " " + text(
                "Or begin with the words of a service: gemba vocabulary release {facet} --starter"
            ).format(facet=facet.value)
        say(None, offered, as_json=as_json)
        return
    rows = [
        (code, title, words.parents.get(code), words.domains.get(code), counts.get(code, 0))
        for code, title in words.terms.items()
    ]
    heads = [text(name) for name in ("Code", "Title", "Under", "Domain", "In use")]
    say({"vocabulary": words, "used": counts}, table(rows, heads), as_json=as_json)


@commands.command("release")
def release(
    context: typer.Context,
    facet: FacetArgument,
    file: Annotated[
        Path | None, typer.Argument(help="CSV with the columns code, title, parent, domain.", show_default=False)
    ] = None,
    use_starter: Annotated[
        bool, typer.Option("--starter", help="Begin with the words of a service, or with the codes in use.")
    ] = False,
    heirs: Annotated[
        list[str] | None, typer.Option("--crosswalk", help="old=new, for a code that is no more; or a CSV file.")
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Release a new version of a facet's codes."""
    if (file is None) != use_starter:
        raise typer.BadParameter(text("name a CSV file, or take --starter"))
    given = words_of(read_file(file)) if file is not None else None
    crosswalk = _crosswalk(heirs or [])
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            words = given if given is not None else to_begin_with(reader, facet)
        if words is None:
            raise Refusal("cli.no_starter", facet=facet.value)
        change = vocabularies.release(desk, facet, words, crosswalk=crosswalk, reason=reason)
        with desk.reader() as reader:
            made = reader.find(Vocabulary, uid=change.uid)[0]
    said = plural(
        "Released version {version} with {n} code.",
        "Released version {version} with {n} codes.",
        len(made.terms),
        version=made.version,
    )
    say(made, said, as_json=as_json)


@commands.command("history")
def history(
    context: typer.Context, facet: FacetArgument, as_json: JsonOption = False, store: StoreOption = None
) -> None:
    """Show all versions, and what became of codes that are no more."""
    with desk_at(context, store) as desk, desk.reader() as reader:
        found = kept.versions(reader, facet)
    rows = [
        (
            one.version,
            f"{one.released_at:%Y-%m-%d}",
            len(one.terms),
            ", ".join(f"{before} → {after}" for before, after in one.crosswalk.items()),
            one.reason,
        )
        for one in found
    ]
    heads = [text(name) for name in ("Version", "Released", "Codes", "Crosswalk", "Reason")]
    say(found, table(rows, heads), as_json=as_json)


def _crosswalk(given: list[str]) -> dict[str, str]:
    heirs: dict[str, str] = {}
    for one in given:
        before, equals, after = one.partition("=")
        heirs |= {before.strip(): after.strip()} if equals else crosswalk_of(read_file(Path(one)))
    return heirs
