"""The shape of what partner systems send, strictly: an unknown name or a wrong type is refused."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from centres.intake_fields import Agreed, Count, Day, Listed, Number, Strict, Word, Words
from core.languages import Language
from reporting.answers import Answers
from reporting.locating import city
from reporting.schemas import LONGEST_STORY, AnswersSchema
from reporting.vocabulary import (
    AgencyKind,
    Category,
    Contact,
    Detail,
    Harm,
    HourBand,
    Motive,
    Offender,
    Repeat,
    Safety,
    Setting,
    Strand,
    Told,
    WhenKind,
    WhyNotTold,
    Wish,
    YesNo,
)

KEY_HEADER = "Idempotency-Key"
NOTHING_SAID = "Say what happened: words, or at least one of the categories."
_CURSOR = r"^[0-9]{1,6}\.SH-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$"


def _text(longest: int = 300, **more: Any) -> fields.String:
    return fields.String(validate=validate.Length(max=longest), **more)


def _is_ward(code: str) -> None:
    if code not in city().boundary_set().codes():
        raise ValidationError("Not a ward of this city. See /api/v1/vocabulary.")


class WhenSchema(Strict):
    """When it happened, as exactly as the visitor knows."""

    kind = Word(WhenKind)
    day = Day(metadata={"description": "Not in the future. Where only the month is known: its first day."})
    hours = Word(HourBand)


class PointSchema(Strict):
    """A point in WGS84 degrees."""

    lat = Number(required=True, allow_nan=False, validate=validate.Range(-90, 90))
    lon = Number(required=True, allow_nan=False, validate=validate.Range(-180, 180))


class PlaceSchema(Strict):
    """Where it happened: any of these, or nothing. The most exact that can be found counts."""

    words = _text(280, metadata={"description": "A street, a landmark, a sentence; a place may be anything."})
    postcode = _text(10, metadata={"description": "Joined to the words."})
    point = fields.Nested(PointSchema)
    ward = fields.String(validate=_is_ward, metadata={"description": "A ward's code, from the vocabulary."})


class IdentitySchema(Strict):
    """Who the visitor is and how to reach them safely. Kept only with contact reach-me."""

    name = _text()
    reach = _text()
    safe_times = _text()


class ConsentSchema(Strict):
    """What one kind of agency may have. Nothing is shared without what-happened."""

    agency = Word(AgencyKind, required=True)
    details = Words(Detail, required=True)


class ReportSchema(Strict):
    """A report that a visitor told. Whatever was not said is left out."""

    agreed = Agreed(required=True, metadata={"enum": [True], "description": "The visitor agreed to this report."})
    received_on = Day(metadata={"description": "The day the visitor told it, where that is not today."})
    language = Word(Language, metadata={"description": "The language it was told in."})
    safety = Word(Safety)
    categories = Words(Category)
    strands = Words(Strand)
    motive = Word(Motive)
    religion_perceived = _text()
    when = fields.Nested(WhenSchema)
    setting = Word(Setting)
    place = fields.Nested(PlaceSchema)
    words = _text(LONGEST_STORY, metadata={"description": "What happened, in the visitor's own words, any language."})
    repeat = Word(Repeat)
    harms = Words(Harm)
    offender = Word(Offender)
    under_18 = Word(YesNo)
    told = Words(Told)
    why_not_told = Words(WhyNotTold)
    wishes = Words(Wish)
    contact = Word(Contact)
    identity = fields.Nested(IdentitySchema)
    consent = Listed(
        fields.Nested(ConsentSchema),
        validate=validate.Length(max=len(AgencyKind)),
        metadata={"description": "What the visitor agreed to share, agency by agency. Nothing listed: nothing shared."},
    )

    @validates_schema
    def _says_something(self, found: Mapping[str, Any], **_: Any) -> None:
        if not found.get("categories") and not found.get("words", "").strip():
            raise ValidationError(NOTHING_SAID)


def answers_of(found: Mapping[str, Any]) -> Answers:
    """What `ReportSchema` read → answers, by the rules that every other door follows."""
    when, place, identity = found.get("when", {}), found.get("place", {}), found.get("identity", {})
    point = place.get("point")
    named = ("safety", "categories", "setting", "repeat", "harms", "offender", "under_18", "told", "why_not_told",
             "wishes", "contact")  # fmt: skip
    flat = {name: _stored(found[name]) for name in named if name in found}
    flat |= {"words": found.get("words", "").strip(), "religion_perceived": found.get("religion_perceived", "").strip()}
    flat |= {name: identity[name].strip() for name in identity}
    flat |= {
        "why": [*map(str, found.get("strands", [])), *([found["motive"].value] if "motive" in found else [])],
        "when_kind": _stored(when.get("kind")),
        "day": when["day"].isoformat() if "day" in when else None,
        "hours": _stored(when.get("hours")),
        "place_words": " ".join(filter(None, (place.get("words", "").strip(), place.get("postcode", "").strip()))),
        "point": f"{point['lat']:.6f},{point['lon']:.6f}" if point else "",
        "ward": place.get("ward", ""),
        "consent": [f"{one['agency']}:{detail}" for one in found.get("consent", []) for detail in one["details"]],
    }
    answers: Answers = AnswersSchema().load(flat)
    return answers


def _stored(value: Any) -> Any:
    return [word.value for word in value] if isinstance(value, list) else value.value if value is not None else None


class KeySchema(Schema):
    """The header that makes sending again safe."""

    key = fields.String(
        data_key=KEY_HEADER,
        required=True,
        validate=validate.Regexp(r"^[!-~]{8,128}\Z"),
        metadata={
            "description": "A random name for this one report, such as a UUID: 8 to 128 printable ASCII characters.",
            "pattern": "^[!-~]{8,128}$",
        },
    )


class PageSchema(Strict):
    """Which of the centre's reports are asked for."""

    limit = Count(load_default=50, validate=validate.Range(1, 200))
    after = fields.String(
        validate=validate.Regexp(_CURSOR), metadata={"description": "`next` of the page before.", "pattern": _CURSOR}
    )
