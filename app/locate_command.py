"""`safeharbour locate`: places from the arguments or standard input, one a line, and one answer a line.

It stands apart from the other commands because it needs no database, and starts at once.
"""

import json
import sys
from collections.abc import Iterator
from typing import Any

import click

from core.clock import local_day, utc_now
from core.settings import Settings, SettingsError
from geography.installed import pack_in_use
from geography.locating import City
from geography.pack import BrokenPackError
from geography.places import Candidate, Refusal
from geography.vocabulary import Vintage

LONGEST_ECHO = 200
"""Characters of a place that are printed back."""
HINT = "Give places as arguments, or one a line on standard input: safeharbour locate 'so14 7ly'"


@click.command("locate", context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--vintage", metavar="YEAR", help="Whose wards to tell; by default those of today.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.argument("places", nargs=-1, metavar="[PLACE]...")
def locate_command(vintage: str | None, as_json: bool, places: tuple[str, ...]) -> None:
    """Say where places are, and in which wards. Without PLACE they are read from standard input, one a line."""
    try:
        settings = Settings.from_env()
        today = local_day(utc_now(), settings.desk_time_zone)
        city = City.load(pack_in_use(settings.geography_folder, settings.council)).on(today)
    except (BrokenPackError, SettingsError) as error:
        raise click.ClickException(str(error)) from error
    chosen = _vintage(city, vintage)
    answered = False
    for text in _texts(places):
        answered = True
        answer = city.locate(text)
        if as_json:
            click.echo(json.dumps(_as_values(city, chosen, _cut(text), answer), ensure_ascii=False))
        else:
            click.echo(_in_words(city, chosen, _cut(text), answer))
    if not answered:
        click.echo(HINT, err=True)


def _vintage(city: City, wanted: str | None) -> Vintage:
    if wanted is None:
        return city.current_vintage
    if wanted not in city.vintages:
        raise click.UsageError(f"{city.name} has no ward boundaries of {wanted}. It has {' and '.join(city.vintages)}.")
    return Vintage(wanted)


def _texts(places: tuple[str, ...]) -> Iterator[str]:
    """Each place given, tidied so that it can be printed on one line; a blank line is no place."""
    for text in places or (line.decode("utf-8", "replace") for line in sys.stdin.buffer):
        tidy = "".join(character if character.isprintable() else " " for character in text).strip()
        if tidy:
            yield tidy


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_ECHO else f"{text[: LONGEST_ECHO - 1]}…"


def _as_values(city: City, vintage: Vintage, text: str, answer: list[Candidate] | Refusal) -> dict[str, Any]:
    if isinstance(answer, Refusal):
        return {"input": text, "refused": answer.reason.value, "reason": answer.words}
    return {"input": text, "candidates": [_candidate(city, vintage, candidate) for candidate in answer]}


def _candidate(city: City, vintage: Vintage, candidate: Candidate) -> dict[str, Any]:
    wards = city.boundary_set(vintage)
    return {
        "place": candidate.place,
        "lat": round(candidate.point.lat, 6),
        "lon": round(candidate.point.lon, 6),
        "precision": candidate.precision.value,
        "wards": [
            {"code": share.ward, "name": wards.ward_name(share.ward), "weight": round(share.weight, 4)}
            for share in candidate.shares(vintage)
        ],
        "doubtful": candidate.doubtful,
        "reason": candidate.reason,
    }


def _in_words(city: City, vintage: Vintage, text: str, answer: list[Candidate] | Refusal) -> str:
    if isinstance(answer, Refusal):
        return f"{text}: not placed. {answer.words}"
    if len(answer) == 1 and answer[0].doubtful:
        return f"{text}: not certain, to be confirmed. {_sentence(city, vintage, answer[0])}"
    if len(answer) == 1:
        return f"{text}: {_sentence(city, vintage, answer[0])}"
    each = " ".join(f"({number}) {_sentence(city, vintage, one)}" for number, one in enumerate(answer, start=1))
    return f"{text}: {len(answer)} possible places. {each}"


def _sentence(city: City, vintage: Vintage, candidate: Candidate) -> str:
    name = city.boundary_set(vintage).ward_name
    shares = candidate.shares(vintage)
    parts = [name(s.ward) if len(shares) == 1 else f"{name(s.ward)} {s.weight:.0%}" for s in shares]
    wards = ", ".join(parts) or f"no ward of {vintage}"
    where = f"{candidate.point.lat:.5f}, {candidate.point.lon:.5f}"
    return f"{candidate.place} ({candidate.precision.value}, {where}) in {wards}. {candidate.reason}"
