"""A headquarters whose evidence lies on a server: founded, taking in, giving out, proven."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url
from tests.carriers.servers import S3, Server, Sftp
from tests.conftest import Clock, new_uid
from tests.hq.conftest import sealed

from gemba import gemba_verify
from gemba.hq import intake
from gemba.hq.founding import found
from gemba.store import elsewhere
from gemba.store.backing_up import back_up
from gemba.store.checking import check
from gemba.store.restoring import restore
from gemba.work import audit_pack, backups, conduct
from gemba.work.attach_evidence import attach
from gemba.work.audit_pack_choice import Choice, Resolution
from gemba.work.conclude import conclude
from gemba.work.desk import Desk
from gemba.work.import_template import import_template
from gemba.work.open_desk import open_desk
from gemba.work.places import add_place
from gemba.work.take_in import take_in

PHRASE = "a passphrase of tests"
CHECKLIST = """\
| survey   |         |           |
|          | type    | name      | label         |
|          | text    | remark    | What was seen |
| settings |         |           |
|          | form_id | form_title |
|          | queue   | The queue |
"""


@pytest.fixture(scope="module", params=[Sftp, S3], ids=lambda kind: kind.sort)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = request.param(tmp_path_factory.mktemp("server"))
    started.start()
    yield started
    started.stop()


def address(server: Server) -> str:
    """Where evidence goes, as it is given to `gemba hq init --evidence`."""
    if isinstance(server, S3):
        endpoint = f"endpoint_url=http://127.0.0.1:{server.port}"
        return f"s3://steward:secret@parcels/evidence?{endpoint}&region=us-east-1"
    known = server.folder / "known"
    known.write_text(f"[127.0.0.1]:{server.port} {(server.folder / 'host.pub').read_text()}")
    return f"{server.url()}/evidence?key_file={server.folder / 'user'}&known_hosts={known}"


def test_from_founding_to_an_audit_pack(
    server: Server, desk: Desk, queue_photo: bytes, tmp_path: Path, ticking: Clock
) -> None:
    folder = tmp_path / "far"
    found(folder, clock=ticking, ids=new_uid, passphrase=PHRASE, evidence=address(server))
    take_in(desk, folder / "headquarters.card")
    place = add_place(desk, "Harbour branch").uid
    audit = conduct.start(desk, import_template(desk, CHECKLIST.encode(), "queue.md").uid, place).uid
    attach(desk, audit, queue_photo, "queue.jpg")
    conduct.answer(desk, audit, conduct.open_sheet(desk, audit).fill.resolve("remark"), "Three wait")
    conclude(desk, audit)
    [pack] = sealed(desk)

    there = open_desk(folder, clock=ticking, ids=new_uid, passphrase=PHRASE)
    try:
        taken = intake.take_in(there, pack, tmp_path)
        take_in(desk, taken.receipt)
        assert check(there.store) == []
        assert not [file for file in (folder / "evidence").rglob("*") if file.is_file()]
        choice = Choice(first=date(2020, 1, 1), last=date(2100, 1, 1), evidence=Resolution.ORIGINAL)
        made = audit_pack.make(there, choice, tmp_path)
        back_up(there.store, tmp_path / "hq.backup", passphrase=PHRASE)
    finally:
        there.store.close()
    restore(tmp_path / "hq.backup", tmp_path / "back", passphrase=PHRASE)
    assert elsewhere.place_of_evidence(tmp_path / "back") == elsewhere.shown(make_url(address(server)))
    back = open_desk(tmp_path / "back", clock=lambda: ticking() + timedelta(days=2), ids=new_uid, passphrase=PHRASE)
    try:
        assert check(back.store) == []
        made_by_itself = backups.make_if_due(back)
        assert made_by_itself is not None
        assert made_by_itself.files
    finally:
        back.store.close()
    assert (made.evidence, made.absent) == (1, {})
    assert gemba_verify.verify(made.file)["level"] == "whole"
    with zipfile.ZipFile(made.file) as opened:
        assert any(name.startswith("data/evidence/") for name in opened.namelist())
