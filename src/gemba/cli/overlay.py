"""`gemba template overlay`: a region's additions over a core template."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gemba.cli.naming import template_named
from gemba.cli.saying import JsonOption, StoreOption, say
from gemba.cli.template import read_file
from gemba.cli.world import desk_at
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.forms.overlays.fault_words import fault_words
from gemba.forms.overlays.note_words import note_words
from gemba.wording import plural, text
from gemba.work import overlays
from gemba.work.desk import Desk
from gemba.work.keep_file import write_file

commands = typer.Typer(help="Regional overlays: more over a core template, never less.", no_args_is_help=True)

CoreArgument = Annotated[str, typer.Argument(help="Uid, id or title of the core template.", show_default=False)]
FileArgument = Annotated[Path, typer.Argument(help="The overlay's workbook.", show_default=False)]


@commands.command("begin")
def begin(
    context: typer.Context,
    core: CoreArgument,
    region: Annotated[str, typer.Option("--region", help="Whose overlay it is.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", help="Where the workbook goes.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Write a workbook to begin an overlay with."""
    with desk_at(context, store) as desk:
        write_file(out, overlays.begin_overlay(desk, _named(desk, core), region))
    say({"file": out}, text("Wrote {file}.", file=out), as_json=as_json)


@commands.command("check")
def check(
    context: typer.Context, core: CoreArgument, file: FileArgument, as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:  # fmt: skip
    """Say everything that an overlay may not do, without keeping it."""
    with desk_at(context, store) as desk:
        found = overlays.check_overlay(desk, _named(desk, core), read_file(file), file.name)
    faults = [
        {"sheet": each.sheet, "row": each.row, "column": each.column, "item": each.item, "code": each.code,
         "words": fault_words(each)}
        for each in found.faults
    ]  # fmt: skip
    lines = [
        text("The overlay of {region} can be laid over {title}.", region=found.about.region, title=found.core.title)
    ]
    if faults:
        lines = [plural("{n} fault:", "{n} faults:", len(faults))]
        lines += [f"{each['sheet']} {each['row']}: {each['words']}" for each in faults]
    say({"region": found.about.region, "faults": faults}, "\n".join(lines), as_json=as_json)
    if faults:
        raise Refusal("cli.overlay_faults", count=len(faults))


@commands.command("lay")
def lay(
    context: typer.Context, core: CoreArgument, file: FileArgument, as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:  # fmt: skip
    """Lay an overlay over a core: the two together become a template of the region."""
    with desk_at(context, store) as desk:
        change = overlays.lay_overlay(desk, _named(desk, core), read_file(file), file.name)
        with desk.reader() as reader:
            made = template_named(reader, change.uid)
    say({"template": made}, text("{title} is in the library.", title=made.title), as_json=as_json)


@commands.command("upgrade")
def upgrade(
    context: typer.Context,
    template: Annotated[str, typer.Argument(help="Uid, id or title of the regional template.", show_default=False)],
    to: Annotated[str, typer.Option("--to", help="Uid of the new core; the newest when left out.")] = "",
    preview: Annotated[bool, typer.Option("--preview", help="Say what would need a look, no more.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Carry a region's overlay to another version of its core; three sides are compared."""
    with desk_at(context, store) as desk:
        local = _named(desk, template)
        core = _named(desk, to) if to else _newer(desk, local)
        found = overlays.preview_upgrade(desk, local, core)
        uid = "" if preview else overlays.upgrade_overlay(desk, local, core).uid
    lines = [plural("{n} thing needs a look.", "{n} things need a look.", len(found.notes))]
    lines += [note_words(note) for note in found.notes]
    say({"template": uid, "notes": list(found.notes)}, "\n".join(lines), as_json=as_json)


def _named(desk: Desk, name: str) -> Uid:
    with desk.reader() as reader:
        return template_named(reader, name).uid


def _newer(desk: Desk, local: Uid) -> Uid:
    with desk.reader() as reader:
        template = template_named(reader, local)
        newer = overlays.newer_core(reader, template)
    if newer is None:
        raise Refusal("cli.no_newer_core", title=template.title)
    return newer.uid
