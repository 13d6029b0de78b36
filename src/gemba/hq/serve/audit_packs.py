"""Audit packs that were made here, to be downloaded; a download that was cut goes on where it stopped."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import msgspec
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from gemba.errors import Refusal
from gemba.hq.serve.drawn import page
from gemba.hq.serve.office import Office, office_of

FOLDER = "audit-packs"
"""Below the store."""


class AuditPackFile(msgspec.Struct, frozen=True):
    """One that can be downloaded."""

    name: str
    size: int
    made_at: datetime


def listed(request: Request, _fields: FormData) -> Response:
    """All of them, newest first."""
    return page(request, "audit_packs", files=_files(office_of(request)))


def download(request: Request, _fields: FormData) -> Response:
    """One file; only a name that stands in the list leads anywhere."""
    office, name = office_of(request), request.path_params["name"]
    if all(file.name != name for file in _files(office)):
        raise Refusal("hq.no_such_page")
    return FileResponse(_folder(office) / name, media_type="application/octet-stream", filename=name)


def _folder(office: Office) -> Path:
    return office.desk.store.folder / FOLDER


def _files(office: Office) -> list[AuditPackFile]:
    folder = _folder(office)
    if not folder.is_dir():
        return []
    found = []
    for file in folder.iterdir():
        if file.is_file() and not file.is_symlink() and not file.name.startswith(".") and file.suffix != ".part":
            facts = file.stat()
            found.append(AuditPackFile(file.name, facts.st_size, datetime.fromtimestamp(facts.st_mtime, UTC)))
    return sorted(found, key=lambda one: (one.made_at, one.name), reverse=True)
