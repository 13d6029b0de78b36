"""Real servers on this machine alone, each in a process of its own that can be stopped and started again."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

USER, PASSWORD = "steward", "a pass word"
DEADLINE = 90.0


LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_PR_SET_PDEATHSIG = 1


def end_with_parent() -> None:
    """Let a server end when the tests do, even if these are killed."""
    assert LIBC is not None
    LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def until(said: Callable[[], bool], what: str, seconds: float = DEADLINE) -> None:
    end = time.monotonic() + seconds
    while not said():
        if time.monotonic() > end:
            raise AssertionError(f"{what} took longer than {seconds} s")
        time.sleep(0.02)


def answers(port: int) -> bool:
    with socket.socket() as caller:
        caller.settimeout(0.5)
        return caller.connect_ex(("127.0.0.1", port)) == 0


def descendants(pid: int) -> list[int]:
    """The processes that a process has started, and those that they have."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parents.setdefault(int(stat.read_text().rpartition(")")[2].split()[1]), []).append(int(stat.parent.name))
    found = [pid]
    for one in found:
        found += parents.get(one, [])
    return found[1:]


class Server:
    """A server that carries files.

    Args:
        folder: its own, with configuration and log; what it serves is `folder/"served"`.
    """

    sort = ""
    secret: str | None = PASSWORD
    wrong: str | None = "another pass word"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.served = folder / "served"
        self.served.mkdir(parents=True)
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self.prepare()

    def prepare(self) -> None:
        """Write the configuration."""

    def command(self) -> list[str]:
        raise NotImplementedError

    def url(self, port: int | None = None) -> str:
        raise NotImplementedError

    def options(self, port: int | None = None) -> dict[str, Any]:
        del port
        return {}

    def start(self) -> None:
        log = (self.folder / "log").open("ab")
        self.process = subprocess.Popen(
            self.command(),
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=end_with_parent if LIBC else None,  # noqa: PLW1509 - one call of the system, no lock is taken
        )
        log.close()
        until(lambda: answers(self.port), f"{self.sort} {self.log()}")

    def stop(self) -> None:
        if self.process is not None:
            for pid in [*descendants(self.process.pid), self.process.pid]:  # sshd and smbd have children, one a line
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            self.process.wait(DEADLINE)
            self.process = None

    def log(self) -> str:
        return (self.folder / "log").read_text("utf-8", "replace")[-2000:]


class Sftp(Server):
    sort = "sftp"
    secret = None
    wrong = None

    def prepare(self) -> None:
        if not Path("/usr/sbin/sshd").exists():
            pytest.skip("sshd is missing: Debian's package openssh-server")
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(exist_ok=True)
        for name in ("host", "user", "other"):
            command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(self.folder / name)]
            subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
        self.write("host")

    def write(self, host: str) -> None:
        """Configure the server with one of its host keys."""
        (self.folder / "sshd_config").write_text(
            textwrap.dedent(f"""
                Port {self.port}
                ListenAddress 127.0.0.1
                HostKey {self.folder / host}
                PidFile {self.folder / "pid"}
                AuthorizedKeysFile {self.folder / "user.pub"}
                StrictModes no
                UsePAM no
                PasswordAuthentication no
                MaxStartups 100
                Subsystem sftp internal-sftp
            """)
        )

    def command(self) -> list[str]:
        return ["/usr/sbin/sshd", "-D", "-e", "-f", str(self.folder / "sshd_config")]

    def url(self, port: int | None = None) -> str:
        user = subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()
        return f"sftp://{user}@127.0.0.1:{port or self.port}{self.served}"

    def options(self, port: int | None = None) -> dict[str, Any]:
        del port
        return {"key_file": str(self.folder / "user"), "host_key": (self.folder / "host.pub").read_text()}


WEBDAV = """
import sys
from cheroot import wsgi
from wsgidav.wsgidav_app import WsgiDAVApp
port, served, user, password = int(sys.argv[1]), *sys.argv[2:5]
app = WsgiDAVApp({
    "provider_mapping": {"/dav": served},
    "simple_dc": {"user_mapping": {"*": {user: {"password": password}}}},
    "http_authenticator": {"accept_basic": True, "accept_digest": True, "default_to_digest": False},
    "verbose": 1, "logging": {"enable_loggers": []},
})
wsgi.Server(("127.0.0.1", port), app, numthreads=8).start()
"""


class Webdav(Server):
    sort = "webdav"

    def command(self) -> list[str]:
        return [sys.executable, "-c", WEBDAV, str(self.port), str(self.served), USER, PASSWORD]

    def url(self, port: int | None = None) -> str:
        return f"webdav://{USER}@127.0.0.1:{port or self.port}/dav"


class Smb(Server):
    sort = "smb"

    def prepare(self) -> None:
        if not shutil.which("smbd", path="/usr/sbin:/usr/bin"):
            pytest.skip("smbd is missing: Debian's package samba")
        if os.geteuid() != 0:
            pytest.skip("smbd takes sign-ins of this user only when it is started by root")
        for name in ("private", "run", "state", "cache", "lock"):
            (self.folder / name).mkdir()
        self.config = self.folder / "smb.conf"
        self.config.write_text(
            textwrap.dedent(f"""
                [global]
                workgroup = WORKGROUP
                server role = standalone server
                interfaces = 127.0.0.1
                bind interfaces only = yes
                smb ports = {self.port}
                private dir = {self.folder}/private
                pid directory = {self.folder}/run
                state directory = {self.folder}/state
                cache directory = {self.folder}/cache
                lock directory = {self.folder}/lock
                ncalrpc dir = {self.folder}/run/ncalrpc
                log file = {self.folder}/smb.log
                passdb backend = tdbsam:{self.folder}/private/passdb.tdb
                username map = {self.folder}/users
                disable spoolss = yes
                load printers = no
                map to guest = never
                [share]
                path = {self.served}
                read only = no
                force user = root
            """)
        )
        (self.folder / "users").write_text(f"root = {USER}\n")
        subprocess.run(
            ["smbpasswd", "-c", str(self.config), "-s", "-a", "root"],
            input=f"{PASSWORD}\n{PASSWORD}\n".encode(),
            check=True,
            capture_output=True,
        )

    def command(self) -> list[str]:
        return ["/usr/sbin/smbd", "--foreground", "--no-process-group", "--configfile", str(self.config)]

    def url(self, port: int | None = None) -> str:
        return f"smb://{USER}@127.0.0.1:{port or self.port}/share"


class S3(Server):
    sort = "s3"
    wrong = None  # moto lets everybody in

    def command(self) -> list[str]:
        return [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self.port)]

    def start(self) -> None:
        super().start()
        import urllib.request

        ask = urllib.request.Request(f"http://127.0.0.1:{self.port}/parcels", method="PUT")
        with urllib.request.urlopen(ask) as answer:
            assert answer.status == 200

    def url(self, port: int | None = None) -> str:
        del port
        return "s3://parcels/gemba"

    def options(self, port: int | None = None) -> dict[str, Any]:
        return {"endpoint": f"http://127.0.0.1:{port or self.port}", "key": "steward", "timeout": 10}


class Folder(Server):
    sort = "folder"
    secret = None
    wrong = None

    def start(self) -> None:
        self.served.mkdir(exist_ok=True)

    def stop(self) -> None:
        """A stick is pulled out: it keeps what is on it."""

    def url(self, port: int | None = None) -> str:
        del port
        return str(self.served)


SERVERS: dict[str, type[Server]] = {each.sort: each for each in (Folder, Sftp, Webdav, Smb, S3)}
