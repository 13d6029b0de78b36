"""Stores for tests: one is prepared once, each test works on a copy of its folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.postgres_server import Server
from uuid_utils import uuid7

from gemba.domain.assessments import Answer, Assessment, answer_uid
from gemba.domain.findings import Finding, FindingGrade
from gemba.domain.people import Person
from gemba.domain.places import Place
from gemba.domain.templates import Template
from gemba.store import elsewhere, keys, opening
from gemba.store.opening import Store

KEY = bytes(range(32))


class Time:
    """A clock that stands still until it is told to move."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **parts: float) -> None:
        self.now += timedelta(**parts)


class Records:
    """Makes records that refer to one another, and writes them."""

    def __init__(self, time: Time) -> None:
        self.time = time
        self.person = Person(uid=self.uid(), name="Ana")
        self.place = Place(uid=self.uid(), name="Site North")
        self.template = Template(
            uid=self.uid(),
            form_id="walk",
            version="1",
            title="Walk",
            kind="walk",
            source="a" * 64,
            source_name="walk.xlsx",
            xform="b" * 64,
            languages=("en", "el"),
            imported_at=time(),
        )

    def uid(self) -> str:
        return str(uuid7())

    def begin(self, store: Store) -> Assessment:
        """Person, place, template and a draft assessment."""
        with store.unit(self.person.uid) as unit:
            for record in (self.person, self.place, self.template):
                unit.put(record)
        return self.assessment(store)

    def assessment(self, store: Store, title: str = "Morning walk", **fields: object) -> Assessment:
        with store.unit(self.person.uid) as unit:
            made = Assessment(
                uid=self.uid(),
                number=unit.number(Assessment),
                template=self.template.uid,
                kind="walk",
                title=title,
                place=fields.pop("place", self.place.uid),  # type: ignore[arg-type]
                person=self.person.uid,
                started_at=self.time(),
                **fields,  # type: ignore[arg-type]
            )
            unit.put(made)
        return made

    def answer(self, store: Store, assessment: Assessment, path: str, value: str) -> str:
        uid = answer_uid(assessment.uid, path)
        with store.unit(self.person.uid) as unit:
            if unit.get(Answer, uid) is None:
                unit.put(Answer(uid=uid, assessment=assessment.uid, path=path, value=value))
            else:
                unit.change(Answer, uid, value=value)
        return uid

    def finding(self, store: Store, assessment: Assessment, text: str = "A light is out", **fields: object) -> Finding:
        with store.unit(self.person.uid) as unit:
            made = Finding(
                uid=self.uid(),
                number=unit.number(Finding),
                assessment=assessment.uid,
                place=fields.pop("place", assessment.place),  # type: ignore[arg-type]
                criterion="All lights work",
                grade=fields.pop("grade", FindingGrade.MINOR),  # type: ignore[arg-type]
                text=text,
                raised_at=self.time(),
                person=self.person.uid,
                **fields,  # type: ignore[arg-type]
            )
            unit.put(made)
        return made


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def records(time: Time) -> Records:
    return Records(time)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what is marked with `on_both` and works on a store with both kinds of database."""
    if metafunc.definition.get_closest_marker("on_both") and "kind" in metafunc.fixturenames:
        metafunc.parametrize("kind", ["embedded", "postgres"], indirect=True)


@pytest.fixture
def kind(request: pytest.FixtureRequest) -> str:
    """Where the stores of a test lie: `embedded` in their folder, unless it is marked with `on_both`."""
    return str(getattr(request, "param", "embedded"))


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("prepared") / "store"
    opening.create(folder, KEY, clock=Time(), device_name="Laptop", reserve=0).close()
    return folder


@pytest.fixture
def key() -> bytes:
    return KEY


@pytest.fixture(scope="session")
def prepared_there(server: Server, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A store on the server: its folder, and the database that each test copies."""
    folder, name = tmp_path_factory.mktemp("prepared") / "there", server.make_database()
    at = elsewhere.of(KEY, server.url(name))
    opening.create(folder, KEY, clock=Time(), device_name="Laptop", reserve=0, at=at).close()
    return folder, name


@pytest.fixture
def folder(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    if kind == "embedded":
        yield Path(shutil.copytree(request.getfixturevalue("prepared"), tmp_path / "store"))
        return
    server: Server = request.getfixturevalue("server")
    prepared, like = request.getfixturevalue("prepared_there")
    made, name = Path(shutil.copytree(prepared, tmp_path / "store")), server.make_database(like=like)
    elsewhere.write(made, elsewhere.of(KEY, server.url(name)))
    yield made
    server.drop(name)


@pytest.fixture
def store(folder: Path, time: Time) -> Iterator[Store]:
    opened = opening.open_store(folder, KEY, clock=time, reserve=0)
    yield opened
    opened.close()


@pytest.fixture
def another(kind: str, tmp_path: Path, time: Time, request: pytest.FixtureRequest) -> Iterator[Callable[[str], Store]]:
    """Makes further stores, each with an identity of its own."""
    made: list[Store] = []
    databases: list[str] = []

    def make(name: str) -> Store:
        at = None
        if kind == "postgres":
            server: Server = request.getfixturevalue("server")
            databases.append(server.make_database())
            at = elsewhere.of(KEY, server.url(databases[-1]))
        made.append(opening.create(tmp_path / name, KEY, clock=time, device_name=name, reserve=0, at=at))
        return made[-1]

    yield make
    for one in made:
        one.close()
    for database in databases:
        request.getfixturevalue("server").drop(database)


@pytest.fixture
def clone(kind: str, tmp_path: Path, time: Time, request: pytest.FixtureRequest) -> Callable[[Store], Store]:
    """Opens a copy of a store, as a copied disk or a restored dump would be: two now have one identity."""

    def make(store: Store) -> Store:
        copy = Path(shutil.copytree(store.folder, tmp_path / "clone"))
        if kind == "postgres":
            server: Server = request.getfixturevalue("server")
            at = elsewhere.read(copy)
            assert at is not None
            store._reading.dispose()  # a database that somebody is connected to cannot be copied
            store._writing.dispose()
            name = server.make_database(like=at.database.rpartition("/")[2])
            request.addfinalizer(lambda: server.drop(name))
            elsewhere.write(copy, elsewhere.of(KEY, server.url(name)))
        opened = opening.open_store(copy, KEY, clock=time, reserve=0)
        request.addfinalizer(opened.close)
        return opened

    return make


@pytest.fixture
def real(tmp_path: Path, time: Time, records: Records) -> Iterator[tuple[Store, Assessment, str]]:
    """A store with keys, records, evidence and a preview."""
    folder = tmp_path / "real"
    key = keys.make_key(folder, passphrase=None, demo=True)
    store = opening.create(folder, key, clock=time, device_name="Laptop", reserve=0)
    draft = records.begin(store)
    records.answer(store, draft, "/data/a", "1")
    sha256, _ = store.evidence.keep(b"photo")
    store.evidence.keep_preview(sha256, 320, b"small")
    (folder / "outbox" / ("d" * 64 + ".gemba")).write_bytes(b"sealed")
    yield store, draft, sha256
    store.close()
