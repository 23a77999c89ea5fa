"""`safeharbour geography`: what it prints, what it refuses, and that what runs takes a new pack up."""

import json
import re
from dataclasses import replace
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from app.command import main
from core.settings import Settings
from core.work import Work
from reporting.locating import city
from tests.stack.served import Served, environment
from tests.stack.totals import NO_REFERENCE_DATA
from tests.unit.geography import testborough as made

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"


def call(settings: Settings, *words: str) -> Result:
    """A command in the installation of these settings."""
    env = {**environment(settings), "HARBOUR_COUNCIL": settings.council}
    return CliRunner().invoke(main, ["geography", *words], env=env)


@pytest.fixture
def southampton() -> list[str]:
    """The words that build the city from the open data beside the project."""
    pack = DATA / "pack"
    if not pack.exists():
        pytest.skip(f"The open data is {NO_REFERENCE_DATA}.")
    return [
        "build", "--council", "E06000045", "--name", "Southampton", "--wards", str(pack / "wards-2023.geojson"),
        "--postcodes", str(pack / "postcodes.csv"), "--streets", str(pack / "streets.csv"),
        "--population", str(pack / "populations.csv"),
    ]  # fmt: skip


def of_testborough(folder: Path, *more: str) -> list[str]:
    order = made.order(folder)
    return [
        "build", "--council", made.COUNCIL, "--name", "Testborough", "--wards", str(order.wards[0].path),
        "--postcodes", str(order.postcodes[0]), "--streets", str(order.streets[0]), *more,
    ]  # fmt: skip


def test_the_city_is_built_from_the_reference_files(settings: Settings, southampton: list[str]) -> None:
    lsoa, index = str(DATA / "reference" / "lsoa-2011.geojson"), str(DATA / "reference" / "lsoa.csv")
    result = call(settings, *southampton, "--lsoa", lsoa, "--deprivation", index, "--population", index)
    assert result.exit_code == 0, result.output
    assert "by polygon alone: 5,802 agree (99.86%), 8 disagree (0.14%)" in result.output
    assert "with the nearest ward within 50 m: 5,809 agree (99.98%), 1 disagree (0.02%)" in result.output
    assert "SO19 5AE: Harefield by the table, Thornhill by polygon" in result.output
    assert "Small areas of 2011: 148, 148 with the deprivation index 2019, 148 with residents" in result.output
    assert "the pack before had the wards of 2011" in result.output
    checked = call(settings, "check")
    assert (checked.exit_code, checked.output.splitlines()[-1]) == (0, "Nothing is wrong.")
    assert result.output.splitlines()[1:12] == checked.output.splitlines()[1:12]


@pytest.mark.parametrize("spoil", ["truncated", "projection", "swapped", "duplicate"])
def test_real_files_that_were_spoilt_are_refused(
    settings: Settings, southampton: list[str], tmp_path: Path, spoil: str
) -> None:
    text = (DATA / "pack" / "wards-2023.geojson").read_text()
    layer = json.loads(text)
    rings = [feature["geometry"]["coordinates"][0] for feature in layer["features"]]
    if spoil == "projection":
        rings[0][:] = [[440_000 + number, 112_000 + number] for number in range(len(rings[0]))]
    elif spoil == "swapped":
        for ring in rings:
            ring[:] = [corner[::-1] for corner in ring]
    elif spoil == "duplicate":
        layer["features"][3]["properties"]["code"] = layer["features"][1]["properties"]["code"]
    path = tmp_path / "spoilt.geojson"
    path.write_text(text[:9_000] if spoil == "truncated" else json.dumps(layer))
    southampton[6] = str(path)
    result = call(settings, *southampton)
    words = {
        "truncated": "spoilt.geojson: it was cut off after line",
        "projection": "spoilt.geojson: feature 1 (E05015490): 440000, 112000 are metres",
        "swapped": "spoilt.geojson: feature 1 (E05015490): latitude and longitude are swapped (50.9216, -1.40493)",
        "duplicate": "spoilt.geojson: feature 4 (E05015491): the code is there already, in feature 2",
    }
    sentence, ending = result.output.splitlines()
    print(sentence)
    assert result.exit_code == 1
    assert sentence.startswith(f"Error: {words[spoil]}")
    assert ending == "Nothing was changed."
    assert not list(settings.geography_folder.glob("*.current"))


def test_what_runs_takes_a_new_pack_up(work: Work, client: FlaskClient, settings: Settings, tmp_path: Path) -> None:
    held = city()
    assert held is city()
    assert "Banister &amp; Polygon" in client.get("/report/where").text
    words = of_testborough(tmp_path)
    result = call(settings, *words)
    assert "This installation is of E06000045: set HARBOUR_COUNCIL=E06000099 to use it." in result.output
    assert city() is held
    # The same files as those of this installation's own council.
    for path in tmp_path.glob("*.*"):
        path.write_text(path.read_text().replace(made.COUNCIL, settings.council))
    result = call(settings, *(word.replace(made.COUNCIL, settings.council) for word in words))
    assert result.exit_code == 0, result.output
    assert (city().name, [ward.name for ward in city().boundary_set()]) == ("Testborough", ["West", "East"])
    assert (held.name, len(held.boundary_set().wards)) == ("Southampton", 17)
    page = client.get("/report/where").text
    assert "Banister" not in page
    assert ">West<" in re.sub(r"\s*([<>])\s*", r"\1", page)


