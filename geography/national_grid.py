"""British National Grid to latitude and longitude."""

from collections.abc import Sequence

# EPSG:1314 (accurate to about 2 m), written out so that the result does not depend on which correction grids
# a machine happens to have.
GRID_TO_DEGREES = (
    "+proj=pipeline "
    "+step +inv +proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy "
    "+step +proj=push +v_3 "
    "+step +proj=cart +ellps=airy "
    "+step +proj=helmert +x=446.448 +y=-125.157 +z=542.06 +rx=0.15 +ry=0.247 +rz=0.842 +s=-20.489 "
    "+convention=position_vector "
    "+step +inv +proj=cart +ellps=WGS84 "
    "+step +proj=pop +v_3 "
    "+step +proj=unitconvert +xy_in=rad +xy_out=deg"
)
EAST = (0.0, 700_000.0)
NORTH = (0.0, 1_300_000.0)


def on_the_grid(easting: float, northing: float) -> bool:
    """Whether the numbers are an easting and a northing of Great Britain."""
    return EAST[0] < easting < EAST[1] and NORTH[0] < northing < NORTH[1]


def to_degrees(grid: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Pairs of easting and northing as pairs of latitude and longitude."""
    if not grid:
        return []
    # Read when first needed: most texts hold no grid reference, and projections take long to load.
    from pyproj import Transformer

    eastings, northings = zip(*grid, strict=True)
    lons, lats = Transformer.from_pipeline(GRID_TO_DEGREES).transform(eastings, northings)
    return [(float(lat), float(lon)) for lat, lon in zip(lats, lons, strict=True)]
