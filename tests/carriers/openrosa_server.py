"""A strict OpenRosa server: it takes what the standard says and nothing else, and remembers what it was sent."""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.request import parse_http_list
from xml.etree import ElementTree as ET

USER, PASSWORD = "auditor", "a pass word"
REALM = "forms"


@dataclass
class Taken:
    """A submission that arrived."""

    xml: bytes
    media: dict[str, bytes] = field(default_factory=dict)
    complete: bool = False
    requests: int = 0


@dataclass
class State:
    """What the server is, and what it holds."""

    auth: str = "digest"
    most: int | None = None
    forms: set[str] | None = None
    page: bool = False
    """Answers everything with 200 and a page, as the gate of a hotel does."""
    location: str | None = None
    say: int | None = None
    cut_after: int | None = None
    """Requests after which the line is cut before the answer."""
    taken: dict[str, Taken] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    nonces: set[str] = field(default_factory=set)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    state: State

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in the standard library
        """Say nothing."""

    def do_HEAD(self) -> None:
        if self.state.page:
            self._answer(200, b"<html>Welcome to the hotel</html>")
            return
        if not self._is_let_in():
            return
        self._rules()
        self.send_response(204)
        self._openrosa()
        if self.state.location:
            self.send_header("Location", self.state.location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.state.page:
            self._answer(200, b"<html>Welcome to the hotel</html>")
        elif self._is_let_in():
            self._rules()
            if self.state.most is not None and len(body) > self.state.most:
                self._answer(413, b"")
            elif self.state.say is not None:
                self._answer(self.state.say, response("The server is tired."))
            else:
                self._take(body)

    def _take(self, body: bytes) -> None:
        kind = self.headers["Content-Type"]
        whole = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
        if whole.get_content_type() != "multipart/form-data":
            self.state.faults.append(f"content type {kind}")
        parts = {part.get_param("name", header="content-disposition"): part for part in whole.iter_parts()}
        first = next(iter(parts))
        if first != "xml_submission_file" or parts[first].get_content_type() != "text/xml":
            self.state.faults.append(f"the first part is {first}")
        xml = parts.pop("xml_submission_file").get_payload(decode=True)
        more = parts.pop("*isIncomplete*", None)
        if more is not None and more.get_payload(decode=True) != b"yes":
            self.state.faults.append("*isIncomplete* is not yes")
        media = {name: part.get_payload(decode=True) for name, part in parts.items()}
        for name, part in parts.items():
            if part.get_filename() != name:
                self.state.faults.append(f"{name} is the file {part.get_filename()}")
        self._keep(xml, media, complete=more is None)

    def _keep(self, xml: bytes, media: dict[str, bytes], *, complete: bool) -> None:
        root = ET.fromstring(xml)
        instance = next(one.text for one in root.iter() if one.tag.rpartition("}")[2] == "instanceID")
        if self.state.forms is not None and root.attrib["id"] not in self.state.forms:
            self._answer(404, response(f"form {root.attrib['id']} not found"))
            return
        known = self.state.taken.get(instance)
        if known is not None and known.xml != xml:
            self._answer(409, response("A submission with this id and other answers is here already."))
            return
        taken = self.state.taken.setdefault(instance, Taken(xml))
        again = known is not None and not set(media) - set(known.media)
        taken.media |= media
        taken.complete |= complete
        taken.requests += 1
        if self.state.cut_after is not None and sum(one.requests for one in self.state.taken.values()) > (
            self.state.cut_after
        ):
            self.state.cut_after = None
            self.close_connection = True
            self.connection.close()
            return
        self._answer(202 if again else 201, response("Thank you."))

    def _rules(self) -> None:
        if self.headers["X-OpenRosa-Version"] != "1.0":
            self.state.faults.append("no X-OpenRosa-Version")
        if not self.headers["Date"]:
            self.state.faults.append("no Date")

    def _is_let_in(self) -> bool:
        given = self.headers["Authorization"] or ""
        if self.state.auth == "none" or (self._digest(given) if self.state.auth == "digest" else basic(given)):
            return True
        self.send_response(401)
        self._openrosa()
        if self.state.auth == "digest":
            nonce = secrets.token_hex(8)
            self.state.nonces.add(nonce)
            self.send_header("WWW-Authenticate", f'Digest realm="{REALM}", qop="auth", algorithm=MD5, nonce="{nonce}"')
        else:
            self.send_header("WWW-Authenticate", f'Basic realm="{REALM}"')
        self.send_header("Content-Length", "0")
        self.end_headers()
        return False

    def _digest(self, given: str) -> bool:
        if not given.startswith("Digest "):
            return False
        said = dict(one.split("=", 1) for one in parse_http_list(given[7:]))
        said = {name.strip(): value.strip('"') for name, value in said.items()}
        if said.get("nonce") not in self.state.nonces or said.get("uri") != self.path:
            return False
        one = md5(f"{USER}:{REALM}:{PASSWORD}")
        two = md5(f"{self.command}:{self.path}")
        return said["response"] == md5(f"{one}:{said['nonce']}:{said['nc']}:{said['cnonce']}:{said['qop']}:{two}")

    def _openrosa(self) -> None:
        self.send_header("X-OpenRosa-Version", "1.0")
        if self.state.most is not None:
            self.send_header("X-OpenRosa-Accept-Content-Length", str(self.state.most))

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/xml; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        if not self.state.page:
            self._openrosa()
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def md5(words: str) -> str:
    return hashlib.md5(words.encode()).hexdigest()


def basic(given: str) -> bool:
    import base64

    return given == "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()


def response(words: str) -> bytes:
    return f'<OpenRosaResponse xmlns="http://openrosa.org/http/response"><message>{words}</message></OpenRosaResponse>'.encode()


@contextmanager
def serving(state: State) -> Iterator[str]:
    """A server that runs; gives its URL with the user in it."""
    handler = type("Bound", (Handler,), {"state": state})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://{USER}@127.0.0.1:{server.server_port}/projects/7"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
