"""Place names in one spelling: lower case, no marks, abbreviations written out."""

import re
import unicodedata
from collections.abc import Sequence

_APOSTROPHE = re.compile("(?<=\\w)['`\u2019](?=\\w)")
_OTHER = re.compile(r"[^a-z0-9,;\n\r]+")
_NUMBERED_ROAD = re.compile(r"[am]\d{1,4}|b\d{4}")
_BREAK = re.compile(r"\s*[,;\n\r][\s,;]*")
_BARRED = str.maketrans("łŁđĐøØı", "lLdDoOi")  # letters with a bar or without a dot, which do not come apart
_ENDINGS = {
    "rd": "road", "st": "street", "str": "street", "ave": "avenue", "av": "avenue", "cl": "close",
    "cres": "crescent", "cresc": "crescent", "gdns": "gardens", "gdn": "gardens", "ln": "lane", "dr": "drive",
    "pl": "place", "sq": "square", "ter": "terrace", "terr": "terrace", "ct": "court", "crt": "court",
    "gr": "grove", "la": "lane", "wy": "way", "wlk": "walk", "bldgs": "buildings",
}  # fmt: skip


def _set_of(words: str) -> frozenset[str]:
    return frozenset(words.split())


KINDS_OF_STREET = frozenset(_ENDINGS.values()) | _set_of(
    "bridge chase copse dale dell dene drove esplanade flyover green heights hill mead mews parade park "
    "rise row view yard quay wharf centre"
)
COMPASS = _set_of("north south east west")
_GENERIC = _set_of(
    "a aldi an and asda at back bank bar behind bench beside big block bus by cafe car church club co college coop "
    "corner council door downstairs estate flat flats floor front garden high home hospital house housing in inside "
    "landing library lidl lift local main mcdonalds mine morrisons mosque my near next of office on opposite our "
    "out outside over park parking path pavement petrol place platform playground polish precinct pub railway "
    "restaurant road roundabout sainsburys school shop shops small somewhere stairs station stop store street "
    "supermarket surgery takeaway taxi tesco that the there to toilets town train underpass uni university upstairs "
    "way where work"
)
# Words that may stand just before a place name without being part of it, in English and, without their marks, in
# Polish and Romanian, which many people of the city write.
LEADING = _set_of(
    "a along and at around behind beside by city close corner down flat from in inside near nr number no of "
    "off on onto opposite or our outside over past the through to top up via with is was meets joins crosses "
    "bottom end middle between towards into where under next as be either "
    "przy ulicy ulicach ulica ul na w we kolo ko obok pod za przed parku osiedlu langa lang pe strada str la lui "
    "fata spate parcul aproape"
)
STANDING_BEFORE = _set_of(
    "shop shops stop bus flats house home pub cafe bar restaurant bank takeaway surgery called named live lives "
    "living junction lights corner something someone somewhere crossing roundabout said"
)


def words_of(text: str) -> str:
    """Lower-case letters and digits with single spaces; commas and line breaks become one comma."""
    plain = text.replace("&", " and ")
    if not plain.isascii():
        apart = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in apart if not unicodedata.combining(c)).translate(_BARRED)
    plain = plain.lower()
    plain = _APOSTROPHE.sub("", plain)
    return _BREAK.sub(",", _OTHER.sub(" ", plain)).strip(" ,")


def spelled(name: str) -> str:
    """One phrase with Saint as st, and a shortened ending such as Rd, Ave or final St written out."""
    return spelled_words(words_of(name).replace(",", " ").split())


def spelled_words(plain: Sequence[str]) -> str:
    """`spelled` for words that `words_of` has tidied."""
    words = ["st" if word == "saint" else word for word in plain]
    last = len(words) - 1
    while last > 1 and words[last] in COMPASS:
        last -= 1
    if last > 0:
        words[last] = _ENDINGS.get(words[last], words[last])
    return " ".join(words)


def is_kind_of_street(word: str) -> bool:
    """Whether a word ends a street's name, written out or short; "st" may as well begin a saint's."""
    return word in KINDS_OF_STREET or (word in _ENDINGS and word != "st")


def is_numbered_road(word: str) -> bool:
    """Whether a word is a road that has only a number, as A33, B3038 and M27."""
    return _NUMBERED_ROAD.fullmatch(word) is not None


def is_generic(phrase: str) -> bool:
    """Whether a phrase holds only words that fit many places, as in "the bus stop by my house"."""
    return all(word in _GENERIC or len(word) == 1 or word.isdigit() for word in phrase.split())


def stem_of(phrase: str) -> str:
    """The telling part of a street name: without its kind of street."""
    words = phrase.split()
    while len(words) > 1 and (words[-1] in KINDS_OF_STREET or words[-1] in COMPASS):
        words.pop()
    return " ".join(words)
