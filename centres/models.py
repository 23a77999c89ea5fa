"""Tables of the centres room."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Team
from core.db import Base


class Centre(Base):
    """A registered third-party reporting centre; its people are a team of the same id."""

    __tablename__ = "centre"

    team_id: Mapped[str] = mapped_column(ForeignKey("team.id"), primary_key=True)
    address: Mapped[str] = mapped_column(String(200))
    postcode: Mapped[str] = mapped_column(String(10))

    team: Mapped[Team] = relationship(lazy="joined", innerjoin=True)
