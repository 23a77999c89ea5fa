"""The fills of a ward map: each band has a colour and a hatch of its own, so that colour is never needed."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from html import escape

INK = "#0b2b3c"
TEAL = "#0f6b6b"
LIGHT = "#e6f1f1"
SAND = "#f4efe6"
WATER = "#d3e5ec"
LAND = "#e9e4da"
WHITE = "#ffffff"


class Band(StrEnum):
    """Where a ward's figure falls, from none to the most; or why it is not shown."""

    NONE = "none"
    LOWEST = "lowest"
    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"
    HIGHEST = "highest"
    HIDDEN = "hidden"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class WardFill:
    """How one ward is drawn: its band, the words of that band for the legend, and the words of this ward."""

    band: Band
    legend: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One line of a legend. `swatch` is a small SVG, hidden from screen readers: the words say it all."""

    band: Band
    words: str
    swatch: str


@dataclass(frozen=True, slots=True)
class _Hatch:
    paper: str
    mark: str
    size: float
    drawing: str


_HATCHES = {
    Band.NONE: _Hatch(SAND, SAND, 8, ""),
    Band.LOWEST: _Hatch("#dcefec", "#6fb3ac", 9, '<circle cx="4.5" cy="4.5" r="1"/>'),
    Band.LOW: _Hatch("#b9deda", "#5ba39d", 8, '<path d="M-2 6L6 -2M0 12L12 0M6 14L14 6"/>'),
    Band.MIDDLE: _Hatch("#8cc7c3", "#3f8f8b", 6.5, '<path d="M-2 1.5L5 8.5M-1 -4L8 5M3 -3L10 4"/>'),
    Band.HIGH: _Hatch("#58a8a6", "#2b7d7c", 6, '<path d="M0 3H6M3 0V6"/>'),
    Band.HIGHEST: _Hatch("#2a8585", "#7cc0bd", 5, '<circle cx="2.5" cy="2.5" r="1"/>'),
    Band.HIDDEN: _Hatch("#ece7dd", "#a79f8e", 9, '<path d="M2.5 2.5L6.5 6.5M6.5 2.5L2.5 6.5"/>'),
    Band.MISSING: _Hatch("#f7f7f5", "#c3c6c4", 10, '<path d="M0 5H5"/>'),
}


def patterns(bands: Iterable[Band], prefix: str) -> str:
    """The SVG pattern of each band, known as `prefix-band`."""
    return "".join(_pattern(band, prefix) for band in sorted(set(bands), key=list(Band).index))


def legend(fills: Iterable[WardFill], prefix: str = "key") -> list[LegendEntry]:
    """One entry for each band in use with the words it was given, from none to the most, then not shown."""
    words = {fill.band: fill.legend for fill in fills}
    return [LegendEntry(band, words[band], _swatch(band, prefix)) for band in Band if band in words]


def _pattern(band: Band, prefix: str) -> str:
    hatch = _HATCHES[band]
    size = f'width="{hatch.size}" height="{hatch.size}"'
    return (
        f'<pattern id="{escape(prefix)}-{band}" {size} patternUnits="userSpaceOnUse">'
        f'<rect {size} fill="{hatch.paper}"/>'
        f'<g stroke="{hatch.mark}" stroke-width="1" fill="{hatch.mark}">{hatch.drawing}</g></pattern>'
    )


def _swatch(band: Band, prefix: str) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="ward-map__swatch" viewBox="0 0 36 24" width="36" '
        f'height="24" aria-hidden="true" focusable="false"><defs>{_pattern(band, prefix)}</defs>'
        f'<rect x="1" y="1" width="34" height="22" rx="3" fill="url(#{escape(prefix)}-{band})" '
        f'stroke="{INK}" stroke-width="1.5"/></svg>'
    )
