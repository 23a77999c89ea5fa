"""`safeharbour locate`: as a person or a script calls it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.command import main
from geography.locating import default_city

ROOT = Path(__file__).resolve().parents[3]
HEAVY = {"flask", "sqlalchemy", "redis", "rq", "nacl", "geopy", "pyproj", "alembic"}


def call(*words: str, typed: str | bytes = "") -> Result:
    return CliRunner().invoke(main, ["locate", *words], input=typed)


def objects(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_one_answer_a_line_for_a_person() -> None:
    result = call("so14 7ly", "the hospital", "car park")
    assert result.exit_code == 0
    postcode, hospitals, refused = result.stdout.splitlines()
    assert postcode.startswith("so14 7ly: SO14 7LY (postcode, 50.90768, -1.40698) in Bargate. ")
    assert hospitals.startswith("the hospital: 4 possible places. (1) Southampton General Hospital ")
    assert refused == (
        "car park: not placed. This could be in many places. Add a street, a postcode or the part of the city."
    )


def test_one_object_a_line_for_a_script() -> None:
    answers = objects(call("--json", typed="Portswood Rd\n\nnowhere at all\n"))
    assert [answer["input"] for answer in answers] == ["Portswood Rd", "nowhere at all"]
    [street] = answers[0]["candidates"]
    assert set(street) == {"place", "lat", "lon", "precision", "wards", "doubtful", "reason"}
    assert (street["place"], street["precision"]) == ("Portswood Road", "street")
    assert sum(ward["weight"] for ward in street["wards"]) == pytest.approx(1, abs=0.001)
    assert {"code": "E05015500", "name": "Portswood", "weight": 0.3333} in street["wards"]
    assert answers[1] == {
        "input": "nowhere at all",
        "refused": "not_found",
        "reason": "We could not find this place. Add a street name or a postcode if you can.",
    }


def test_a_doubtful_reading_says_so() -> None:
    [line] = call("Wilton Road").stdout.splitlines()
    assert line.startswith("Wilton Road: not certain, to be confirmed. Milton Road (street, ")
    assert line.endswith("Doubtful: it was written nearly so.")
    [values] = objects(call("--json", "Wilton Road"))
    assert [candidate["doubtful"] for candidate in values["candidates"]] == [True]


def test_a_long_text_is_not_printed_back_whole() -> None:
    told = "SO14 7LY " + "and then " * 50_000
    [line] = call(typed=told).stdout.splitlines()
    assert line.startswith("SO14 7LY and then")
    assert len(line) < 500
    [values] = objects(call("--json", typed=told))
    assert len(values["input"]) == 200


def test_wards_of_another_vintage() -> None:
    [old] = objects(call("--json", "--vintage", "2011", "Bitterne ward"))
    assert old["candidates"][0]["wards"] == [{"code": "E05002458", "name": "Bitterne", "weight": 1.0}]


def test_an_unknown_vintage_is_told_with_those_there_are() -> None:
    result = call("--vintage", "1999", "so14 7ly")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Southampton has no ward boundaries of 1999. It has 2011 and 2023." in result.stderr


@pytest.mark.parametrize("typed", ["", "\n \n\t\n"])
def test_nothing_given_prints_nothing_but_a_hint(typed: str) -> None:
    result = call("--json", typed=typed)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "one a line on standard input" in result.stderr


def test_what_is_no_text_is_answered_all_the_same() -> None:
    answers = objects(call("--json", typed=b"\xff\xfe so14 7ly\n\x1b[31mred\x07\n" + "في البيت\n".encode()))
    assert len(answers) == 3
    assert answers[0]["candidates"][0]["place"] == "SO14 7LY"
    assert "\x1b" not in answers[1]["input"]


def test_it_is_among_the_commands() -> None:
    assert "locate" in CliRunner().invoke(main, ["--help"]).stdout


def test_it_starts_without_the_platform(tmp_path: Path) -> None:
    """No database, no settings, and none of the libraries that make a start slow."""
    program = (
        "import sys; from app.entry import main; sys.argv = ['safeharbour', 'locate', 'so14 7ly']\n"
        "try: main()\n"
        "finally: print(sorted({name.split('.')[0] for name in sys.modules}))\n"
    )
    environment = {"HARBOUR_DATABASE_URL": "nonsense", "HARBOUR_INSTANCE": str(tmp_path), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    answer, modules = done.stdout.splitlines()
    assert answer.startswith("so14 7ly: SO14 7LY")
    assert not {name for name in HEAVY if f"'{name}'" in modules}
    assert list(tmp_path.iterdir()) == []


def test_every_vintage_can_be_asked_for() -> None:
    for vintage in default_city().vintages:
        assert call("--vintage", vintage, "so14 7ly").exit_code == 0
