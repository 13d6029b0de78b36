"""The page for stewards of a headquarters on PostgreSQL, which keeps no NUL in a text."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import new_uid, ticking_clock
from tests.hq.postgres.test_headquarters_there import PHRASE, database, founded, gemba
from tests.hq.serve.conftest import DEADLINE, PASSWORD, Visitor

from gemba.hq.serve.office import Rules
from gemba.hq.serve.serving import server as page_server
from gemba.hq.stewards import add_steward
from gemba.store.stewards import StewardRole
from gemba.work.open_desk import open_desk

__all__ = ["database", "founded", "gemba"]


@pytest.fixture
def visitor(founded: Path) -> Iterator[Visitor]:
    hq = open_desk(founded, clock=ticking_clock(), ids=new_uid, passphrase=PHRASE)
    add_steward(hq, "Ada", PASSWORD, role=StewardRole.ADMINISTRATOR)
    ports: list[int] = []
    listening = threading.Event()

    def ready(port: int) -> None:
        ports.append(port)
        listening.set()

    running = page_server(hq, Rules(), ("127.0.0.1", 0), ready)
    thread = threading.Thread(target=running.serve_all)
    thread.start()
    assert listening.wait(DEADLINE)
    yield Visitor(ports[0])
    running.should_exit = True
    thread.join(DEADLINE)
    hq.store.close()


def test_a_nul_gets_a_sentence_wherever_it_stands(visitor: Visitor) -> None:
    at_the_door = visitor.sign_in("a\0b")
    assert (at_the_door.status, "no text can hold" in at_the_door.text) == (400, True)
    assert visitor.sign_in("Ada").status == 303
    for path in (
        "/?q=%00",
        "/packs?q=%00",
        "/packs?laptop=%00",
        "/packs?after=%00",
        "/packs/%00",
        "/packs/%00/receipt",
        "/records/findings?q=%00",
        "/records/findings?place=%00",
        "/conflicts/finding/%00",
        "/dashboard?place=%00",
        "/nowhere?%00=1",
    ):
        answer = visitor.get(path)
        assert (answer.status, "no text can hold" in answer.text) == (400, True), path
    decided = visitor.post("/quarantine/%00", {"decision": "let-in"}, page="/")
    assert (decided.status, "no text can hold" in decided.text) == (400, True)
    assert visitor.get("/packs?q=whole").status == 200
