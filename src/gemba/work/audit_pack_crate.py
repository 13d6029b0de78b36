"""`ro-crate-metadata.json`: what each file of an audit pack is, for archives (RO-Crate 1.1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from gemba.packs import canonical
from gemba.packs.audit_pack_spool import Waiting

_MEDIA = {
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".pdf": "application/pdf",
    ".csv": "text/csv",
    ".txt": "text/plain",
    ".json": "application/json",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_WORDS = {"binder.pdf": "Binder: all reports, the completeness statement, the register of evidence"}


def crate(title: str, about: str, organisation: str, moment: datetime, files: Mapping[str, Waiting]) -> bytes:
    """The bytes of the description.

    Args:
        title: of the pack.
        about: what was chosen, in a line.
        organisation: whose it is; may be empty.
        moment: of the newest record.
        files: by path.
    """
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "name": title,
        "description": about,
        "datePublished": moment.isoformat().replace("+00:00", "Z"),
        "license": "All rights reserved by the organisation that issued this pack",
        "hasPart": [{"@id": path} for path in files],
    }
    graph: list[dict[str, Any]] = [
        {
            "@id": "ro-crate-metadata.json",
            "@type": "CreativeWork",
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
            "about": {"@id": "./"},
        },
        root,
    ]
    if organisation:
        root["publisher"] = {"@id": "#organisation"}
        graph.append({"@id": "#organisation", "@type": "Organization", "name": organisation})
    graph += [_file(path, one) for path, one in files.items()]
    return canonical.dumps({"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph})


def _file(path: str, one: Waiting) -> dict[str, Any]:
    name = path.rpartition("/")[2]
    described: dict[str, Any] = {
        "@id": path,
        "@type": "File",
        "name": _WORDS.get(path, name),
        "contentSize": str(one.size),
        "sha256": one.sha256,
    }
    media = _MEDIA.get(name[name.rfind(".") :])
    return described | ({"encodingFormat": media} if media else {})
