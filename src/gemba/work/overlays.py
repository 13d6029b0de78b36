"""Regional overlays over core templates: check one, lay it, and carry it to the next version of its core."""

from __future__ import annotations

import msgspec

from gemba.domain.change import Change
from gemba.domain.record import Uid
from gemba.domain.templates import Template
from gemba.errors import Refusal
from gemba.forms.book import Book, read_book, write_book
from gemba.forms.overlays.laying import Laid, lay, try_to_lay
from gemba.forms.overlays.proving import weakened
from gemba.forms.overlays.shape import About, Fault, about
from gemba.forms.overlays.starting import starting_overlay
from gemba.forms.overlays.upgrading import Upgrade, upgrade
from gemba.forms.reading import read
from gemba.store.reading import Reader
from gemba.work.desk import Desk
from gemba.work.import_template import import_template
from gemba.work.records import known


class OverlayFacts(msgspec.Struct, frozen=True):
    """What an overlay says, and what it may not."""

    core: Template
    about: About
    faults: tuple[Fault, ...]


def begin_overlay(desk: Desk, core: Uid, region: str) -> bytes:
    """A workbook to write an overlay in: one row for each item of the core, with its words beside."""
    with desk.reader() as reader:
        template = _core(reader, core)
    return write_book(starting_overlay(workbook_of(desk, template), region))


def check_overlay(desk: Desk, core: Uid, source: bytes, name: str) -> OverlayFacts:
    """Read an overlay without keeping it.

    Raises:
        Refusal: it is no overlay, or of another core.
    """
    with desk.reader() as reader:
        template = _core(reader, core)
    laid = _try(workbook_of(desk, template), source, name)
    return OverlayFacts(template, laid.about, laid.faults)


def lay_overlay(desk: Desk, core: Uid, source: bytes, name: str) -> Change:
    """Lay an overlay over a core: the two together become a template of the region.

    Raises:
        Refusal: it would drop or weaken something of the core, or what it adds is no form.
    """
    with desk.reader() as reader:
        template = _core(reader, core)
    base, overlay = workbook_of(desk, template), read_book(source, name)
    finished = write_book(lay(base, overlay))
    _demand_whole(template, base, finished)
    change = import_template(desk, finished, f"{about(overlay).region}-{template.source_name}", template.kind)
    kept, _ = desk.store.evidence.keep(source)
    with desk.unit() as unit:
        unit.change(Template, change.uid, core=core, overlay=kept, region=about(overlay).region)
        return unit.change_made(change.uid)


def newer_core(reader: Reader, template: Template) -> Template | None:
    """The newest version of the core of a regional template, if it is newer than the one below it."""
    if template.core is None:
        return None
    below = known(reader, Template, template.core)
    others = [each for each in reader.find(Template, form_id=below.form_id) if each.imported_at > below.imported_at]
    return max((each for each in others if not each.retired), key=lambda each: each.imported_at, default=None)


def preview_upgrade(desk: Desk, local: Uid, core: Uid) -> Upgrade:
    """What would become of a region's overlay over another version of its core; nothing is kept.

    Raises:
        Refusal: the template has no overlay, or the core is another form.
    """
    with desk.reader() as reader:
        template, new = known(reader, Template, local), _core(reader, core)
        if template.core is None:
            raise Refusal("work.no_overlay", title=template.title)
        old = known(reader, Template, template.core)
    overlay = read_book(desk.store.evidence.read(template.overlay), "overlay.xlsx")
    return upgrade(workbook_of(desk, old), workbook_of(desk, new), overlay)


def upgrade_overlay(desk: Desk, local: Uid, core: Uid) -> Change:
    """Lay a region's overlay over another version of its core, as `preview_upgrade` shows it.

    Raises:
        Refusal: as `preview_upgrade` and `lay_overlay`.
    """
    return lay_overlay(desk, core, write_book(preview_upgrade(desk, local, core).overlay), "overlay.xlsx")


def workbook_of(desk: Desk, template: Template) -> Book:
    """The workbook of a template as it was read: the original, or that with the repairs that were confirmed."""
    return read_book(desk.store.evidence.read(template.repaired or template.source), template.source_name)


def _try(base: Book, source: bytes, name: str) -> Laid:
    return try_to_lay(base, read_book(source, name))


def _core(reader: Reader, uid: Uid) -> Template:
    template = known(reader, Template, uid)
    if template.core is not None:
        raise Refusal("work.overlay_over_overlay", title=template.title)
    return template


def _demand_whole(template: Template, base: Book, finished: bytes) -> None:
    """Look at the finished forms, not at what the workbook says: the last word on "nothing is weakened"."""
    core = read(write_book(base), name=template.source_name)
    for path, what in weakened(core, read(finished, name=template.source_name)):
        raise Refusal("work.overlay_weakens", path=path, what=what)