def test_running_processes_need_no_restart(served: Served, settings: Settings, tmp_path: Path) -> None:
    page = f"{served.url}/report/where"
    assert ">Bargate<" in fetched(page)
    words = of_testborough(tmp_path)
    for path in tmp_path.glob("*.*"):
        if path.suffix in (".geojson", ".csv"):
            path.write_text(path.read_text().replace(made.COUNCIL, settings.council))
    result = call(settings, *(word.replace(made.COUNCIL, settings.council) for word in words))
    assert result.exit_code == 0, result.output
    # Whichever process answers.
    for _ in range(8):
        assert ">Bargate<" not in fetched(page)
    assert served.web.poll() is None


def fetched(address: str) -> str:
    """A page without the spaces around its marks."""
    # The address is that of our own server.
    with urlopen(address) as answer:  # noqa: S310
        return re.sub(r"\s*([<>])\s*", r"\1", answer.read().decode())


def test_a_pack_written_elsewhere_is_not_installed(settings: Settings, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = call(settings, *of_testborough(tmp_path, "--out", str(out)))
    assert (result.exit_code, result.output.splitlines()[-1]) == (0, f"Written to {out}.")
    assert not (settings.geography_folder).exists()
    assert call(settings, "check", str(out)).exit_code == 0


def test_lists_written_by_hand_outlive_a_new_build(settings: Settings, tmp_path: Path) -> None:
    settings = replace(settings, council=made.COUNCIL)
    neighbours = tmp_path / "around.txt"
    neighbours.write_text("Farville\n")
    assert call(settings, *of_testborough(tmp_path, "--neighbours", str(neighbours))).exit_code == 0
    again = of_testborough(tmp_path)
    del again[3:5]  # The name is known by now, too.
    assert call(settings, *again).exit_code == 0
    kept = settings.geography_folder / f"{made.COUNCIL}-2"
    assert (kept / "neighbours.txt").read_text() == "Farville\n"
    assert json.loads((kept / "pack.json").read_text())["name"] == "Testborough"


@pytest.mark.parametrize(
    ("option", "text", "told"),
    [
        ("--water", "hello", "mine.txt: it is not JSON"),
        (
            "--landmarks",
            "name\tkind\tlat\tlon\tradius\taliases\n",
            "mine.txt: its first row must name the columns name",
        ),
        ("--landmarks", "name\tkind\tlat\tlon\tradius_m\taliases\nA\tpark\n", "mine.txt, row 2: it has 2 columns"),
        ("--districts", "hello\n", "mine.txt: its first row must name the columns name"),
        ("--neighbours", "testborough\n", "mine.txt, row 1: testborough is the council itself"),
    ],
)
def test_what_would_break_a_page_is_never_installed(
    work: Work, client: FlaskClient, settings: Settings, tmp_path: Path, option: str, text: str, told: str
) -> None:
    (tmp_path / "mine.txt").write_text(text)
    words = of_testborough(tmp_path, option, str(tmp_path / "mine.txt"))
    for path in tmp_path.glob("*.*"):
        path.write_text(path.read_text().replace(made.COUNCIL, settings.council))
    result = call(settings, *(word.replace(made.COUNCIL, settings.council) for word in words))
    sentence, ending = result.output.splitlines()
    assert (result.exit_code, ending) == (1, "Nothing was changed.")
    assert sentence.startswith(f"Error: {told}")
    assert {client.get(page).status_code for page in ("/report/where/map", "/map/city.svg")} == {200}


def test_check_exits_with_one_when_something_is_wrong(settings: Settings, tmp_path: Path) -> None:
    out = tmp_path / "out"
    call(settings, *of_testborough(tmp_path, "--out", str(out)))
    wards = out / "wards-2023.json"
    packed = json.loads(wards.read_text())
    packed["wards"][1]["parts"] = packed["wards"][0]["parts"]
    wards.write_text(json.dumps(packed))
    result = call(settings, "check", str(out))
    assert result.exit_code == 1
    assert "Wrong: Wards 2023: West and East overlap by 3," in result.output
    (out / "pack.json").write_text("{")
    assert "cannot be read" in call(settings, "check", str(out)).output
    assert "There is no geography of E06000099" in call(replace(settings, council=made.COUNCIL), "check").output


def test_nothing_starts_for_a_council_without_geography(settings: Settings) -> None:
    env = {**environment(settings), "HARBOUR_COUNCIL": made.COUNCIL}
    for command in ("serve", "worker"):
        result = CliRunner().invoke(main, [command], env=env)
        assert result.exit_code == 1
        assert "There is no geography of E06000099. Build it: safeharbour geography build" in result.output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--council", "Soton"], "'Soton' is not a council's code"),
        (["--landmarks", "/nowhere.tsv"], "/nowhere.tsv cannot be opened"),
        (["--wards", "2023@2023-02-31=x"], "2023-02-31 is not a day"),
        (["--name", ""], "Say what the council is called"),
    ],
)
def test_words_that_cannot_be_understood(settings: Settings, tmp_path: Path, words: list[str], told: str) -> None:
    result = call(settings, *of_testborough(tmp_path, *words))
    assert result.exit_code in (1, 2)
    assert told in result.output
