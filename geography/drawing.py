"""Maps of the wards as SVG text: no script, no style attribute, nothing fetched."""

from collections.abc import Iterable, Mapping
from html import escape
from zlib import crc32

from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from geography.hatching import INK, LAND, WATER, WHITE, Band, WardFill, patterns
from geography.labels import Label, labels
from geography.picture import Picture, fitting_height
from geography.places import Point
from geography.vocabulary import WardCode
from geography.wards import BoundarySet, Ward

MAP_WIDTH = 390
_FONT = "system-ui, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
_NAMES = 11.0
"""The size of the names, in units: 12 pixels on a map that is 425 pixels wide, and the style sheet allows no less."""
NO_WATER = MultiPolygon()
"""The shape of the water where nobody wrote it down."""
_NOT_GIVEN = WardFill(Band.MISSING, "No figure")


def draw_ward_map(
    boundary_set: BoundarySet,
    title: str,
    description: str,
    fills: Mapping[WardCode, WardFill],
    water: BaseGeometry = NO_WATER,
    marks: Iterable[tuple[str, Point]] = (),
) -> str:
    """The wards filled by band, each with its name, as an SVG element that scales to its column.

    `water` is the shape of the water in degrees; whatever else lies outside the wards is land. `marks` are named spots
    to show on it. A ward without a fill is drawn as one without a figure. The legend is `geography.hatching.legend`.
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
        f"{_ground(picture, water)}"
        f'<g class="ward-map__wards" stroke="{INK}" stroke-width="0.9" stroke-linejoin="round">{areas}</g>'
        f"{_labels(picture, boundary_set, _NAMES)}{''.join(_mark(picture, *mark) for mark in marks)}</svg>"
    )


def _ground(picture: Picture, water: BaseGeometry) -> str:
    """The land around the city, and the water, as the public map shows them."""
    return (
        f'<rect class="map__land" width="{picture.width:g}" height="{picture.height:g}" fill="{LAND}"/>'
        f'<path class="map__water" fill="{WATER}" d="{picture.path_within(water, picture.frame(0.05))}"/>'
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
