"""Layers that a pack may lack: which they are, what that means, and the command that loads each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from geography.gazetteer import Gazetteer
from geography.small_areas import SmallAreas


class Layer(StrEnum):
    """What a pack may hold besides wards and postcodes."""

    STREETS = "streets"
    WARD_RESIDENTS = "ward_residents"
    SMALL_AREAS = "small_areas"
    DEPRIVATION = "deprivation"
    SMALL_AREA_RESIDENTS = "small_area_residents"


_WORDS = {
    Layer.STREETS: ("Streets are not loaded, so only postcodes, areas and points are found.", "--streets FILE"),
    Layer.WARD_RESIDENTS: (
        "How many people live in each ward is not loaded for {vintages}, so there are no rates.",
        "--population FILE",
    ),
    Layer.SMALL_AREAS: ("The small areas of the census (LSOA) are not loaded.", "--lsoa FILE"),
    Layer.DEPRIVATION: (
        "Deprivation (the Index of Multiple Deprivation) is not loaded.",
        "--lsoa FILE --deprivation FILE",
    ),
    Layer.SMALL_AREA_RESIDENTS: (
        "How many people live in each small area is not loaded.",
        "--lsoa FILE --population FILE",
    ),
}


@dataclass(frozen=True, slots=True)
class MissingLayer:
    """A layer that is not there: what that means in one sentence, and the command that loads it."""

    layer: Layer
    words: str
    command: str


def missing_layers(council: str, gazetteer: Gazetteer, small_areas: Sequence[SmallAreas]) -> tuple[MissingLayer, ...]:
    """Every layer that a council's pack lacks."""
    without = [
        str(wards.vintage) for wards in gazetteer.crosswalk.sets if any(ward.residents is None for ward in wards)
    ]
    return tuple(
        MissingLayer(
            layer,
            _WORDS[layer][0].format(vintages=" and ".join(without)),
            f"safeharbour geography build --council {council} --wards FILE --postcodes FILE … {_WORDS[layer][1]}",
        )
        for layer in _missing(gazetteer, small_areas, bool(without))
    )


def _missing(gazetteer: Gazetteer, small_areas: Sequence[SmallAreas], no_residents: bool) -> Iterator[Layer]:
    if not gazetteer.streets:
        yield Layer.STREETS
    if no_residents:
        yield Layer.WARD_RESIDENTS
    if not small_areas:
        yield Layer.SMALL_AREAS
    if not any(areas.quintiles for areas in small_areas):
        yield Layer.DEPRIVATION
    if not any(areas.population for areas in small_areas):
        yield Layer.SMALL_AREA_RESIDENTS
