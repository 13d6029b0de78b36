"""`gemba template new, set, add, move …`: checklists are written on the command line as in the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from gemba.cli.drafting import describe, edit, item_of, of_property, opened, pairs
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.errors import Refusal
from gemba.forms.book import Book
from gemba.forms.editing import changing, fixes, languages, lists, parts, placing
from gemba.forms.editing.problem_words import fix_words
from gemba.forms.editing.problems import Problem, problems
from gemba.forms.editing.steps import Edited
from gemba.forms.editing.types import read_type
from gemba.wording import text
from gemba.work import edit_template, question_library
from gemba.work.keep_file import write_file

TargetArgument = Annotated[
    str, typer.Argument(help="A workbook (.xlsx), a draft's uid, or a template.", show_default=False)
]
ItemArgument = Annotated[str, typer.Argument(help="Name of a question or section.", show_default=False)]
SaidArgument = Annotated[
    list[str] | None, typer.Argument(help="property=value; a language as label::French (fr)=…", show_default=False)
]


def new(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The workbook to make (.xlsx).", show_default=False)],
    title: Annotated[str, typer.Option(help="Of the checklist.")] = "",
    kind: Annotated[str, typer.Option(help="Kind of assessment.")] = "",
    language: Annotated[str, typer.Option(help="With its code.")] = "English (en)",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Make a workbook with nothing in it but its title."""
    del context, store
    if file.exists():
        raise Refusal("cli.file_is_there", file=str(file))
    book = edit_template.new_book(title or file.stem, kind=kind, language=language)
    write_file(file, edit_template.whole_workbook(book, b""))
    say({"file": file, **describe(book)}, text("Made {file}.", file=file), as_json=as_json)


