"""Packs that came, and what each of them brought."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from gemba.domain.devices import DeviceRole
from gemba.errors import Refusal
from gemba.hq.serve.drawn import page
from gemba.hq.serve.office import office_of
from gemba.packs.receipts import Receipt, read_receipt
from gemba.store import journal, lacking, packs_received, transit
from gemba.store.packs_received import ReceivedLine
from gemba.store.reading import Reader

PAGE = 50
"""Packs on a page."""
CHOICES = 200
"""Laptops that one may be chosen from."""


def listed(request: Request, _fields: FormData) -> Response:
    """The packs, newest first, page by page."""
    asked = request.query_params
    words, device, after = asked.get("q", "")[:200], asked.get("laptop", "")[:64], asked.get("after", "")[:64]
    with office_of(request).desk.reader() as reader:
        lines = packs_received.received(reader, device=device, words=words, after=after, limit=PAGE + 1)
        laptops = [(one.id, one.name) for one in transit.correspondents(reader, DeviceRole.LAPTOP)]
    if len(laptops) > CHOICES:  # nobody chooses from thousands: the search finds a laptop by its name
        laptops = [one for one in laptops if one[0] == device]
    more = lines[PAGE - 1].sha256 if len(lines) > PAGE else ""
    return page(
        request, "packs", lines=lines[:PAGE], more=more, words=words, device=device, after=after, laptops=laptops
    )


def shown(request: Request, _fields: FormData) -> Response:
    """One pack: what came with it and what is missing."""
    with office_of(request).desk.reader() as reader:
        line = packs_received.one(reader, request.path_params["sha256"])
        if line is None:
            raise Refusal("hq.no_such_page")
        receipt = _receipt(reader, line)
        missing = {one.sha256 for one in lacking.lacking(reader) if one.device == line.device}
        return page(
            request,
            "pack",
            line=line,
            receipt=receipt,
            came_later=[one for one in receipt.blobs_missing if one not in missing] if receipt else [],
            missing=[one for one in receipt.blobs_missing if one in missing] if receipt else [],
            gaps=journal.gaps(reader, line.device, line.epoch),
            brought=packs_received.brought(reader, line),
            touched=packs_received.touched(reader, line),
        )


def receipt_file(request: Request, _fields: FormData) -> Response:
    """The receipt, to be handed to the laptop in whatever way there is."""
    sha256 = request.path_params["sha256"]
    with office_of(request).desk.reader() as reader:
        taken = transit.taken_in(reader, sha256)
    if taken is None or taken.receipt is None:
        raise Refusal("hq.no_such_page")
    named = {"Content-Disposition": f'attachment; filename="{taken.sha256}.receipt"'}
    return Response(taken.receipt, media_type="application/octet-stream", headers=named)


def _receipt(reader: Reader, line: ReceivedLine) -> Receipt | None:
    taken = transit.taken_in(reader, line.sha256)
    if taken is None or taken.receipt is None:
        return None
    return read_receipt(taken.receipt, {reader.device.id: reader.device.public_key})
