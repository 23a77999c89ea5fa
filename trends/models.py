"""The one table of the trends room: what stays of a report in the month's figures once the report is destroyed."""

from datetime import date

from sqlalchemy import Date, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Word
from trends.vocabulary import Part


class MonthCell(Base):
    """How many destroyed reports of a month a part of its figures holds. `vintage` is empty where none matters.

    Each part stands by itself: which ward goes with which strand is not kept.
    """

    __tablename__ = "month_cell"

    month: Mapped[date] = mapped_column(Date, primary_key=True)
    part: Mapped[Part] = mapped_column(Word(Part), primary_key=True)
    vintage: Mapped[str] = mapped_column(String(10), primary_key=True)
    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    reports: Mapped[int]
