"""The directory as open data: a plain JSON document, and GeoJSON (RFC 7946)."""

from collections.abc import Callable, Iterable
from typing import Any

from marshmallow import Schema, fields

from centres.directory import Listed
from centres.opening import DAYS, Week

Address = Callable[[Listed], str]


class OpeningSchema(Schema):
    """One stretch of a weekday, in local time."""

    day = fields.Function(lambda opening: DAYS[opening.weekday])
    opens = fields.Time(format="%H:%M")
    closes = fields.Time(format="%H:%M")


class WeekSchema(Schema):
    """When it is open; closed on the bank holidays of England unless said otherwise."""

    openings = fields.List(fields.Nested(OpeningSchema))
    on_bank_holidays = fields.Boolean()


class CentreSchema(Schema):
    """What is public of a centre. Languages are BCP 47 or ISO 639 codes."""

    id = fields.String()
    name = fields.String()
    kind = fields.Function(lambda centre: centre.kind.value)
    about = fields.String()
    address = fields.String()
    postcode = fields.String()
    phone = fields.String()
    website = fields.String(attribute="web_address")
    hours: fields.Field[Week] = fields.Nested(WeekSchema, attribute="week")
    languages = fields.Function(lambda centre: [language.value for language in centre.languages])
    step_free = fields.Boolean()
    private_space = fields.Boolean()
    schemes = fields.Function(lambda centre: [scheme.value for scheme in centre.schemes])


def json_document(centres: Iterable[Listed], page_of: Address, about: dict[str, str]) -> dict[str, Any]:
    """Every centre with its page and its place; `about` is licence, attribution and publisher."""
    return {
        **about,
        "centres": [
            {
                **_properties(each, page_of),
                "latitude": round(each.point.lat, 5) if each.point else None,
                "longitude": round(each.point.lon, 5) if each.point else None,
            }
            for each in centres
        ],
    }


def geojson_document(centres: Iterable[Listed], page_of: Address, about: dict[str, str]) -> dict[str, Any]:
    """A FeatureCollection; longitude comes first, and a centre whose place is not known has no geometry."""
    return {"type": "FeatureCollection", **about, "features": [_feature(each, page_of) for each in centres]}


def _feature(centre: Listed, page_of: Address) -> dict[str, Any]:
    properties = _properties(centre, page_of)
    place = [round(centre.point.lon, 5), round(centre.point.lat, 5)] if centre.point else None
    return {
        "type": "Feature",
        "id": properties.pop("id"),
        "geometry": {"type": "Point", "coordinates": place} if place else None,
        "properties": properties,
    }


def _properties(centre: Listed, page_of: Address) -> dict[str, Any]:
    dumped: dict[str, Any] = CentreSchema().dump(centre)
    return {**dumped, "page": page_of(centre)}
