"""Where an officer looks while choosing a place: kept in the address of the page, under the keys of the report.

So a look can be opened again, by Back or after signing in, and nothing in an address tells where it is.
"""

from dataclasses import dataclass

from core.work import Work
from geography.map_view import MapView
from geography.places import Point
from reporting.mapping import numbers_of, written
from reporting.models import Report
from reporting.places import hide, unhide
from reporting.schemas import read_point


@dataclass(frozen=True, slots=True, repr=False)
class Look:
    """A view of the map, the pin that was set, and what stands in the form so far."""

    view: MapView
    pin: Point | None = None
    choice: str = ""
    ward: str = ""
    why: str = ""

    def kept(self, work: Work, report: Report) -> str:
        """As an address holds it."""
        pin = written(self.pin) if self.pin else ""
        said = {"pin": pin, "choice": self.choice, "ward": self.ward, "why": self.why}
        return hide(work, report, {**said, **{name: str(number) for name, number in numbers_of(self.view).items()}})

    @classmethod
    def opened(cls, work: Work, report: Report, kept: str) -> "Look | None":
        """What `kept` made; None for what it did not, or made for another report."""
        found = unhide(work, report, kept)
        if found is None:
            return None
        zoom, column, row = (int(found.get(name, number)) for name, number in (("zoom", 1), ("column", 0), ("row", 0)))
        pin = read_point(found["pin"])
        view = MapView.of(zoom, column, row) or MapView()
        return cls(view, Point(*pin) if pin else None, found["choice"], found["ward"], found["why"])
