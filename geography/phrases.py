"""Place names in one spelling: lower case, no marks, abbreviations written out."""

import re
import unicodedata

_APOSTROPHE = re.compile("(?<=\\w)['`\u2019](?=\\w)")
_OTHER = re.compile(r"[^a-z0-9,;\n\r]+")
_BREAK = re.compile(r"\s*[,;\n\r][\s,;]*")
_ENDINGS = {
    "rd": "road", "st": "street", "str": "street", "ave": "avenue", "av": "avenue", "cl": "close",
    "cres": "crescent", "cresc": "crescent", "gdns": "gardens", "gdn": "gardens", "ln": "lane", "dr": "drive",
    "pl": "place", "sq": "square", "ter": "terrace", "terr": "terrace", "ct": "court", "crt": "court",
    "gr": "grove", "wy": "way", "wlk": "walk", "bldgs": "buildings",
}  # fmt: skip


def _set_of(words: str) -> frozenset[str]:
    return frozenset(words.split())


KINDS_OF_STREET = frozenset(_ENDINGS.values()) | _set_of(
    "bridge chase copse dale dell dene drove esplanade flyover green heights hill mead mews parade park "
    "rise row view yard quay wharf centre"
)
COMPASS = _set_of("north south east west")
_GENERIC = _set_of(
    "a an and at back bank bar bench behind beside block bus by cafe car club college corner council door "
    "downstairs estate flat flats floor front garden home hospital house housing in inside landing library "
    "lift main mine mosque my near next of office on opposite our out outside over park parking path "
    "pavement petrol place platform playground pub restaurant road school shop shops somewhere stairs "
    "station stop store street supermarket surgery takeaway taxi that the there to toilets town train "
    "underpass upstairs university way where work"
)
# Words that may stand just before a place name without being part of it.
LEADING = _set_of(
    "a along and at around behind beside by city close corner down flat from in inside near nr number no of "
    "off on onto opposite or our outside over past the through to top up via with is was"
)


def words_of(text: str) -> str:
    """Lower-case letters and digits with single spaces; commas and line breaks become one comma."""
    plain = unicodedata.normalize("NFKD", text.replace("&", " and "))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    plain = _APOSTROPHE.sub("", plain)
    return _BREAK.sub(",", _OTHER.sub(" ", plain)).strip(" ,")


def spelled(name: str) -> str:
    """One phrase with Saint as st, and a shortened ending such as Rd, Ave or final St written out."""
    words = ["st" if word == "saint" else word for word in words_of(name).replace(",", " ").split()]
    last = len(words) - 1
    while last > 1 and words[last] in COMPASS:
        last -= 1
    if last > 0:
        words[last] = _ENDINGS.get(words[last], words[last])
    return " ".join(words)


def is_generic(phrase: str) -> bool:
    """Whether a phrase holds only words that fit many places, as in "the bus stop by my house"."""
    return all(word in _GENERIC or len(word) == 1 or word.isdigit() for word in phrase.split())


def stem_of(phrase: str) -> str:
    """The telling part of a street name: without its kind of street."""
    words = phrase.split()
    while len(words) > 1 and (words[-1] in KINDS_OF_STREET or words[-1] in COMPASS):
        words.pop()
    return " ".join(words)
