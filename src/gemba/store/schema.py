"""The way of a store from an older version of its tables to today's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, inspect, text

from gemba.durable import make_durable
from gemba.errors import Trouble
from gemba.shipped import migrations
from gemba.store import postgres_columns
from gemba.store.connecting import DATABASE
from gemba.store.copying import copy_database, demand_whole
from gemba.store.version import CURRENT

if TYPE_CHECKING:
    from alembic.config import Config


def revision_of(engine: Engine) -> str:
    """The revision that a store stands at: one cheap question."""
    with engine.connect() as connection:
        return str(connection.scalar(text("SELECT version_num FROM alembic_version")))


def is_laid(engine: Engine) -> bool:
    """True when there are tables of a store."""
    with engine.connect() as connection:
        return inspect(connection).has_table("alembic_version")


def bring_up(folder: Path, key: bytes, engine: Engine) -> None:
    """Bring a store to today's revision, if it is not there yet.

    Raises:
        Trouble: `store.newer`; `store.upgrade_failed`, and then the store is as it was.
    """
    revision = revision_of(engine)
    if revision == CURRENT:
        return
    _must_be_known(folder, revision)
    upgrade(folder, key, engine)


def bring_up_there(folder: Path, database: str, engine: Engine) -> None:
    """Bring a store on a server to today's revision, if it is not there yet; several programs may try at once.

    Raises:
        Trouble: `store.newer`; `store.upgrade_failed_there`, and then the store is as it was.
    """
    revision = revision_of(engine)
    if revision == CURRENT:
        return
    _must_be_known(folder, revision)
    from alembic import command

    try:
        with engine.connect() as connection:
            command.upgrade(configuration(connection), "head")
    except Exception as error:
        raise Trouble("store.upgrade_failed_there", database=database) from error


def _must_be_known(folder: Path, revision: str) -> None:
    if not list((migrations() / "versions").glob(f"{revision}_*.py")):
        raise Trouble("store.newer", folder=str(folder), theirs=revision, ours=CURRENT)


def upgrade(folder: Path, key: bytes, engine: Engine) -> Path:
    """Copy the database to `safety/`, then migrate it in one transaction.

    Returns:
        The copy.

    Raises:
        Trouble: `store.upgrade_failed`.
    """
    copy = _free_name(folder / "safety", f"gemba-{revision_of(engine)}")
    copy.parent.mkdir(exist_ok=True)
    copy_database(folder / DATABASE, copy, key)
    demand_whole(copy, key)
    make_durable(copy.parent)
    from alembic import command

    try:
        with engine.connect() as connection:
            command.upgrade(configuration(connection), "head")
    except Exception as error:
        raise Trouble("store.upgrade_failed", folder=str(folder), copy=str(copy)) from error
    return copy


def configuration(connection: object) -> Config:
    """What Alembic needs to know to work on a connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations()).replace("%", "%%"))
    config.attributes["connection"] = connection
    config.attributes["afterwards"] = postgres_columns.suit
    return config


def _free_name(folder: Path, stem: str) -> Path:
    """A name that no earlier copy has."""
    number = 1
    while (file := folder / f"{stem}-{number}.db").exists():
        number += 1
    return file
