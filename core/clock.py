"""Time as the platform tells it: aware, in UTC, and no finer than the hour for anything a reporter does."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def local_day(moment: datetime, time_zone: str) -> date:
    """The day it then is in a time zone such as Europe/London."""
    return moment.astimezone(ZoneInfo(time_zone)).date()


def floor_hour(moment: datetime) -> datetime:
    """The start of the moment's hour: the finest time kept for what a reporter causes."""
    return moment.replace(minute=0, second=0, microsecond=0)
