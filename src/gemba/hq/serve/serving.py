"""Run the server until it is told to stop."""

from __future__ import annotations

from collections.abc import Callable

import uvicorn

from gemba.hq.serve.application import application
from gemba.hq.serve.office import Rules
from gemba.work.desk import Desk


class Server(uvicorn.Server):
    """Uvicorn that says when it can be reached.

    Args:
        config: of uvicorn.
        ready: is told the port, which matters when 0 was asked for.
    """

    def __init__(self, config: uvicorn.Config, ready: Callable[[int], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        """Begin to listen."""
        await super().startup(sockets)  # type: ignore[arg-type]
        if self.started:
            self._ready(self.servers[0].sockets[0].getsockname()[1])


def server(desk: Desk, rules: Rules, host: str, port: int, ready: Callable[[int], None], proxies: str = "") -> Server:
    """A server that is ready to run.

    Args:
        desk: at headquarters.
        rules: how it is reached.
        host: address that it listens on.
        port: 0: any that is free.
        ready: is told the port once it listens.
        proxies: addresses whose word on where a request comes from is believed; empty: nobody's.
    """
    config = uvicorn.Config(
        application(desk, rules),
        host=host,
        port=port,
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
    return Server(config, ready)
