"""What the words around a name make of it: where it was not, where somebody lives, was going to or is called so."""

from collections.abc import Sequence

from geography.mentions import Mention
from geography.phrases import LEADING, is_generic, is_kind_of_street


def _set_of(words: str) -> frozenset[str]:
    return frozenset(words.split())


HOME = "it may only be where somebody lives"
PERSON = "it may be somebody's name"
JOURNEY = "it may only be where somebody was going, or was told to go"
NAMESAKE = "another place may be meant that has this name too"

_NEGATIONS = _set_of("not isnt wasnt never didnt hasnt havent nowhere")
_BETWEEN = _set_of("been even really actually quite happen happened take taken place")
_LIVING = _set_of("live lives lived living reside resides")
_COMING_FROM = _set_of("im am is was come comes came")
_OWNERS = _set_of("my his her our their your home postal")
_ADDRESSES = _set_of("address postcode postal")
_AT = _set_of("at outside in near by behind opposite from")
_TITLES = _set_of("mr mrs ms miss mx dr sir madam pc pcso sgt cllr councillor reverend imam auntie aunt uncle")
_PEOPLE = _set_of(
    "man woman boy girl guy lad lady bloke person people someone somebody he she him her they them who child kid son "
    "daughter neighbour neighbor friend mate colleague teacher manager officer boss partner wife husband brother "
    "sister mum dad cousin"
)
_CALLED = _set_of("called named")
_DEEDS = _set_of(
    "hit called calls shouted said told spat punched threatened pushed kicked attacked came who says keeps"
)
_JOURNEYS = _set_of(
    "go goes going gone heading headed travelling traveling driving returning back way route bus train coach taxi cab"
)
_ON_THE_WAY = _set_of("to towards toward from")
_STANDING_STILL = _set_of("next close opposite near due adjacent")
_NAMESAKES = _set_of("super upon tube underground metro tram")
_MOST_WORDS_OF_A_TOWN = 3
_NO_TOWN = _set_of(
    "yesterday today tonight evening morning afternoon night midnight noon monday tuesday wednesday thursday friday "
    "saturday sunday week weekend month year last am pm please thanks thank sorry it they he she we i you this which "
    "who when while then after before during because but so and where my his her their wieczorem rano wczoraj"
)


def set_aside(words: Sequence[str], mention: Mention) -> bool:
    """Whether the words before say that it was not there, as in "I live in Lordshill but" and "not in Shirley"."""
    return is_denied(words, mention) or is_home(words, mention)


def is_denied(words: Sequence[str], mention: Mention) -> bool:
    """Whether the words before say "not in"."""
    at = _before(words, mention)
    while at >= 0 and words[at] in _BETWEEN:
        at -= 1
    return at >= 0 and words[at] in _NEGATIONS


def is_home(words: Sequence[str], mention: Mention) -> bool:
    """Whether somebody lives there or comes from there; "where I live" is a place all the same."""
    at = _before(words, mention)
    if at < 0:
        return False
    if _is_address(words, mention):
        return True
    if "where" in words[max(0, at - 2) : at]:
        return False
    coming = (at > 0 or words[at] == "im") and words[at] in _COMING_FROM and "from" in words[at : mention.start]
    return words[at] in _LIVING or coming


def _is_address(words: Sequence[str], mention: Mention) -> bool:
    """ "My postcode is" and "home address", but not "outside my address"."""
    at = mention.start - 1
    while at >= 0 and (_is_house_number(words[at]) or words[at] in ("is", "was", "as", "at", "flat", ",")):
        at -= 1
    if at < 1 or words[at] not in _ADDRESSES | {"home"}:
        return False
    first = at - 1
    while first > 0 and words[first - 1] in _OWNERS and words[first] in _OWNERS:
        first -= 1
    if words[first] not in _OWNERS or (first > 0 and words[first - 1] in _AT):
        return False
    return words[at] != "home" or words[at + 1] in ("is", "was")


def _before(words: Sequence[str], mention: Mention) -> int:
    """Where the last word before a mention stands that is no preposition; -1 for none."""
    at = mention.start - 1
    while at >= 0 and (_is_house_number(words[at]) or (words[at] in LEADING and words[at] not in _COMING_FROM)):
        at -= 1
    return at


def _is_house_number(word: str) -> bool:
    return word[0] in "123456789"


def doubt_about(words: Sequence[str], mention: Mention) -> str:
    """Why a name may not say where it happened, as a clause; empty when nothing speaks against it."""
    if _is_somebody(words, mention):
        return PERSON
    if _is_aim(words, mention):
        return JOURNEY
    if words[mention.end : mention.end + 1] and words[mention.end] in _NAMESAKES:
        return NAMESAKE
    return ""


def _is_somebody(words: Sequence[str], mention: Mention) -> bool:
    if not mention.is_area and is_kind_of_street(mention.phrase.split()[-1]):
        return False
    before = list(words[max(0, mention.start - 4) : mention.start])
    if not before or before[-1] == ",":
        return (
            mention.end - mention.start == 1
            and words[mention.end : mention.end + 1] != []
            and (words[mention.end] in _DEEDS)
        )
    if before[-1] in _TITLES | (_PEOPLE - {"he", "she", "him", "her", "they", "them", "who", "people"}):
        return True
    return before[-1] in _CALLED and bool(_PEOPLE.intersection(before) or len(before) == 1)


def _is_aim(words: Sequence[str], mention: Mention) -> bool:
    at = mention.start - 1
    while at >= 0 and words[at] == "the":
        at -= 1
    if at < 1 or words[at] not in _ON_THE_WAY or words[at - 1] in _STANDING_STILL:
        return False
    return bool(_JOURNEYS.intersection(words[max(0, at - 3) : at]))


def lies_elsewhere(words: Sequence[str], mentions: Sequence[Mention]) -> bool:
    """Whether a text says that it was outside the city: a town by itself, after in, or beside a name."""
    known = {found.start for found in mentions if not found.is_elsewhere}
    for mention in mentions:
        if not mention.is_elsewhere or set_aside(words, mention):
            continue
        before = words[mention.start - 1] if mention.start else ","
        after = words[mention.end] if mention.end < len(words) else ","
        if before in ("in", "at", "near") or mention.end in known:
            return True
        if after == "," and before not in ("from", "to", "towards", "via"):
            return True
    return False


def unknown_town_follows(words: Sequence[str], mentions: Sequence[Mention]) -> bool:
    """Whether a few words that we do not know stand after the last name and a comma, as in "Bargate, Boston"."""
    last = max((mention.end for mention in mentions), default=len(words))
    if words[last : last + 1] != [","]:
        return False
    part = list(words[last + 1 :])
    part = part[: part.index(",")] if "," in part else part
    if not 0 < len(part) <= _MOST_WORDS_OF_A_TOWN or is_kind_of_street(part[-1]):
        return False
    if all(map(is_generic, part)):
        return False
    return not any(word in LEADING or word in _NO_TOWN or word[0].isdigit() for word in part)
