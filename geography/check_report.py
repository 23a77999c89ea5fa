"""The report of a check, as lines to print: what is there, what disagrees, what is absent and how to load it."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from geography.checking import Disagreement, Findings, WardsFound
from geography.locating import City
from geography.postcodes import spaced
from geography.vocabulary import WardCode
from geography.wards import NEAREST_WITHIN_METRES, BoundarySet

_MOST_LISTED = 50


def report(found: Findings, folder: Path) -> list[str]:
    """Every line about a pack, from its folder and what the check found in it."""
    city = found.city
    return [
        f"{city.name} ({city.council})",
        *_provenance(folder),
        *(_wards(each) for each in found.wards),
        *_postcodes(found),
        *_elsewhere(found),
        _streets(found),
        _landmarks(found),
        *_layers(city),
        *(f"Look at: {words}" for words in (*_kept_warnings(folder), *found.warnings())),
        *(f"Wrong: {words}" for words in found.errors()),
    ]


def _provenance(folder: Path) -> Iterator[str]:
    about = _read(folder)
    if not about:
        yield "Nothing says what it was built from."
        return
    yield f"Built on {about['built']} from:"
    for source in about["sources"]:
        yield f"  {source['file']} ({source['layer']}): {source['rows']:,} rows, SHA-256 {source['sha256']}"


def _kept_warnings(folder: Path) -> Sequence[str]:
    return tuple(_read(folder).get("warnings", ()))


def _read(folder: Path) -> dict[str, Any]:
    path = folder / "provenance.json"
    about: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return about


def _wards(each: WardsFound) -> str:
    wards = each.wards
    return (
        f"Wards {wards.vintage}, from {wards.valid_from}: {len(wards.wards)} wards, {each.area / 1e6:.2f} km², "
        f"{_number(len(each.overlaps), 'overlap')}, {_number(len(each.gaps), 'gap')} over 1 m²"
    )


def _postcodes(found: Findings) -> Iterator[str]:
    postcodes, wards = found.postcodes, found.postcodes.wards
    yield f"Postcodes: {postcodes.count:,}, with their official wards of {wards.vintage}"
    routes = (
        ("by polygon alone", postcodes.disagreements),
        (f"with the nearest ward within {NEAREST_WITHIN_METRES:.0f} m", postcodes.left),
    )
    for words, disagreements in routes:
        agree = postcodes.count - len(disagreements)
        yield (
            f"  {words}: {agree:,} agree ({agree / postcodes.count:.2%}), {len(disagreements):,} disagree "
            f"({len(disagreements) / postcodes.count:.2%})"
        )
    for each in postcodes.disagreements[:_MOST_LISTED]:
        yield f"    {_disagreement(each, wards)}"
    if len(postcodes.disagreements) > _MOST_LISTED:
        yield f"    … and {len(postcodes.disagreements) - _MOST_LISTED:,} more"


def _disagreement(each: Disagreement, wards: BoundarySet) -> str:
    settled = "" if each.is_left else "; the nearest ward is the table's"
    return (
        f"{spaced(each.postcode)}: {_named(each.official, wards)} by the table, "
        f"{_named(each.polygon, wards)} by polygon{settled}"
    )


def _named(code: WardCode | None, wards: BoundarySet) -> str:
    return wards.ward_name(code) if code else "outside every ward"


def _elsewhere(found: Findings) -> Iterator[str]:
    """How the other vintages lie beside the one that the postcodes name."""
    for each in found.vintages:
        if each.vintage != each.beside:
            yield (
                f"Wards {each.vintage} beside {each.beside}: {each.postcodes - len(each.nowhere):,} postcodes in them, "
                f"{len(each.nowhere):,} in none; {each.larger:+.2%} in area, {each.apart:.2%} in outline"
            )


def _streets(found: Findings) -> str:
    names = len(found.city.gazetteer.streets)
    return (
        f"Streets: {names:,} names, {found.anchors:,} points, {len(found.streets_outside)} outside the city"
        if names
        else "Streets: none"
    )


def _landmarks(found: Findings) -> str:
    number, outside = len(found.city.gazetteer.landmarks), found.landmarks_outside
    if not number:
        return "Landmarks: none"
    listed = f": {', '.join(outside)}" if outside else ""
    return f"Landmarks: {number}, {number - len(outside)} of them in the city, {len(outside)} outside{listed}"


def _layers(city: City) -> Iterator[str]:
    for wards in reversed(city.gazetteer.crosswalk.sets):
        counted = [ward.residents for ward in wards if ward.residents]
        if counted:
            years = sorted({residents.year for residents in counted})
            total = sum(residents.count for residents in counted)
            yield f"Residents by ward of {wards.vintage}: {total:,} in {', '.join(map(str, years))}"
    for areas in city.small_areas:
        index = f", {len(areas.quintiles)} with the deprivation index {areas.index_year}" if areas.quintiles else ""
        people = f", {len(areas.population)} with residents" if areas.population else ""
        yield f"Small areas of {areas.vintage}: {len(areas.polygons)}{index}{people}"
    for missing in city.layers_missing():
        yield f"Absent: {missing.words} Load it: {missing.command}"


def _number(count: int, thing: str) -> str:
    return f"{count or 'no'} {thing}{'' if count == 1 else 's'}"
