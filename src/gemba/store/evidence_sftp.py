"""The file system of an SSH server for evidence: signed in once, begun anew when its line was cut.

The server must show a key that is known: of this account's `known_hosts`, or of the file that the address names
(`?known_hosts=FILE`). The library that lies below would trust whoever answers.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import URL

from gemba.errors import Trouble

_CONNECT, _ANSWER, _ALIVE = 20, 60, 15
"""Seconds until a connection stands, until an answer is there, and between signs of life."""
_OWN_KNOWN_HOSTS: tuple[()] = ()
"""What stands for `~/.ssh/known_hosts`; the library would take nothing at all to mean: trust everybody."""


def sftp_files(url: URL) -> Any:
    """Sign in at the server of an address.

    Args:
        url: `sftp://user:password@host:port/folder`, with `key_file` (a private key, whose passphrase is the password)
            and `known_hosts` in its query.

    Raises:
        Trouble: `store.evidence_host_unknown`; others as the library tells them.
        ImportError: the extra `sftp` is not installed.
    """
    import asyncssh

    said = {name: value for name, value in url.query.items() if isinstance(value, str)}
    try:
        return _kind()(
            url.host,
            port=url.port or 22,
            username=url.username or None,
            known_hosts=said.get("known_hosts", _OWN_KNOWN_HOSTS),
            **_credentials(said.get("key_file", ""), url.password),
            config=None,
            login_timeout=_CONNECT,
            keepalive_interval=_ALIVE,
            timeout=_ANSWER,
            skip_instance_cache=True,
        )
    except Exception as error:
        if any(isinstance(one, asyncssh.HostKeyNotVerifiable) for one in (error, error.__cause__, error.__context__)):
            raise Trouble("store.evidence_host_unknown", host=url.host) from error
        raise


def is_cut(files: Any) -> bool:
    """True when the line to the server is gone."""
    return bool(files.client.is_closed())


def _credentials(key_file: str, password: object) -> dict[str, Any]:
    if not key_file:
        return {"password": str(password)} if password else {}  # without both: the account's own keys and agent
    import asyncssh

    return {"client_keys": [asyncssh.read_private_key(key_file, str(password) if password else None)]}


def _kind() -> Any:
    """The library's class, but for renaming: it would copy by a shell where a server knows no `posix-rename`."""
    import asyncssh
    import sshfs

    class Files(sshfs.SSHFileSystem):  # type: ignore[misc]  # the library is untyped
        async def _mv(self, lpath: str, rpath: str, **_: Any) -> None:
            async with self._pool.get() as channel:
                try:
                    await channel.posix_rename(lpath, rpath)
                except asyncssh.SFTPOpUnsupported:
                    if await channel.exists(rpath):  # the same content under its hash
                        await channel.remove(rpath)
                    await channel.rename(lpath, rpath)

    return Files
