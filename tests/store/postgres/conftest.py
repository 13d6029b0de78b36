"""Stores on a PostgreSQL server that the tests start; one is prepared once, each test works on a copy."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.postgres_server import Server


@pytest.fixture
def kind() -> str:
    return "postgres"


@pytest.fixture
def database(server: Server) -> Iterator[str]:
    """An empty database."""
    name = server.make_database()
    yield name
    server.drop(name)
