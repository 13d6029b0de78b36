"""What kept bytes are called, for lists of what travels."""

from __future__ import annotations

from typing import Literal

import msgspec

from gemba.domain.conclusions import IssuedReport
from gemba.domain.evidence import Evidence
from gemba.domain.nouns import blobs_of
from gemba.domain.templates import Template
from gemba.store.reading import Reader

KeptSort = Literal["evidence", "document"]


def kept_names(reader: Reader) -> dict[str, tuple[str, KeptSort]]:
    """Name and sort of all kept bytes, by their SHA-256: photos, reports, workbooks and forms of checklists."""
    found: dict[str, tuple[str, KeptSort]] = {}
    for template in reader.find(Template):
        called = f"{template.form_id} {template.version}".strip()
        for sha256 in blobs_of("template", msgspec.structs.asdict(template)):
            found[sha256] = (called, "document")
        found[template.source] = (template.source_name or called, "document")
    for report in reader.find(IssuedReport):
        found[report.sha256] = (report.name, "document")
    for item in reader.find(Evidence):
        found[item.sha256] = (item.name, "evidence")
    return found
