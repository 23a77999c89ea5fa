"""The floor: Flask, WTForms and SQLAlchemy that store one plain row with the same durability, and nothing else."""

import os
from typing import Any

from flask import Flask, render_template
from flask_sqlalchemy import SQLAlchemy
from jinja2 import DictLoader
from sqlalchemy import event
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bench.one_form import PAGE, OneForm


class Base(DeclarativeBase):
    """The floor's tables."""


class PlainRow(Base):
    """A submission as it was typed."""

    __tablename__ = "plain_row"

    id: Mapped[int] = mapped_column(primary_key=True)
    kinds: Mapped[str]
    reason: Mapped[str]
    place: Mapped[str]
    words: Mapped[str]
    name: Mapped[str]
    reach: Mapped[str]


db = SQLAlchemy(model_class=Base)


def make_floor(database_url: str, page_bytes: int) -> Flask:
    """The floor's application; `/page` is a static form padded to `page_bytes`."""
    app = Flask("bench.floor")
    is_sqlite = database_url.startswith("sqlite")
    app.config.update(
        SECRET_KEY="the floor keeps no secret",
        SQLALCHEMY_DATABASE_URI=database_url,
        SQLALCHEMY_ENGINE_OPTIONS={} if is_sqlite else {"pool_size": 5, "pool_pre_ping": True},
    )
    db.init_app(app)
    with app.app_context():
        if is_sqlite:
            event.listen(db.engine, "connect", _make_durable)
        db.create_all()
        db.engine.dispose()
    app.jinja_loader = DictLoader({"form.html": PAGE, "page.html": PAGE + "{{ padding }}"})
    app.add_url_rule("/form", view_func=form_page, methods=["GET", "POST"])
    app.add_url_rule("/page", view_func=_static_page(app, page_bytes))
    return app


def form_page() -> str:
    """Show the form; store a row when it is sent."""
    form = OneForm()
    if not form.validate_on_submit():
        return render_template("form.html", form=form)
    row = PlainRow(
        kinds=" ".join(form.kinds.data or []),
        reason=form.reason.data,
        place=form.place.data,
        words=form.words.data,
        name=form.name.data,
        reach=form.reach.data,
    )
    db.session.add(row)
    db.session.commit()
    return "Thank you."


def _static_page(app: Flask, size: int) -> Any:
    with app.test_request_context():
        bare = len(render_template("page.html", form=OneForm(), padding=""))
    padding = "-" * max(0, size - bare)

    def page() -> str:
        return render_template("page.html", form=OneForm(), padding=padding)

    return page


def _make_durable(connection: Any, record: Any) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=15000"):
        connection.execute(f"PRAGMA {pragma}")


def make() -> Flask:
    """The application for gunicorn, from BENCH_DATABASE_URL and BENCH_PAGE_BYTES."""
    return make_floor(os.environ["BENCH_DATABASE_URL"], int(os.environ.get("BENCH_PAGE_BYTES", "0")))
