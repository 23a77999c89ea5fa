"""Runs revisions on the connection that `app.migrate` hands over; knows neither settings nor application."""

from typing import Any

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy.types import TypeDecorator


def render_plain(kind: str, item: Any, autogen: AutogenContext) -> Any:
    """A column type of our own is written as the plain type it is stored as: a revision must outlive it."""
    return f"sa.{item.impl_instance!r}" if kind == "type" and isinstance(item, TypeDecorator) else False


def run() -> None:
    """Run what the command asked for, all revisions in one transaction."""
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=context.config.attributes.get("tables"),
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=render_plain,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
