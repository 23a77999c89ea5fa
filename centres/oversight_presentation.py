"""Oversight made ready for a page: small bars of months, and the map of wards without a centre near."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from centres.models import Centre
from centres.oversight import WardReach, spot_of
from centres.oversight_rules import CentreNumbers
from geography.drawing import draw_ward_map
from geography.hatching import Band, LegendEntry, WardFill, legend
from geography.places import Point
from reporting.locating import city
from reporting.mapping import city_map

_WIDTH, _HEIGHT, _STEP, _BAR = 264, 60, 22, 16
_FONT = "system-ui, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
NEAR, FAR = "A centre within a mile", "No centre within a mile"


@dataclass(frozen=True, slots=True)
class ReachMap:
    """The drawn map and its legend."""

    drawing: Markup
    legend: Sequence[LegendEntry]


def draw_months(numbers: CentreNumbers) -> Markup:
    """A small bar for each of the last months with its number above, for a table that says the same."""
    most = max(1, *(reports for _, reports in numbers.months))
    bars = "".join(_bar(place, reports, most) for place, (_, reports) in enumerate(numbers.months))
    first, last = numbers.months[0][0], numbers.months[-1][0]
    words = f"Reports each month from {first:%B %Y} to {last:%B %Y} at {numbers.name}. The table has every number."
    return Markup(  # noqa: S704
        f'<svg xmlns="http://www.w3.org/2000/svg" class="month-bars" role="img" aria-label="{escape(words)}" '
        f'viewBox="0 0 {_WIDTH} {_HEIGHT}"><g font-family="{_FONT}" font-size="11" fill="#0b2b3c" '
        f'text-anchor="middle">{bars}</g><path d="M0 {_HEIGHT - 2}H{_WIDTH}" stroke="#5a6f78"/></svg>'
    )


def draw_reach(wards: Iterable[WardReach], centres: Iterable[Centre]) -> ReachMap:
    """The wards, those without a centre within a mile hatched, and the active centres as dots."""
    known = list(wards)
    fills = {ward.code: _fill(ward) for ward in known}
    far = [ward.name for ward in known if not ward.is_near]
    words = f"Without: {', '.join(far)}." if far else "Every ward has one."
    marks = [(centre.name, Point(*spot)) for centre in centres if (spot := spot_of(centre))]
    title, water = "Wards with no centre within a mile", city_map().surroundings.water
    drawing = draw_ward_map(city().boundary_set(), title, words, fills, water, marks)
    return ReachMap(Markup(drawing), legend(fills.values(), "reach"))  # noqa: S704


def _bar(place: int, reports: int, most: int) -> str:
    height = (_HEIGHT - 18) * reports / most
    left, top = place * _STEP + (_STEP - _BAR) / 2, _HEIGHT - 2 - height
    drawn = f'<rect x="{left:g}" y="{top:.1f}" width="{_BAR}" height="{height:.1f}" fill="#0f6b6b"/>' if reports else ""
    return f'{drawn}<text x="{left + _BAR / 2:g}" y="{top - 3:.1f}">{reports:,}</text>'


def _fill(ward: WardReach) -> WardFill:
    distance = "no centre anywhere" if ward.miles is None else f"{ward.miles:.2f} miles to the nearest"
    return WardFill(Band.LOWEST, NEAR, distance) if ward.is_near else WardFill(Band.HIGH, FAR, distance)
