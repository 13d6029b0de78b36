"""A server of each sort, started once, and a fresh place on it for each test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.carriers.servers import SERVERS, Server

from gemba.carriers.place import Place, open_place


@dataclass
class Far:
    """A fresh folder on a server."""

    server: Server
    name: str

    @property
    def url(self) -> str:
        return f"{self.server.url()}/{self.name}"

    def open(self, secret: str | None = None) -> Place:
        return open_place(self.url, self.server.options(), secret or self.server.secret)


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Server]]:
    """Servers that run already, by sort."""
    found: dict[str, Server] = {}
    yield found
    for server in found.values():
        server.stop()


@pytest.fixture(params=list(SERVERS))
def far(request: pytest.FixtureRequest, running: dict[str, Server], tmp_path_factory: pytest.TempPathFactory) -> Far:
    sort = request.param
    if sort not in running:
        server = SERVERS[sort](tmp_path_factory.mktemp(sort))
        server.start()
        running[sort] = server
    server = running[sort]
    if server.process is None and sort != "folder":
        server.start()
    name = f"place-{os.urandom(4).hex()}"
    (server.served / name).mkdir()
    return Far(server, name)


@pytest.fixture
def place(far: Far) -> Iterator[Place]:
    with far.open() as place:
        yield place


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A file of 1.3 MB that is pushed in parts of 256 KiB."""
    file = tmp_path / "pack.gemba"
    file.write_bytes(os.urandom(1_300_000))
    return file