def draft(
    context: typer.Context,
    template: Annotated[str, typer.Argument(help="Template; its next version is begun.", show_default=False)] = "",
    title: Annotated[str, typer.Option(help="Of a checklist that begins with nothing.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Begin a draft in the store: a new version of a template, or a new checklist. Without both, list the drafts."""
    with desk_at(context, store) as desk:
        if template:
            begun = opened(desk, template).begun
            found = [begun] if begun is not None else []
        elif title:
            found = [edit_template.begin(desk, title)]
        else:
            found = edit_template.drafts(desk)
    facts = [{"uid": each.uid, "title": each.title, "saved_at": each.saved_at} for each in found]
    rows = [(each["uid"], each["title"], each["saved_at"]) for each in facts]
    say(facts, table(rows, [text("Uid"), text("Title"), text("Saved")]), as_json=as_json)


def discard(
    context: typer.Context,
    uid: Annotated[str, typer.Argument(help="Of the draft.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Let go of a draft."""
    with desk_at(context, store) as desk:
        last = edit_template.open_draft(desk, uid)
        edit_template.discard(desk, uid)
    say({"uid": uid, "title": last.title}, text("The draft is discarded."), as_json=as_json)


def show(
    context: typer.Context, target: TargetArgument, as_json: JsonOption = False, store: StoreOption = None
) -> None:
    """List the sections and questions with what they say."""
    with desk_at(context, store) as desk:
        facts = describe(opened(desk, target).book)
    shown = facts["items"]
    assert isinstance(shown, list)
    rows = [("  " * each["depth"] + each["name"], each["type"], each["label"]) for each in shown]
    say(facts, table(rows, [text("Name"), text("Type"), text("Words")]), as_json=as_json)


def problems_(
    context: typer.Context, target: TargetArgument, as_json: JsonOption = False, store: StoreOption = None
) -> None:
    """List what is wrong, and what could be better."""
    with desk_at(context, store) as desk:
        book = opened(desk, target).book
    found = problems(book)
    facts = [_problem(book, number, problem) for number, problem in enumerate(found, 1)]
    rows = [
        (each["number"], text("advice") if each["advice"] else text("wrong"), each["words"], each["fix"])
        for each in facts
    ]
    heads = [text("No."), text("Sort"), text("What"), text("What mends it")]
    say({"faults": sum(not each.advice for each in found), "problems": facts}, table(rows, heads), as_json=as_json)


def mend(
    context: typer.Context,
    target: TargetArgument,
    number: Annotated[int, typer.Argument(help="Of the problem; all that can be when left out.")] = 0,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Mend a problem, or all that need no author."""
    edit(context, store, target, partial(_mend, number=number), as_json=as_json)


def set_(
    context: typer.Context,
    target: TargetArgument,
    item: Annotated[str, typer.Argument(help="Name of an item, or “form” for the whole.", show_default=False)],
    said: SaidArgument = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Let an item say something else: label, hint, type, required, relevant, weight, criterion, tags, name."""
    edit(context, store, target, partial(_set, item=item, said=pairs(said)), as_json=as_json)


def add(
    context: typer.Context,
    target: TargetArgument,
    type_: Annotated[str, typer.Argument(metavar="TYPE", help="section, repeat, text, select_one LIST …")],
    said: SaidArgument = None,
    label: Annotated[str, typer.Option(help="In the default language.")] = "",
    name: Annotated[str, typer.Option(help="Proposed from the label when left out.")] = "",
    below: Annotated[str, typer.Option(help="Item below which it stands; a section takes it in.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Add a question or section."""
    operation = partial(_add, kind=type_, said=pairs(said), label=label, name=name, below=below)
    edit(context, store, target, operation, as_json=as_json)


def move(
    context: typer.Context,
    target: TargetArgument,
    item: ItemArgument,
    below: Annotated[str, typer.Option(help="The item below which it shall stand.")] = "",
    into: Annotated[str, typer.Option(help="The section at whose end it shall stand.")] = "",
    up: Annotated[bool, typer.Option("--up", help="One place up.")] = False,
    down: Annotated[bool, typer.Option("--down", help="One place down.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Move an item with all that it holds."""
    if [bool(below), bool(into), up, down].count(True) != 1:
        raise Refusal("cli.one_way_to_move")
    edit(context, store, target, partial(_move, item=item, below=below, into=into, up=up), as_json=as_json)


def remove(
    context: typer.Context,
    target: TargetArgument,
    item: ItemArgument,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Take an item out with all that it holds."""
    edit(context, store, target, lambda book: placing.remove(book, item_of(book, item).row), as_json=as_json)


def copy(
    context: typer.Context,
    target: TargetArgument,
    item: ItemArgument,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Put a copy of an item right after it."""
    edit(context, store, target, lambda book: placing.duplicate(book, item_of(book, item).row), as_json=as_json)


def choice(
    context: typer.Context,
    target: TargetArgument,
    list_: Annotated[str, typer.Argument(metavar="LIST", help="Name of the list; a new one is made.")],
    name: Annotated[str, typer.Argument(help="Code of the choice; a new one is added.", show_default=False)],
    said: SaidArgument = None,
    drop: Annotated[bool, typer.Option("--remove", help="Take it out.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Add, change or take out a choice: by label, score and name."""
    operation = partial(_choice, list_name=list_, name=name, said=pairs(said), drop=drop)
    edit(context, store, target, operation, as_json=as_json)


def choices(
    context: typer.Context,
    target: TargetArgument,
    list_: Annotated[str, typer.Argument(metavar="LIST", help="Name of the list.", show_default=False)],
    rename: Annotated[str, typer.Option(help="Another name, for all questions that choose from it.")] = "",
    copy_for: Annotated[str, typer.Option(help="Question that gets a copy of its own.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Rename a list of choices, or give a question its own copy of it."""
    if bool(rename) == bool(copy_for):
        raise Refusal("cli.rename_or_copy_list")
    operation = partial(_choices, list_name=list_, rename=rename, copy_for=copy_for)
    edit(context, store, target, operation, as_json=as_json)


def language(
    context: typer.Context,
    target: TargetArgument,
    name: Annotated[str, typer.Argument(help="With its code: French (fr)", show_default=False)],
    copy_from: Annotated[str | None, typer.Option(help="Begin with the words of this language.")] = None,
    drop: Annotated[bool, typer.Option("--remove", help="Take it out with all its words.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Add a language, or take one out."""
    operation: Callable[[Book], Edited] = (
        partial(languages.remove_language, language=name)
        if drop
        else partial(languages.add_language, language=name, copy_from=copy_from)
    )
    edit(context, store, target, operation, as_json=as_json)


def publish(
    context: typer.Context, target: TargetArgument, as_json: JsonOption = False, store: StoreOption = None
) -> None:
    """Make a template of a draft or workbook; what is wrong refuses it."""
    with desk_at(context, store) as desk:
        found = opened(desk, target)
        change = edit_template.publish(desk, found.as_draft(desk))
    say({"template": change.uid}, text("Published as {uid}.", uid=change.uid), as_json=as_json)


def library(
    context: typer.Context,
    words: Annotated[str, typer.Argument(help="Words of the label, the tags or the checklist; #tag.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Search the question library: kept questions, and the items of all checklists."""
    with desk_at(context, store) as desk:
        found = question_library.search(desk, words)
    facts = [
        {
            "number": number,
            "label": each.label,
            "type": each.type,
            "tags": each.tags,
            "source": each.source,
            "uid": each.uid,
        }
        for number, each in enumerate(found, 1)
    ]
    rows = [(number, each.label, each.type, each.source) for number, each in enumerate(found, 1)]
    say(facts, table(rows, [text("No."), text("Words"), text("Type"), text("Checklist")]), as_json=as_json)


def insert(
    context: typer.Context,
    target: TargetArgument,
    words: Annotated[str, typer.Argument(help="As in “template library”.", show_default=False)],
    number: Annotated[int, typer.Option(help="Of what was found.")] = 1,
    below: Annotated[str, typer.Option(help="Item below which it stands.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Put something from the question library into a checklist."""
    with desk_at(context, store) as desk:
        found = question_library.search(desk, words)
    if not 1 <= number <= len(found):
        raise Refusal("cli.nothing_in_library", words=words, count=len(found))
    part = found[number - 1].part
    edit(context, store, target, lambda book: parts.put_in(book, part, _row(book, below)), as_json=as_json)


def keep(
    context: typer.Context,
    target: TargetArgument,
    item: ItemArgument,
    tags: Annotated[str, typer.Option(help="One word each, with spaces between.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Keep a question or section in the question library."""
    with desk_at(context, store) as desk:
        book = opened(desk, target).book
        kept = question_library.keep(desk, book, item_of(book, item).row, tags)
    say(
        {"uid": kept.uid, "label": kept.label, "tags": kept.tags},
        text("Kept {label}.", label=kept.label),
        as_json=as_json,
    )


def register(commands: typer.Typer) -> None:
    """Put the commands of writing beside those of importing."""
    verbs: tuple[Callable[..., None], ...] = (
        *(new, draft, discard, show, problems_, mend, set_, add, move, remove, copy, choice, choices, language),
        *(publish, library, insert, keep),
    )
    for verb in verbs:
        commands.command(verb.__name__.rstrip("_"))(verb)


def _problem(book: Book, number: int, problem: Problem) -> dict[str, object]:
    return {
        "number": number,
        "code": problem.code,
        "advice": problem.advice,
        "sheet": problem.sheet,
        "row": problem.row + 2 if problem.row >= 0 else 0,
        "property": problem.property,
        "language": problem.language,
        "words": edit_template.where(book, problem),
        "fix": fix_words(problem),
    }


def _mend(book: Book, number: int) -> Edited:
    if number:
        found = problems(book)
        if not 1 <= number <= len(found):
            raise Refusal("cli.no_such_problem", number=number, count=len(found))
        return fixes.mend(book, found[number - 1])
    for _ in range(2 * len(problems(book)) + 10):  # mending one may show another
        wrong = next((problem for problem in problems(book) if problem.fix), None)
        if wrong is None:
            break
        book = fixes.mend(book, wrong).book
    return Edited(book)


def _set(book: Book, item: str, said: dict[str, str]) -> Edited:
    if item == "form":
        return changing.change_form(book, said)
    row = item_of(book, item).row
    kind = said.pop("type", None)
    if kind is not None:
        book = changing.change_type(book, row, read_type(kind)).book
    return changing.change(book, row, {of_property(book, key): value for key, value in said.items()})


def _add(book: Book, kind: str, said: dict[str, str], label: str, name: str, below: str) -> Edited:
    edited = placing.add(book, read_type(kind), label=label, name=name, after=_row(book, below))
    made = changing.change_type(edited.book, edited.at, read_type(kind))
    return changing.change(made.book, made.at, {of_property(book, key): value for key, value in said.items()})


def _move(book: Book, item: str, below: str, into: str, up: bool) -> Edited:
    row = item_of(book, item).row
    if below or into:
        return placing.move_below(book, row, _row(book, below or into), inside=bool(into))
    return placing.move_up(book, row) if up else placing.move_down(book, row)


def _choice(book: Book, list_name: str, name: str, said: dict[str, str], drop: bool) -> Edited:
    found = next((option for option in lists.options(book, list_name) if option.name == name), None)
    if drop:
        if found is None:
            raise Refusal("cli.no_such_choice", list=list_name, name=name)
        return lists.remove_option(book, found.row)
    edited = Edited(book, found.row) if found is not None else lists.add_option(book, list_name, choice=name)
    return lists.change_option(
        edited.book, edited.at, {of_property(edited.book, key): value for key, value in said.items()}
    )


def _choices(book: Book, list_name: str, rename: str, copy_for: str) -> Edited:
    known = lists.list_names(book)
    if list_name not in known:
        raise Refusal("cli.no_such_list", name=list_name, known=", ".join(known))
    if rename:
        return lists.rename_list(book, list_name, rename)
    item = item_of(book, copy_for)
    return lists.own_list(book, replace(item, kind=item.kind._replace(list=list_name)))


def _row(book: Book, name: str) -> int:
    return item_of(book, name).row if name else -1
