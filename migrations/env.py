"""Runs the migrations on the connection that the store hands over (`gemba.store.schema`)."""

from __future__ import annotations

from alembic import context

connection = context.config.attributes["connection"]


def run(*, as_batch: bool) -> None:
    context.configure(
        connection=connection,
        target_metadata=context.config.attributes.get("target_metadata"),
        render_as_batch=as_batch,
        transaction_per_migration=False,
    )
    context.run_migrations()


def run_on_sqlite() -> None:
    bare = connection.connection.dbapi_connection
    # Before the transaction: inside one the setting is ignored. With it on, batch mode drops and refills tables, and
    # "on delete cascade" would silently empty those that refer to them.
    bare.execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.begin():
            run(as_batch=True)
            orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if orphans:
                raise RuntimeError(f"the migration leaves {len(orphans)} rows that refer to nothing: {orphans[:5]}")
    finally:
        bare.execute("PRAGMA foreign_keys=ON")


def run_on_postgres() -> None:
    with connection.begin():
        # One program at a time; the next one reads which revision the first has left.
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7163265001)")
        run(as_batch=False)
        context.config.attributes["afterwards"](connection)


if connection.dialect.name == "postgresql":
    run_on_postgres()
else:
    run_on_sqlite()
