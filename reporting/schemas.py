"""From a flat document of answers (a draft, an import, a partner's system) to answers, strictly by vocabulary."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load, pre_load, validate

from core.sealing import Secret
from reporting.answers import Answers, Identity, Place, When
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

LONGEST_STORY = 20_000
CONSENT_PAIRS = tuple(f"{agency.value}:{detail.value}" for agency in AgencyKind for detail in Detail)
_MOTIVES = {motive.value for motive in Motive}


def _word(vocabulary: Any, default: Any) -> Any:
    return fields.Enum(vocabulary, by_value=True, load_default=default)


def _words(vocabulary: Any) -> Any:
    return fields.List(fields.Enum(vocabulary, by_value=True), load_default=list)


def _text(longest: int = 300) -> fields.String:
    return fields.String(load_default="", validate=validate.Length(max=longest))


def _is_point(text: str) -> None:
    if read_point(text) is None:
        raise ValidationError("Not a latitude and a longitude.")


class AnswersSchema(Schema):
    """A flat document: words by their stored value, `day` in ISO form, `point` as "lat,lon" in WGS84, `place` as
    the name of a place chosen from a list, `consent` as "agency:detail" pairs."""

    class Meta:
        unknown = EXCLUDE

    safety = _word(Safety, Safety.UNSAID)
    categories = _words(Category)
    why = fields.List(
        fields.String(validate=validate.OneOf([*(word.value for word in Strand), *_MOTIVES])),
        load_default=list,
    )
    religion_perceived = _text()
    when_kind = _word(WhenKind, WhenKind.UNSAID)
    day = fields.Date(load_default=None, allow_none=True)
    hours = _word(HourBand, HourBand.UNSAID)
    setting = _word(Setting, Setting.UNSAID)
    place_words = _text()
    place = _text()
    ward = _text(9)
    point = fields.String(load_default="", validate=[validate.Length(max=60), _is_point])
    words = _text(LONGEST_STORY)
    repeat = _word(Repeat, Repeat.UNSAID)
    harms = _words(Harm)
    offender = _word(Offender, Offender.UNSAID)
    under_18 = _word(YesNo, YesNo.UNSAID)
    told = _words(Told)
    why_not_told = _words(WhyNotTold)
    wishes = _words(Wish)
    contact = _word(Contact, Contact.ANONYMOUS)
    name = _text()
    reach = _text()
    safe_times = _text()
    consent = fields.List(fields.String(validate=validate.OneOf(CONSENT_PAIRS)), load_default=list)

    @pre_load
    def _drop_empty(self, document: Any, **_: Any) -> Any:
        """What was left empty is left out: the defaults say what that means."""
        if not isinstance(document, Mapping):
            return document
        return {name: value for name, value in document.items() if value not in (None, "", [])}

    @post_load
    def _to_answers(self, found: dict[str, Any], **_: Any) -> Answers:
        why = set(found["why"])
        motive = next((Motive(word) for word in sorted(why & _MOTIVES)), None)
        reaches = found["contact"] is Contact.REACH_ME
        return Answers(
            safety=found["safety"],
            categories=frozenset(found["categories"]),
            strands=frozenset(Strand(word) for word in why - _MOTIVES),
            motive=motive,
            religion_perceived=Secret(found["religion_perceived"]),
            when=_when(found["when_kind"], found["day"], found["hours"]),
            setting=found["setting"],
            place=Place(
                _named(found["place_words"], found["place"]), read_point(found["point"]), found["ward"] or None
            ),
            words=Secret(found["words"]),
            repeat=found["repeat"],
            harms=frozenset(found["harms"]) - {Harm.NONE},
            offender=found["offender"],
            under_18=found["under_18"],
            told=frozenset(found["told"]),
            why_not_told=frozenset(found["why_not_told"]),
            wishes=frozenset(found["wishes"]),
            contact=found["contact"],
            # Somebody who chose to stay anonymous is anonymous, whatever still stands in the other boxes.
            identity=_identity(found) if reaches else Identity(),
            consent=frozenset(read_pair(text) for text in found["consent"]),
        )


def _named(words: str, place: str) -> str:
    """A named place beside somebody's own words is read with them: it is a name, and not its middle."""
    return words if place in words else ", ".join(filter(None, (words, place)))


def _when(kind: WhenKind, day: date | None, hours: HourBand) -> When:
    if kind is WhenKind.UNSAID and day is not None:
        return When(WhenKind.ABOUT, day, hours)
    return When(kind, day, hours)


def read_point(text: str) -> tuple[float, float] | None:
    """`50.9,-1.4` → latitude and longitude; None for anything else."""
    lat, _, lon = text.partition(",")
    try:
        point = float(lat), float(lon)
    except ValueError:
        return None
    return point if -90 <= point[0] <= 90 and -180 <= point[1] <= 180 else None


def read_pair(text: str) -> tuple[AgencyKind, Detail]:
    """`police:what-happened` → the agency and the kind of detail."""
    agency, _, detail = text.partition(":")
    return AgencyKind(agency), Detail(detail)


def _identity(found: Mapping[str, Any]) -> Identity:
    return Identity(Secret(found["name"]), Secret(found["reach"]), Secret(found["safe_times"]))
