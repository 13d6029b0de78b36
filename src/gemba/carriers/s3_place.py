"""A bucket of an S3-compatible store as a place, by `s3fs` (extra `s3`): `s3://bucket/folder`."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from contextlib import suppress
from typing import Any

from gemba.carriers import troubles
from gemba.carriers.address import Address
from gemba.carriers.deadline import ANSWER, CONNECT
from gemba.carriers.options import patience
from gemba.carriers.place import Entry, Place
from gemba.errors import GembaError, Trouble

_TRIES = 2
_STEP = 16 << 20
"""Bytes of one request when a file is read: a part comes in one."""
_WRONG_KEY = frozenset({"InvalidAccessKeyId", "SignatureDoesNotMatch", "401", "ExpiredToken", "InvalidToken"})
_NOT_LET_IN = frozenset({"AccessDenied", "403"})
_CLOCK = "RequestTimeTooSkewed"
_OF_PLACE = (
    (_NOT_LET_IN, "carriers.read_only"),
    (frozenset({"NoSuchBucket", "404", "NoSuchKey"}), "carriers.gone"),
    (frozenset({"QuotaExceeded", "XMinioStorageFull", "EntityTooLarge", "507"}), "carriers.place_full"),
)


class S3Place(Place):
    """A folder of a bucket. A file is there whole or not at all, so it needs no other name before."""

    has_folders = False

    def __init__(self, files: Any, root: str, address: Address, *, key: str = "", timeout: float = ANSWER) -> None:
        super().__init__(files, root, address)
        self._key = key
        self._timeout = timeout * (_TRIES + 1)

    def check(self) -> None:
        """Find out whether the bucket is there and lets us look into it."""
        with self.told():
            self.files.call_s3("list_objects_v2", Bucket=self.address.host, MaxKeys=1, timeout=self._timeout)

    def put(self, path: str, data: bytes) -> None:
        """Lay a file there; it appears when all of it has arrived."""
        with self.told():
            self._write(self.full(path), data)

    def explain(self, error: Exception) -> GembaError:
        """What a failure means here."""
        return explain(error, self.address, self._key)

    def close(self) -> None:
        """Hang up."""
        with suppress(Exception):
            self.files.close_session(self.files.loop, self.files._s3)  # noqa: SLF001 - there is no other way

    def _list(self, path: str) -> Iterator[Entry]:
        for info in self.files.ls(path, detail=True, refresh=True, timeout=self._timeout):
            name = str(info["name"]).rstrip("/").rsplit("/", 1)[-1]
            if str(info["name"]).rstrip("/") != path:
                yield Entry(name, int(info.get("size") or 0), info["type"] == "directory")

    def _write(self, path: str, data: bytes) -> None:
        bucket, _, key = path.partition("/")
        self.files.call_s3("put_object", Bucket=bucket, Key=key, Body=data, timeout=self._timeout)

    def _pieces(self, path: str) -> Generator[bytes]:
        start = 0
        size = int(self.files.info(path, refresh=True, timeout=self._timeout)["size"])
        while start < size:
            end = min(start + _STEP, size)
            yield bytes(self.files.cat_file(path, start=start, end=end, timeout=self._timeout))
            start = end

    def _replace(self, path: str, new: str) -> None:
        self.files.cp_file(path, new, timeout=self._timeout)
        self.files.rm_file(path, timeout=self._timeout)

    def _remove(self, path: str) -> None:
        self.files.rm_file(path, timeout=self._timeout)


def open_s3(address: Address, options: Mapping[str, Any], secret: str | None) -> S3Place:
    """Open a bucket. Options: `endpoint` (URL of the store), `key` (access key id), `region`, `certificate`, `timeout`.

    Raises:
        Refusal: `carriers.extra_missing`.
    """
    try:
        from s3fs import S3FileSystem
    except ImportError as error:
        raise troubles.no_extra("s3") from error
    seconds = patience(options)
    verify = {"verify": str(options["certificate"])} if options.get("certificate") else {}
    region = {"region_name": str(options.get("region") or "us-east-1")}
    files = S3FileSystem(
        anon=not options.get("key"),
        key=options.get("key") or None,
        secret=secret or None,
        endpoint_url=options.get("endpoint") or None,
        client_kwargs={**region, **verify},
        config_kwargs={
            "connect_timeout": CONNECT,
            "read_timeout": seconds,
            "retries": {"max_attempts": _TRIES, "mode": "standard"},
            "s3": {"addressing_style": "path"} if options.get("endpoint") else {},
        },
        use_listings_cache=False,
        skip_instance_cache=True,
    )
    files.retries = 1
    root = "/".join([address.host, *[part for part in address.path.split("/") if part]])
    return S3Place(files, root, address, key=str(options.get("key") or ""), timeout=seconds)


def explain(error: Exception, address: Address, key: str = "") -> GembaError:
    """What a failure of the S3 libraries means."""
    from botocore import exceptions

    for each in troubles.chain(error):
        told = _of_failure(each, address, key)
        if told is not None:
            return told
    known = troubles.explain(error, address)
    if known.code == "carriers.failed" and isinstance(error, exceptions.EndpointConnectionError):
        return Trouble("carriers.refused", host=address.host, port=address.port or 443)
    return known


def _of_failure(error: BaseException, address: Address, key: str) -> Trouble | None:
    from botocore import exceptions

    if isinstance(error, exceptions.ClientError):
        return _of_code(str(error.response.get("Error", {}).get("Code", "")), address, key)
    if isinstance(error, exceptions.SSLError):
        return troubles.of_tls(error, address)
    if isinstance(error, (exceptions.ConnectTimeoutError, exceptions.ReadTimeoutError)):
        return Trouble("carriers.no_answer", host=address.host)
    if isinstance(error, exceptions.ConnectionClosedError):
        return Trouble("carriers.cut_off", host=address.host)
    if isinstance(error, (exceptions.NoCredentialsError, exceptions.PartialCredentialsError)):
        return Trouble("carriers.no_key", folder=address.url)
    return None


def _of_code(code: str, address: Address, key: str) -> Trouble | None:
    if code in _WRONG_KEY | _NOT_LET_IN and not key:
        return Trouble("carriers.no_key", folder=address.url)
    if code in _WRONG_KEY:
        return Trouble("carriers.wrong_password", host=address.host, user=key)
    if code == _CLOCK:
        return Trouble("carriers.clock_differs", host=address.host)
    told = next((told for codes, told in _OF_PLACE if code in codes), None)
    return Trouble(told, folder=address.url) if told else None
