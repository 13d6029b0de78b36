"""Headquarters on a PostgreSQL server publishes, rotates its keys and revokes as one in a folder does."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import new_uid, ticking_clock
from tests.postgres_server import Server

from gemba.domain.places import Place
from gemba.errors import Refusal
from gemba.hq import intake, quarantine, revoking, rotation
from gemba.hq.founding import found
from gemba.hq.publishing import publish
from gemba.work import conduct
from gemba.work.desk import Desk
from gemba.work.open_desk import make_desk, open_desk
from gemba.work.places import add_place
from gemba.work.send_pack import seal
from gemba.work.take_in import take_in
from gemba.work.take_in_publication import take_in_publication

PHRASE = "a passphrase of tests"


@pytest.fixture
def hq(server: Server, tmp_path: Path):
    name = server.make_database()
    folder = tmp_path / "hq"
    found(folder, clock=ticking_clock(), ids=new_uid, passphrase=PHRASE, database=server.url(name))
    desk = open_desk(folder, clock=ticking_clock(), ids=new_uid, passphrase=PHRASE)
    yield desk
    desk.store.close()
    server.drop(name)


def test_it_publishes_rotates_and_revokes(hq: Desk, tmp_path: Path) -> None:
    from gemba.domain.templates import Template

    laptop = make_desk(tmp_path / "laptop", clock=ticking_clock(), ids=new_uid, demo=True)
    take_in(laptop, hq.store.folder / "headquarters.card")
    with laptop.reader() as reader:
        template = reader.find(Template, kind="area_audit")[0]
    walk = conduct.start(laptop, template.uid, add_place(laptop, "Harbour branch").uid).uid
    for pack in seal(laptop):
        intake.take_in(hq, pack.file, tmp_path)
    add_place(hq, "Northern region")
    conduct.note(hq, walk, "/data/x", "headquarters asks")
    rotated = rotation.rotate(hq)
    taken = take_in_publication(laptop, publish(hq, tmp_path / "down").file)
    assert taken.packs == 2
    with laptop.reader() as reader:
        assert reader.find(Place, name="Northern region")
    assert not publish(hq, tmp_path / "down").new
    revoking.revoke(hq, laptop.store.device.id)
    add_place(laptop, "Late branch")
    [late] = seal(laptop)
    with pytest.raises(Refusal, match=r"hq\.revoked_sender"):
        intake.take_in(hq, late.file, tmp_path)
    assert quarantine.let_in(hq, late.sha256, tmp_path).new
    assert publish(hq, tmp_path / "down").version == 2
    assert rotated.current
    laptop.store.close()
