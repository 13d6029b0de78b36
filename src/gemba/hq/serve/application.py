"""The server as a whole: its pages and what stands before them."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.datastructures import FormData
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from gemba.errors import Refusal
from gemba.hq.serve import audit_packs, conflicts, dashboard, overview, packs, quarantine, records, signing_in
from gemba.hq.serve.drawn import told
from gemba.hq.serve.gates import Handler, gate
from gemba.hq.serve.office import Office, Rules, Tell
from gemba.hq.serve.shields import Shields
from gemba.shipped import resource
from gemba.store.stewards import StewardRole
from gemba.wording import text
from gemba.work.desk import Desk

FONTS = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSansArabic-Regular.ttf", "NotoSansHebrew-Regular.ttf")


def application(desk: Desk, rules: Rules, tell: Tell | None = None) -> Starlette:
    """The server over a store.

    Args:
        desk: at headquarters; the caller closes its store.
        rules: how it is reached.
        tell: is told who signs in and out, and whose tries fail.
    """
    office = Office(desk, rules, tell) if tell is not None else Office(desk, rules)
    hosts = [*rules.domains, "127.0.0.1", "localhost", "[::1]"]
    app = Starlette(
        routes=_routes(),
        middleware=[
            Middleware(Shields, https=rules.https),
            Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False),
            Middleware(
                SessionMiddleware,
                secret_key=office.secret,
                session_cookie=rules.cookie,
                max_age=int(rules.longest.total_seconds()),
                same_site="lax",
                https_only=rules.https,
            ),
        ],
        exception_handlers={404: _nowhere, 405: _nowhere, 500: _broken},
    )
    app.state.office = office
    return app


def _routes() -> list[Route]:
    look, decide, admit = StewardRole
    return [
        Route("/health", _health),
        Route("/style.css", _style),
        Route("/fonts/{name}", _font),
        _get("/sign-in", signing_in.show, None),
        _post("/sign-in", signing_in.take, None),
        _post("/sign-out", signing_in.leave, None),
        _get("/", overview.show, look),
        _get("/packs", packs.listed, look, whole=True),
        _get("/packs/{sha256}", packs.shown, look, whole=True),
        _get("/packs/{sha256}/receipt", packs.receipt_file, look, whole=True),
        _get("/conflicts", conflicts.listed, look),
        _get("/conflicts/{noun}/{uid}", conflicts.shown, look),
        _post("/conflicts/{noun}/{uid}", conflicts.take, decide),
        _post("/quarantine/{sha256}", quarantine.take, admit, whole=True),
        _get("/dashboard", dashboard.show, look),
        _get("/records/{noun}", records.listed, look),
        _get("/audit-packs", audit_packs.listed, look, whole=True),
        _get("/audit-packs/{name}", audit_packs.download, look, whole=True),
    ]


def _get(path: str, handler: Handler, role: StewardRole | None, *, whole: bool = False) -> Route:
    return Route(path, gate(handler, role, whole=whole), methods=["GET"])


def _post(path: str, handler: Handler, role: StewardRole | None, *, whole: bool = False) -> Route:
    return Route(path, gate(handler, role, whole=whole), methods=["POST"])


def _health(_request: Request) -> Response:
    """For whoever watches over the server: it runs and answers."""
    return PlainTextResponse("ok")


def _style(_request: Request) -> Response:
    return _lasting(FileResponse(resource("web", "style.css"), media_type="text/css"))


def _font(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in FONTS:
        return PlainTextResponse("", 404)
    return _lasting(FileResponse(resource("fonts", name), media_type="font/ttf"))


def _lasting(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer


async def _broken(_request: Request, _error: Exception) -> Response:
    """A mistake in the program: the visitor gets a sentence, the operator the story of it in the log."""
    words = text("A mistake in Gemba itself stopped this page; nothing half-done was kept. The log tells more.")
    return PlainTextResponse(words, 500, {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"})


async def _nowhere(request: Request, _error: Exception) -> Response:
    async def answer(found: Request) -> Response:
        return told(found, Refusal("hq.no_such_page"))

    def nothing(found: Request, _fields: FormData) -> Response:
        return told(found, Refusal("hq.no_such_page"))

    return await (gate(nothing, None)(request) if request.method == "GET" else answer(request))
