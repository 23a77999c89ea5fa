"""Builds a council's pack: reads the files, writes the pack, loads it and checks it, before anything may use it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from geography.check_report import report
from geography.checking import examine
from geography.locating import City
from geography.packing import write_pack
from geography.places import Point
from geography.postcodes import spaced
from geography.sources.gathering import Material, Order, gather


@dataclass(frozen=True, slots=True)
class Built:
    """A pack that may be used: its city and the lines of its report."""

    city: City
    lines: tuple[str, ...]


class PackRefused(Exception):
    """The files can be read but do not fit together: the errors, and the whole report."""

    def __init__(self, sentences: tuple[str, ...], lines: tuple[str, ...]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences
        self.lines = lines


def build(order: Order, folder: Path, day: date) -> Built:
    """Build a pack in an empty folder and check it. Raises WrongSources or PackRefused, BrokenPackError."""
    material = gather(order)
    write_pack(material, folder, day)
    city = City.load(folder)
    found = examine(city)
    lines = (*report(found, folder), *_around(material, city))
    if errors := found.errors():
        raise PackRefused(errors, lines)
    return Built(city, lines)


def _around(material: Material, city: City) -> Iterator[str]:
    """Postcodes of other councils in the same files, and which of them a polygon here takes in."""
    around = material.postcodes.around
    if not around:
        return
    wards = city.boundary_set()
    inside = [row.code for row in around if wards.ward_at(Point(row.lat, row.lon))]
    yield f"Postcodes of other councils in the same files: {len(around):,}, {len(inside)} inside this one's outline"
    yield from (f"    {spaced(code)}" for code in inside[:50])
