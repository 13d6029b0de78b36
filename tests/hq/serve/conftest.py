"""A real server on this computer, and a visitor who keeps cookies and follows nothing by itself."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest
from tests.conftest import new_uid, ticking_clock
from tests.hq.conftest import sealed, walk

from gemba.domain.findings import Finding, FindingGrade
from gemba.hq import intake
from gemba.hq.serve.office import Rules, Visit
from gemba.hq.serve.serving import Server, server
from gemba.hq.stewards import add_steward
from gemba.store import stewards
from gemba.store.stewards import Steward, StewardRole
from gemba.work.desk import Desk
from gemba.work.open_desk import open_desk

PASSWORD = "correct horse battery"
DEADLINE = 90.0


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def leads_to(self) -> str:
        return self.headers.get("location", "")


@dataclass
class Visitor:
    """A browser without a screen."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, fields: dict[str, str], *, page: str = "", **headers: str) -> Answer:
        """Send a form as its page has it: with the token that stands in the page."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.get(page or path).text)
        assert token is not None
        return self.send(path, fields | {"csrf_token": token[1]}, **headers)

    def send(self, path: str, fields: dict[str, str], **headers: str) -> Answer:
        """Send whatever one likes."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, urlencode(fields), kind | headers)

    def send_parts(self, path: str, fields: dict[str, str], *, charset: str) -> Answer:
        """Send a form in parts, as no page of ours does."""
        parts = (f'--part\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{fields[name]}' for name in fields)
        kind = {"Content-Type": f"multipart/form-data; boundary=part; charset={charset}"}
        return self._ask("POST", path, "\r\n".join([*parts, "--part--\r\n"]), kind)

    def sign_in(self, name: str, password: str = PASSWORD) -> Answer:
        return self.post("/sign-in", {"name": name, "password": password, "next": "/"})

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=DEADLINE)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            found = Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
            for name, value in response.getheaders():
                if name.lower() == "set-cookie":
                    cookie, _, rest = value.partition(";")
                    key, _, content = cookie.partition("=")
                    self.cookies[key] = content
                    if "1970" in rest:
                        del self.cookies[key]
            return found
        finally:
            connection.close()


Serving = Callable[..., int]


@pytest.fixture
def visits() -> list[Visit]:
    """What was told of the door."""
    return []


@pytest.fixture
def serving(hq: Desk, visits: list[Visit]) -> Iterator[Serving]:
    """Starts a server over headquarters' store; gives its port."""
    running: list[tuple[Server, threading.Thread]] = []

    def start(rules: Rules | None = None) -> int:
        ports: list[int] = []
        listening = threading.Event()

        def ready(port: int) -> None:
            ports.append(port)
            listening.set()

        one = server(hq, rules or Rules(), ("127.0.0.1", 0), ready, tell=visits.append)
        thread = threading.Thread(target=one.serve_all)
        thread.start()
        running.append((one, thread))
        assert listening.wait(DEADLINE)
        return ports[0]

    yield start
    for one, thread in running:
        one.should_exit = True
        thread.join(DEADLINE)


@pytest.fixture
def visitor(serving: Serving, people: None) -> Visitor:
    return Visitor(serving())


@pytest.fixture(scope="session")
def known_people(prepared_headquarters: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Steward]:
    """One of each role, added once: a hash of a password takes a quarter of a second on purpose."""
    folder = shutil.copytree(prepared_headquarters, tmp_path_factory.mktemp("stewards") / "hq")
    desk = open_desk(folder, clock=ticking_clock(), ids=new_uid)
    for name, role in (("Vera", "viewer"), ("Stewart", "steward"), ("Ada", "administrator")):
        add_steward(desk, name, PASSWORD, role=StewardRole(role))
    with desk.reader() as reader:
        known = stewards.stewards(reader)
    desk.store.close()
    return known


@pytest.fixture
def people(hq: Desk, known_people: list[Steward]) -> None:
    """One of each role, and one for a region."""
    with hq.reader() as reader:
        from gemba.domain.places import Place

        has_north = bool(reader.find(Place, name="North"))
    with hq.unit() as unit:
        for one in known_people:
            stewards.add(unit, one)
    if has_north:
        add_steward(hq, "Nora", PASSWORD, role=StewardRole.STEWARD, region="North")


@pytest.fixture
def taken(hq: Desk, laptop: Desk, queue_photo: bytes, tmp_path_factory: pytest.TempPathFactory) -> intake.SignedFor:
    """A pack with findings in two regions, of which headquarters has changed the first since, as the laptop has."""
    out = tmp_path_factory.mktemp("down")
    walk(laptop, queue_photo, region="North", site="Harbour branch")
    walk(laptop, queue_photo, region="South", site="Mill <branch> & sons")
    first = intake.take_in(hq, sealed(laptop)[0], out)
    with hq.reader() as reader:
        north = reader.find(Finding)[0].uid
    with hq.unit() as unit:
        unit.change(Finding, north, grade=FindingGrade.CONFORMITY, text="Nobody waited")
    with laptop.unit() as unit:
        unit.change(Finding, north, grade=FindingGrade.MINOR, text="Eight <b>waited</b>")
    intake.take_in(hq, sealed(laptop)[0], out)
    return first
