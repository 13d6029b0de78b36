"""Run the server until it is told to stop."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn

from gemba.errors import Trouble
from gemba.hq.serve.application import application
from gemba.hq.serve.office import Rules, Tell
from gemba.work.desk import Desk


class Server(uvicorn.Server):
    """Uvicorn on an address that is ours already, so that one that is taken is told as such.

    Args:
        config: of uvicorn.
        listening: bound to the address.
        ready: is told the port, which matters when 0 was asked for.
    """

    def __init__(self, config: uvicorn.Config, listening: socket.socket, ready: Callable[[int], None]) -> None:
        super().__init__(config)
        self._listening = listening
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer."""
        await super().startup(sockets)
        if self.started:
            self._ready(int(self._listening.getsockname()[1]))

    def serve_all(self) -> None:
        """Answer until somebody asks for the end."""
        with self._listening:
            self.run(sockets=[self._listening])


def server(
    desk: Desk,
    rules: Rules,
    address: tuple[str, int],
    ready: Callable[[int], None],
    *,
    proxies: str = "",
    tell: Tell | None = None,
) -> Server:
    """A server that is ready to run.

    Args:
        desk: at headquarters.
        rules: how it is reached.
        address: host and port that it listens on; port 0: any that is free.
        ready: is told the port once it answers.
        proxies: addresses whose word on where a request comes from is believed; empty: nobody's.
        tell: is told who signs in and out, and whose tries fail.

    Raises:
        Trouble: `hq.cannot_listen`.
    """
    host, port = address
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server(address, family=family, backlog=128)
    except OSError as error:
        raise Trouble("hq.cannot_listen", host=host, port=port) from error
    config = uvicorn.Config(
        application(desk, rules, tell),
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies or None,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=10,
        limit_concurrency=200,
        lifespan="off",
        workers=1,
    )
    return Server(config, listening, ready)
