"""Files that have not arrived are named by the record that they belong to, unless it is judged blind still."""

from __future__ import annotations

from tests.work.auditing import judge
from tests.work.conducting import ready

from gemba.domain.evidence import Evidence
from gemba.domain.programmes import Audit
from gemba.domain.templates import Template
from gemba.store import lacking
from gemba.ui.pages.headquarters_behind import missing_files
from gemba.work import conduct
from gemba.work.attach_evidence import attach


def told(desk):
    """All words of the list of missing files, and what it leads to."""
    (part,) = missing_files("2", "Files missing", 2).read(desk)
    return set(part.words.values()), set(part.records)


def test_a_file_of_a_blind_judgement_is_told_by_its_hash_alone(desk, queue_photo, sideways_photo):
    made = ready(desk, decisions=2, goals=1, double=2)
    with desk.reader() as reader:
        template = reader.find(Template, kind="area_audit")[0].uid
    assessment = conduct.start(desk, template, made.place).uid
    said = judge(desk, made.audit, made.decisions[0], made.goals[0])
    blind = attach(desk, assessment, queue_photo, "till three overrode.jpg").uid
    free = attach(desk, assessment, sideways_photo, "shelf.jpg").uid
    with desk.unit() as unit:
        unit.change(Audit, made.audit, assessment=assessment)
        unit.change(Evidence, blind, subject=f"judgement:{said}", stance="against")
        sha256s = {uid: unit.get(Evidence, uid).sha256 for uid in (blind, free)}
        lacking.note(unit, sha256s.values(), device=desk.store.device.id, pack="0" * 64)
    words, records = told(desk)
    assert words == {sha256s[blind][:16], f"shelf.jpg · {sha256s[free][:16]}"}
    assert records == {("file", sha256s[blind]), ("evidence", free)}
    with desk.unit() as unit:
        unit.change(Audit, made.audit, lead_handed_in_at=desk.clock(), second_handed_in_at=desk.clock())
    words, records = told(desk)
    assert f"till three overrode.jpg · {sha256s[blind][:16]}" in words
    assert ("evidence", blind) in records
