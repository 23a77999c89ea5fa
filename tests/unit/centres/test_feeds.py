"""The directory as open data, held against what RFC 7946 asks of GeoJSON."""

import json
from datetime import time

from centres.feeds import geojson_document, json_document
from centres.opening import Opening, Week
from centres.vocabulary import Scheme
from core.languages import Language
from geography.places import Point
from tests.unit.centres.listed import listed

ABOUT = {"publisher": "Demo Network", "licence": "Demo licence", "attribution": "Demo data"}
PLACED = listed(
    point=Point(50.9076834, -1.4069791),
    week=Week.of([Opening(0, time(9), time(17, 30))]),
    languages=(Language.ENGLISH, Language.CHINESE),
    schemes=(Scheme.SAFE_PLACE,),
    website="javascript:alert(1)",
)
UNPLACED = listed("Nowhere")


def page_of(centre: object) -> str:
    return "https://demo.invalid/centres/1"


def test_geojson_is_a_feature_collection_with_longitude_first() -> None:
    document = geojson_document([PLACED, UNPLACED], page_of, ABOUT)
    assert document["type"] == "FeatureCollection"
    assert {"geometry", "properties", "coordinates"} & set(document) == set(), "not of a collection"
    placed, unplaced = document["features"]
    for feature in (placed, unplaced):
        assert feature["type"] == "Feature"
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert isinstance(feature["properties"], dict)
    assert placed["geometry"] == {"type": "Point", "coordinates": [-1.40698, 50.90768]}
    assert unplaced["geometry"] is None
    assert "crs" not in document


def test_both_feeds_carry_who_what_and_under_which_licence() -> None:
    for make in (geojson_document, json_document):
        document = json.loads(json.dumps(make([PLACED], page_of, ABOUT)))
        assert {name: document[name] for name in ABOUT} == ABOUT


def test_the_plain_document_holds_hours_languages_and_place() -> None:
    [placed, unplaced] = json_document([PLACED, UNPLACED], page_of, ABOUT)["centres"]
    assert placed["hours"] == {
        "openings": [{"day": "Monday", "opens": "09:00", "closes": "17:30"}],
        "on_bank_holidays": False,
    }
    assert (placed["languages"], placed["schemes"]) == (["en", "zh-Hans"], ["safe-place"])
    assert (placed["latitude"], placed["longitude"]) == (50.90768, -1.40698)
    assert (unplaced["latitude"], unplaced["longitude"]) == (None, None)
    assert placed["website"] == "", "only an address that a browser may follow"
    assert "lead" not in json.dumps(placed)
