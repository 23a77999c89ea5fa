"""Where a pack comes from: its files and their fingerprints, the licence, and the words to show with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

LICENCE = "Open Government Licence v3.0"
LICENCE_ADDRESS = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"


class Publisher(Enum):
    """Who published a file, with the words that their licence asks for; in the order in which they are shown."""

    ORDNANCE_SURVEY = "Contains OS data © Crown copyright and database right {year}."
    ROYAL_MAIL = "Contains Royal Mail data © Royal Mail copyright and database right {year}."
    STATISTICS = f"Source: Office for National Statistics licensed under the {LICENCE}."
    POLICE = f"Contains police data from data.police.uk under the {LICENCE}."
    HOUSING = f"Contains the English Indices of Deprivation, © Crown copyright, under the {LICENCE}."


@dataclass(frozen=True, slots=True)
class Origin:
    """One file that a pack was built from, what it gave, and how many rows or polygons of it."""

    layer: str
    file: str
    sha256: str
    rows: int
    publishers: tuple[Publisher, ...]
    words: str


def attribution(origins: Iterable[Origin], year: int) -> str:
    """The sentences to show wherever the data or a map made from it is shown."""
    named = {publisher for origin in origins for publisher in origin.publishers}
    return " ".join(publisher.value.format(year=year) for publisher in Publisher if publisher in named)


def notice(name: str, origins: Iterable[Origin], shown: str) -> str:
    """The text of ATTRIBUTION.md."""
    listed = "\n".join(f"- {origin.layer}: {origin.words} (`{origin.file}`)" for origin in origins)
    return (
        f"# Where the {name} pack comes from\n\n"
        "Figures of public tables, re-laid in a compact format of our own by `safeharbour geography build`. "
        "`provenance.json` has the fingerprint of every file.\n\n"
        f"{listed}\n"
        "- `neighbours.txt`, `districts.tsv`, `landmarks.tsv` and `water.json`, where present: written by hand for "
        "this council\n\n"
        f"Licence of the data: [{LICENCE}]({LICENCE_ADDRESS}).\n\n"
        f"Attribution to show wherever the data or a map made from it is shown:\n\n> {shown}\n\n"
        "Boundaries may be generalised by their publisher. Residents of wards that were added up from small areas "
        "are best fits, not official estimates. Street points are map points on a street, not its extent, and "
        "need not cover every name.\n"
        "Postcodes were moved to latitude and longitude by EPSG:1314, good to about 2 metres.\n"
    )
