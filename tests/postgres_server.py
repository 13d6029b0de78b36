"""A PostgreSQL server for tests: Debian's programs, a data folder of its own, on a free port of this machine alone."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

PACKAGE = "postgresql"
PASSWORD = "a password of tests"


def programs() -> Path | None:
    """The folder of initdb and postgres; `None` when the package is missing."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda one: int(one.parts[-3]))
    return found[-1].parent if found else None


class Server:
    """A server on a port of its own."""

    def __init__(
        self, bin_folder: Path, folder: Path, user: pwd.struct_passwd | None, settings: tuple[str, ...]
    ) -> None:
        self.folder = folder
        self.port = _free_port()
        self._bin = bin_folder
        self._user = user
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self._made = 0

    def start_again(self) -> bool:
        """Start, and wait until it answers; false when it does not."""
        said = (f"port={self.port}", "listen_addresses=127.0.0.1", *self._settings)
        options = ["-D", self.folder / "data", f"-k{self.folder}", *(f"-c{setting}" for setting in said)]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                ["sh", "-c", _GUARD, "sh", self._bin / "postgres", *options],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                **_as(self._user),
            )
        deadline = time.monotonic() + 60
        asked = [self._bin / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        while time.monotonic() < deadline and not self._has_given_up():
            if subprocess.run(asked, check=False).returncode == 0:
                return True
            time.sleep(0.05)
        return False

    def stop(self) -> None:
        """Stop, and wait until it has."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
            self._process.wait(60)
            self._process = None

    def kill(self) -> None:
        """Let it die at once, as by a power cut; its connections end in the middle of whatever they do."""
        pid = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGQUIT)
        self.stop()

    def _has_given_up(self) -> bool:
        return b"could not bind" in (self.folder / "log").read_bytes()

    def url(self, database: str, *, password: str = PASSWORD) -> str:
        return f"postgresql+psycopg://gemba:{password.replace(' ', '%20')}@127.0.0.1:{self.port}/{database}"

    def run(self, *statements: str, database: str = "postgres") -> None:
        """Execute statements, each on its own."""
        engine = create_engine(self.url(database), isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                for statement in statements:
                    connection.execute(text(statement))
        finally:
            engine.dispose()

    def make_database(self, *, like: str = "template0", options: str = "") -> str:
        """A new database, empty or a copy of another; its name."""
        self._made += 1
        name = f"gemba_{os.getpid()}_{self._made}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {like} {options}")
        return name

    def drop(self, database: str) -> None:
        self.run(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One server for each process that runs tests; started when a test first asks for it."""
    if programs() is None:
        pytest.skip(f"Debian's package {PACKAGE} is not installed")
    with running(*_HASTY) as started:
        yield started


_HASTY = ("fsync=off", "full_page_writes=off")
"""Tests end processes, never the machine: what the system has taken is there for whoever starts next."""


@contextmanager
def running(*settings: str) -> Iterator[Server]:
    """A server, stopped at the end; its files are gone then.

    Args:
        settings: further ones, such as `max_connections=5`.
    """
    bin_folder = programs()
    assert bin_folder is not None
    folder = Path(tempfile.mkdtemp(prefix="gemba-postgres-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")))
    user = _user()
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
    try:
        _make_cluster(bin_folder, folder, user)
        server = _start(bin_folder, folder, user, settings)
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make_cluster(bin_folder: Path, folder: Path, user: pwd.struct_passwd | None) -> None:
    secret = folder / "password"
    secret.write_text(PASSWORD)
    secret.chmod(0o644)
    subprocess.run(
        [
            *(bin_folder / "initdb", "-D", folder / "data", "-U", "gemba", "-E", "UTF8", "--locale=C.UTF-8"),
            *("--auth=scram-sha-256", f"--pwfile={secret}", "--no-instructions"),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=folder,
        **_as(user),
    )


_GUARD = '"$@" & server=$!; read _; kill -INT $server; wait $server'
"""The server stops as soon as its input ends: also when whoever started it is killed."""


def _start(bin_folder: Path, folder: Path, user: pwd.struct_passwd | None, settings: tuple[str, ...]) -> Server:
    for _ in range(5):  # the free port may be taken by another before the server has it
        server = Server(bin_folder, folder, user, settings)
        if server.start_again():
            return server
        server.stop()
    raise AssertionError((folder / "log").read_text())


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _user() -> pwd.struct_passwd | None:
    """Whom the server runs as: it refuses root."""
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise AssertionError("neither a user postgres nor nobody")


def _as(user: pwd.struct_passwd | None) -> dict[str, object]:
    return {} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
