"""What each sort of carrier takes besides its address, and what it may say.

An option that nobody reads would be a promise that nobody keeps (`autentication=digest`), so an unknown one is refused.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from gemba.carriers.address import Sort
from gemba.carriers.deadline import ANSWER
from gemba.errors import Refusal

_SERVER = ("timeout",)
_HTTP = (*_SERVER, "auth", "certificate")
OPTIONS: dict[Sort, tuple[str, ...]] = {
    Sort.FOLDER: ("mount",),
    Sort.SFTP: (*_SERVER, "key_file", "host_key"),
    Sort.WEBDAV: _HTTP,
    Sort.SMB: (*_SERVER, "encrypt"),
    Sort.S3: (*_SERVER, "endpoint", "key", "region", "certificate"),
    Sort.OPENROSA: (*_HTTP, "forms"),
}
"""The names of the options of each sort, as docs/handbook/carriers.md tells them."""
LONGEST = 3600.0
"""Seconds that a server may be waited for."""
_WORDS = {"auth": ("basic", "digest"), "encrypt": ("yes", "no")}


def check(sort: Sort, options: Mapping[str, Any]) -> None:
    """Make sure that somebody reads each option and can make sense of it.

    Raises:
        Refusal: `carriers.unknown_option`, `carriers.bad_option`, `carriers.bad_timeout`, `carriers.bad_endpoint`.
    """
    for name, value in options.items():
        if name not in OPTIONS[sort]:
            raise Refusal("carriers.unknown_option", option=name, known=", ".join(OPTIONS[sort]))
        words = _WORDS.get(name)
        if words and str(value).lower() not in words:
            raise Refusal("carriers.bad_option", option=name, value=value, words=", ".join(words))
    endpoint = str(options.get("endpoint") or "")
    if endpoint and not endpoint.startswith(("https://", "http://")):
        raise Refusal("carriers.bad_endpoint", value=endpoint)
    patience(options)


def read(said: Iterable[str]) -> dict[str, str]:
    """Take `NAME=VALUE` apart. No password may come this way: options are shown in lists.

    Raises:
        Refusal: `carriers.option_form`.
    """
    found: dict[str, str] = {}
    for each in said:
        name, equals, value = (part.strip() for part in each.partition("="))
        if not equals or not name or name in {"password", "secret"}:
            raise Refusal("carriers.option_form", option=name)
        found[name] = value
    return found


def patience(options: Mapping[str, Any]) -> float:
    """Seconds without a sign of life that a server is allowed.

    Raises:
        Refusal: `carriers.bad_timeout` when that is no number of seconds above 0 and up to `LONGEST`.
    """
    said = options.get("timeout")
    if said is None or said == "":
        return ANSWER
    seconds = math.nan
    with suppress(ValueError):
        seconds = float(said)
    if not 0 < seconds <= LONGEST:
        raise Refusal("carriers.bad_timeout", value=said, longest=int(LONGEST))
    return seconds


def is_on(options: Mapping[str, Any], name: str) -> bool:
    """True when an option was switched on: `yes`."""
    return str(options.get(name) or "no").lower() not in {"no", "false", "0"}
