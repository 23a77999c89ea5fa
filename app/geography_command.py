"""`safeharbour geography`: build a council's pack from the official open files, and check the one in use."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

import click

from core.clock import utc_now
from core.settings import Settings
from geography.building import Built, PackRefused, build
from geography.check_report import report
from geography.checking import examine
from geography.installed import install, pack_in_use
from geography.locating import City
from geography.pack import BrokenPackError
from geography.sources.gathering import BY_HAND, COUNCIL, Order, WardFile, WrongSources

_FILE = click.Path(path_type=Path)
_WARDS = re.compile(r"(?:(?P<vintage>20\d\d)(?:@(?P<day>\d{4}-\d\d-\d\d))?=)?(?P<path>.+)", re.S)


class WardFileType(click.ParamType[WardFile]):
    """A file of wards as people give it: FILE, 2023=FILE or 2023@2023-05-04=FILE."""

    name = "[YEAR[@DAY]=]FILE"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> WardFile:
        """The file with its year and first day, where they were said."""
        match = _WARDS.fullmatch(value)
        assert match, "the last part takes anything"
        try:
            day = date.fromisoformat(match["day"]) if match["day"] else None
        except ValueError:
            self.fail(f"{match['day']} is not a day.", param, ctx)
        return WardFile(Path(match["path"]), match["vintage"], day)


@click.group("geography")
def geography_group() -> None:
    """The wards, postcodes and streets of the council."""


@geography_group.command("build")
@click.option("--council", required=True, help="The council's code, as in E06000045.")
@click.option("--name", help="The council's name as people say it; by default that of the pack in use.")
@click.option("--wards", required=True, multiple=True, type=WardFileType(), help="ONS ward GeoJSON; once a vintage.")
@click.option("--postcodes", required=True, multiple=True, type=_FILE, help="OS Code-Point Open CSV.")
@click.option("--streets", multiple=True, type=_FILE, help="OS Open Names CSV; once a tile.")
@click.option("--lsoa", "small_areas", multiple=True, type=_FILE, help="ONS LSOA GeoJSON; once a vintage.")
@click.option("--population", multiple=True, type=_FILE, help="CSV of residents by ward or LSOA.")
@click.option("--deprivation", multiple=True, type=_FILE, help="CSV of the Index of Multiple Deprivation.")
@click.option("--landmarks", type=_FILE, help="Landmarks written by hand; by default those of the pack in use.")
@click.option("--neighbours", type=_FILE, help="Names of places around; by default those of the pack in use.")
@click.option(
    "--districts", type=_FILE, help="Places around with their districts; by default those of the pack in use."
)
@click.option("--water", type=_FILE, help="Water to draw on the map; by default that of the pack in use.")
@click.option("--licence-year", type=int, help="The year in the attribution; by default this one.")
@click.option("--out", type=_FILE, help="Write the pack into this folder, and do not install it.")
def build_command(
    council: str, name: str | None, wards: tuple[WardFile, ...], postcodes: tuple[Path, ...],
    streets: tuple[Path, ...], small_areas: tuple[Path, ...], population: tuple[Path, ...],
    deprivation: tuple[Path, ...], landmarks: Path | None, neighbours: Path | None, districts: Path | None,
    water: Path | None, licence_year: int | None, out: Path | None,
) -> None:  # fmt: skip
    """Build a pack from the official open files, check it, and swap it in without a restart."""
    if not COUNCIL.fullmatch(council):
        raise click.ClickException(f"{council[:20]!r} is not a council's code, such as E06000045.")
    settings = Settings.from_env()
    before = _in_use(settings, council)
    by_hand = {
        "neighbours.txt": neighbours, "districts.tsv": districts, "landmarks.tsv": landmarks, "water.json": water,
    }  # fmt: skip
    order = Order(
        council, name or _name_of(before), wards, postcodes, streets, small_areas, population, deprivation,
        _by_hand(before, by_hand), licence_year,
    )  # fmt: skip
    day = utc_now().date()
    try:
        if out:
            built = _write_out(order, out, day)
        else:
            built = install(settings.geography_folder, council, lambda folder: build(order, folder, day))
    except WrongSources as wrong:
        raise _refusal(wrong.sentences) from wrong
    except PackRefused as refused:
        _tell(refused.lines)
        raise _refusal(refused.sentences) from refused
    except (BrokenPackError, OSError) as problem:
        raise _refusal([str(problem)]) from problem
    _tell(built.lines)
    _tell(_lost_vintages(before, built.city))
    click.echo(f"Written to {out}." if out else "Installed. Running processes take it up with their next request.")
    if not out and council != settings.council:
        click.echo(f"This installation is of {settings.council}: set HARBOUR_COUNCIL={council} to use it.")


@geography_group.command("check")
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False))
def check_command(folder: Path | None) -> None:
    """Print the report of the pack in use, or of the one in FOLDER; exit with 1 when something is wrong."""
    try:
        settings = Settings.from_env()
        path = folder or pack_in_use(settings.geography_folder, settings.council)
        found = examine(City.load(path))
        _tell(report(found, path))
    except BrokenPackError as problem:
        raise click.ClickException(str(problem)) from problem
    if found.errors():
        raise click.ClickException("The pack is not as it should be.")
    click.echo("Nothing is wrong.")


def _in_use(settings: Settings, council: str) -> Path | None:
    try:
        return pack_in_use(settings.geography_folder, council)
    except BrokenPackError:
        return None


def _by_hand(before: Path | None, given: Mapping[str, Path | None]) -> dict[str, Path]:
    """What was written by hand outlives a new build, unless another was given."""
    for path in given.values():
        if path and not path.is_file():
            raise click.ClickException(f"{path} cannot be opened. Check the path.")
    kept = {name: before / name for name in BY_HAND if before and (before / name).is_file()}
    return {**kept, **{name: path for name, path in given.items() if path}}


def _name_of(before: Path | None) -> str:
    """The council's name in the pack in use."""
    try:
        name = City.load(before).name if before else ""
    except BrokenPackError:
        name = ""
    if not name:
        raise click.ClickException("Say what the council is called, as in --name Southampton.")
    return name


def _write_out(order: Order, out: Path, day: date) -> Built:
    """Into a folder of the person's own, once the pack is known to be sound."""
    with TemporaryDirectory() as made:
        built = build(order, Path(made), day)
        out.mkdir(parents=True, exist_ok=True)
        for path in sorted(Path(made).iterdir()):
            copyfile(path, out / path.name)
    return built


def _lost_vintages(before: Path | None, city: City) -> Iterable[str]:
    if before is None:
        return
    try:
        lost = [vintage for vintage in City.load(before).vintages if vintage not in city.vintages]
    except BrokenPackError:
        return
    for vintage in lost:
        yield (
            f"Look at: the pack before had the wards of {vintage}, this one has not: nothing can be counted by them. "
            f"Add --wards {vintage}=FILE."
        )


def _tell(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def _refusal(sentences: Iterable[str]) -> click.ClickException:
    return click.ClickException("\n".join([*sentences, "Nothing was changed."]))
