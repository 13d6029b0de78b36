"""Passwords and certificates, against servers that really ask for them."""

from __future__ import annotations

import asyncio
import datetime as dt
import http.server
import ipaddress
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import asyncssh
import pytest
from tests.carriers.servers import PASSWORD, USER

from gemba import wording
from gemba.carriers import parcel
from gemba.carriers.openrosa import Server, Submission
from gemba.carriers.place import open_place
from gemba.errors import GembaError, Trouble


class AsksForPassword(asyncssh.SSHServer):
    def begin_auth(self, username: str) -> bool:
        return bool(username)

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == (USER, PASSWORD)


@pytest.fixture
def ssh(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """An SSH server that is not OpenSSH and asks for a password; gives its URL and its key."""
    key = asyncssh.generate_private_key("ecdsa-sha2-nistp256")
    served = tmp_path / "served"
    served.mkdir()
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def start() -> asyncssh.SSHAcceptor:
        return await asyncssh.listen(
            "127.0.0.1",
            0,
            server_factory=AsksForPassword,
            server_host_keys=[key],
            sftp_factory=lambda chan: asyncssh.SFTPServer(chan, chroot=str(served).encode()),
        )

    server = asyncio.run_coroutine_threadsafe(start(), loop).result(20)
    yield f"sftp://{USER}@127.0.0.1:{server.get_port()}/", key.export_public_key().decode()

    async def stop() -> None:
        server.close()
        await server.wait_closed()

    asyncio.run_coroutine_threadsafe(stop(), loop).result(20)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(20)
    loop.close()


def test_a_password_opens_an_ssh_server_and_a_wrong_one_does_not(ssh, pack, tmp_path):
    url, key = ssh
    with open_place(url, {"host_key": key}, PASSWORD) as place:
        parcel.push(pack, place, part_size=500_000)
        assert len(parcel.gather(place, tmp_path)) == 1
    for wrong in ("another", None):
        with pytest.raises(Trouble, match=r"carriers\.wrong_password"):
            open_place(url, {"host_key": key}, wrong)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate that only headquarters knows, with its key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "headquarters")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder(name, name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (tmp_path / "headquarters.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (tmp_path / "both.pem").write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return tmp_path / "headquarters.pem"


class Answers(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in the standard library
        """Say nothing."""

    def do_PROPFIND(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = b'<d:multistatus xmlns:d="DAV:"/>'
        self.send_response(207)
        self.send_header("Content-Type", "application/xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_HEAD(self) -> None:
        self.send_response(204)
        self.send_header("X-OpenRosa-Version", "1.0")
        self.end_headers()


@pytest.fixture
def secured(certificate: Path) -> Iterator[int]:
    """The port of a server with that certificate."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.with_name("both.pem"))
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def refused(error: GembaError) -> bool:
    assert "certificate=FILE" in wording.sentence(error)
    return error.code == "carriers.bad_certificate"


def test_a_certificate_that_nobody_vouches_for_is_told_and_headquarters_own_is_believed(secured, certificate):
    url, own = f"webdavs://127.0.0.1:{secured}/dav", {"certificate": str(certificate)}
    with open_place(url) as place, pytest.raises(Trouble) as caught:
        place.check()
    assert refused(caught.value)
    with open_place(url, own) as place:
        place.check()
    with pytest.raises(Trouble, match=r"carriers\.certificate_file"):
        open_place(url, {"certificate": str(certificate.with_name("nothing.pem"))})


def test_so_it_is_with_an_openrosa_server(secured, certificate):
    url = f"https://127.0.0.1:{secured}/x"
    with Server(url) as server, pytest.raises(Trouble) as caught:
        server.send(Submission("uuid:1", b"<x/>"))
    assert refused(caught.value)
    with Server(url, {"certificate": str(certificate)}) as server:
        server.check()


def test_so_it_is_with_an_s3_compatible_store(secured, certificate):
    options = {"endpoint": f"https://127.0.0.1:{secured}", "key": "k", "timeout": 5}
    with open_place("s3://bucket", options, "secret") as place, pytest.raises(Trouble) as caught:
        place.check()
    assert refused(caught.value)
