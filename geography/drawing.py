"""Maps of the wards as SVG text: no script, no style attribute, nothing fetched."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from zlib import crc32

import shapely

from geography.hatching import INK, WATER, WHITE, Band, WardFill, patterns
from geography.labels import Label, labels
from geography.picture import Picture, fitting_height
from geography.places import Point
from geography.vocabulary import WardCode
from geography.wards import BoundarySet, Ward

MAP_WIDTH = 390
_FONT = "system-ui, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
_SHORE = ((22.0, "#c7dde6"), (13.0, "#dcebf0"), (6.0, "#f0f7f8"))
_NOT_GIVEN = WardFill(Band.MISSING, "No figure")


def draw_ward_map(
    boundary_set: BoundarySet,
    title: str,
    description: str,
    fills: Mapping[WardCode, WardFill],
    marks: Iterable[tuple[str, Point]] = (),
) -> str:
    """The wards filled by band, each with its name, as an SVG element that scales to its column.

    `marks` are named spots to show on it.

    A ward without a fill is drawn as one without a figure. The legend is `geography.hatching.legend`.
    """
    width, height = MAP_WIDTH, fitting_height(boundary_set, MAP_WIDTH)
    picture = Picture.of(boundary_set, width, height)
    prefix = f"map-{crc32(f'{boundary_set.vintage}|{title}|{description}'.encode()):08x}"
    filled = {ward.code: fills.get(ward.code, _NOT_GIVEN) for ward in boundary_set}
    areas = "".join(_filled_ward(picture, ward, filled[ward.code], prefix) for ward in boundary_set)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="ward-map" role="img" viewBox="0 0 {width} {height}" '
        f'aria-labelledby="{prefix}-title {prefix}-desc">'
        f'<title id="{prefix}-title">{_text(title)}</title>'
        f'<desc id="{prefix}-desc">{_text(description)}</desc>'
        f"<defs>{patterns((fill.band for fill in filled.values()), prefix)}</defs>"
        f"{_water(picture, boundary_set)}"
        f'<g class="ward-map__wards" stroke="{INK}" stroke-width="0.9" stroke-linejoin="round">{areas}</g>'
        f"{_labels(picture, boundary_set, 10.4)}{''.join(_mark(picture, *mark) for mark in marks)}</svg>"
    )


@lru_cache(maxsize=8)
def _water(picture: Picture, boundary_set: BoundarySet) -> str:
    """The sea, with the paler shallows that a chart draws along a shore."""
    outline = picture.path(shapely.union_all([ward.polygon for ward in boundary_set]))  # type: ignore[arg-type]
    shallows = "".join(f'<path d="{outline}" stroke="{colour}" stroke-width="{width:g}"/>' for width, colour in _SHORE)
    return (
        f'<rect class="map__water" width="{picture.width:g}" height="{picture.height:g}" fill="{WATER}"/>'
        f'<g class="map__shore" fill="{WHITE}" stroke-linejoin="round" aria-hidden="true">{shallows}</g>'
    )


def _filled_ward(picture: Picture, ward: Ward, fill: WardFill, prefix: str) -> str:
    words = f"{ward.name}: {fill.words or fill.legend}"
    return (
        f'<path class="ward-map__ward ward-map__ward--{fill.band}" fill="url(#{prefix}-{fill.band})" '
        f'd="{picture.path(ward.polygon)}"><title>{_text(words)}</title></path>'
    )


def _mark(picture: Picture, name: str, point: Point) -> str:
    x, y = picture.place(point)
    return (
        f'<circle class="ward-map__mark" cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{INK}" stroke="{WHITE}" '
        f'stroke-width="2"><title>{_text(name)}</title></circle>'
    )


def _labels(picture: Picture, boundary_set: BoundarySet, size: float) -> str:
    names = "".join(_label(label) for label in labels(picture, boundary_set, size))
    return (
        f'<g class="map__names" font-family="{_FONT}" font-size="{size:.1f}" font-weight="600" fill="{INK}" '
        f'stroke="{WHITE}" stroke-width="{size / 3.6:.1f}" stroke-opacity="0.85" stroke-linejoin="round" '
        f'paint-order="stroke" text-anchor="middle" pointer-events="none" aria-hidden="true">{names}</g>'
    )


def _label(label: Label) -> str:
    spans = "".join(
        f'<tspan x="{label.x:.1f}" y="{y:.1f}">{_text(line)}</tspan>'
        for line, y in zip(label.lines, label.baselines(), strict=True)
    )
    return f"<text>{spans}</text>"


def _text(words: str) -> str:
    """Escaped for SVG; characters that XML does not allow are left out."""
    return escape("".join(character for character in words if _allowed(character)))


def _allowed(character: str) -> bool:
    if character < " ":
        return character in "\t\n\r"
    return not ("\ud800" <= character <= "\udfff" or character in "\ufffe\uffff")
