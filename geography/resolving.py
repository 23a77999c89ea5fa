"""What a text with several names means: which of them narrow each other, and which are places of their own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geography.asides import HOME, NAMESAKE, doubt_about, is_denied, set_aside, unknown_town_follows
from geography.landmarks import distance
from geography.mentions import AREAS, Kind, Mention, NameBook, Named
from geography.naming import Namer, wards_of
from geography.phrases import LEADING, is_generic
from geography.places import Candidate

MOST_CANDIDATES = 8
"""There are eight railway stations in Southampton, and "the station" may be any of them."""
_JOINING = frozenset(
    (",", "and", "meets", "with", "near", "by", "at", "the", "junction", "corner", "of", "where", "joins", "crosses",
     "off", "opposite", "on", "crossroads")
)  # fmt: skip
_LARGEST_SITE_METRES = 250
COMMON = "many places have one called so"


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as words, the names in it, and what can be made of them."""

    words: Sequence[str]
    mentions: Sequence[Mention]
    book: NameBook
    namer: Namer

    def between(self, one: Mention, other: Mention) -> Sequence[str]:
        """The words from the end of a mention to the beginning of a later one."""
        return self.words[one.end : other.start]


def resolve(reading: Reading) -> list[Candidate]:
    """Candidates for the names in a text, in its order; none when it only says where somebody lives, or where not.

    Names that may be something else than the place are left out where there are others, and are doubtful alone.
    """
    there = [found for found in reading.mentions if not set_aside(reading.words, found)]
    sure = [found for found in there if not doubt_about(reading.words, found)]
    if sure:
        found = _meant(reading, sure)
        town = unknown_town_follows(reading.words, reading.mentions)
        return _once([candidate.doubted(NAMESAKE if town else "") for candidate in found])
    if there:
        doubt = doubt_about(reading.words, there[0])
        return _once([candidate.doubted(doubt) for candidate in _meant(reading, there)])
    homes = [found for found in reading.mentions if not (found.is_area or is_denied(reading.words, found))]
    return _once([candidate.doubted(HOME) for candidate in _meant(reading, homes)])


def _meant(reading: Reading, there: Sequence[Mention]) -> list[Candidate]:
    areas = _narrowest(reading, [found for found in there if found.is_area and not found.is_generic])
    others, areas = _joined_names(reading, [found for found in there if not found.is_area], areas)
    sites = [found for found in others if not found.is_generic]
    generic = [found for found in there if found.is_generic and (found in others or found.is_area)]
    if sites:
        return _at_sites(reading, sites, areas)
    if areas:
        return _in_areas(reading, areas, generic)
    return _fitting(reading, generic)


def _fitting(reading: Reading, generic: Sequence[Mention]) -> list[Candidate]:
    """What words that fit many places usually mean. One street alone is doubtful: most parts have a High Street."""
    found = _each(reading, [meaning for mention in generic for meaning in mention.meanings])
    if len(found) != 1:
        return found
    [mention] = generic
    the = mention.start > 0 and reading.words[mention.start - 1] == "the"
    common = mention.meanings[0].kind is Kind.STREET and (the or mention.phrase == "high street")
    return [found[0].doubted(COMMON if common else "")]


def _each(reading: Reading, meanings: Sequence[Named]) -> list[Candidate]:
    """A candidate for each meaning of the same words, which says so when there is more than one."""
    found = [reading.namer.candidate(meaning) for meaning in meanings]
    if len(found) == 1:
        return found
    return [replace(candidate, reason=f"One of several places called so. {candidate.reason}") for candidate in found]


def _joined_names(reading: Reading, sites: list[Mention], areas: list[Mention]) -> tuple[list[Mention], list[Mention]]:
    """ "High Street, Shirley" as Shirley High Street, when there is one."""
    for area in areas:
        for at, site in enumerate(sites):
            phrase = f"{area.phrase} {site.phrase}"
            if meanings := reading.book.entries.get(phrase):
                joined = Mention(site.start, site.end, phrase, meanings)
                return [*sites[:at], joined, *sites[at + 1 :]], [other for other in areas if other is not area]
    return sites, areas


def _narrowest(reading: Reading, areas: Sequence[Mention]) -> list[Mention]:
    """Areas, without one that stands straight behind a part of itself, as Woolston in "Weston, Woolston", and without
    the beginning of a postcode that overlaps with another area."""
    postcodes = [area for area in areas if area.meanings[0].kind is Kind.POSTCODES]
    kept: list[Mention] = []
    for area in areas:
        last = kept[-1] if kept else None
        if area in postcodes:
            continue
        if last is None or set(reading.between(last, area)) - {","} or not _overlap(reading, last, area):
            kept.append(area)
    return kept + [area for area in postcodes if not any(_overlap(reading, area, other) for other in kept)]


def _overlap(reading: Reading, one: Mention, other: Mention) -> bool:
    candidate = reading.namer.candidate
    return bool(wards_of(candidate(one.meanings[0])) & wards_of(candidate(other.meanings[0])))


def _at_sites(reading: Reading, sites: Sequence[Mention], areas: Sequence[Mention]) -> list[Candidate]:
    narrowing = [reading.namer.candidate(area.meanings[0]) for area in areas]
    found: list[Candidate] = []
    apart = list(narrowing)
    for group in _groups(reading, sites):
        for candidate in _of_group(reading, group):
            over = [area for area in narrowing if wards_of(area) & wards_of(candidate)]
            apart = [area for area in apart if area not in over]
            found.append(_narrowed(reading, group, candidate, over))
    return found + apart


def _narrowed(reading: Reading, group: Sequence[Mention], candidate: Candidate, over: Sequence[Candidate]) -> Candidate:
    meant = [meaning for mention in group for meaning in mention.meanings if meaning.key == candidate.place]
    if over and meant and meant[0].kind is Kind.STREET:
        return reading.namer.part_of_street(meant[0], over[0])
    return candidate


def _groups(reading: Reading, sites: Sequence[Mention]) -> list[list[Mention]]:
    """Sites one by one, but two together when a crossing or a landmark on a street is meant."""
    groups: list[list[Mention]] = []
    for site in sites:
        last = groups[-1] if groups else []
        if len(last) == 1 and _belongs(reading, last[0], site):
            last.append(site)
        else:
            groups.append([site])
    return groups


def _belongs(reading: Reading, one: Mention, other: Mention) -> bool:
    if len(one.meanings) > 1 or len(other.meanings) > 1 or one.meanings == other.meanings:
        return False
    first, second = one.meanings[0], other.meanings[0]
    if first.kind is Kind.STREET and second.kind is Kind.STREET:
        joined = not set(reading.between(one, other)) - _JOINING
        return joined and reading.namer.crossing(first, second) is not None
    if first.kind is second.kind:
        places = reading.namer.landmarks[first.key], reading.namer.landmarks[second.key]
        return distance(places[0].point, places[1].point) <= max(places[0].radius, places[1].radius)
    street, landmark = (first, second) if first.kind is Kind.STREET else (second, first)
    return reading.namer.stands_on(landmark, street)


def _of_group(reading: Reading, group: Sequence[Mention]) -> list[Candidate]:
    meanings = [meaning for mention in group for meaning in mention.meanings]
    if len(group) == 1:
        return _each(reading, meanings)
    if all(meaning.kind is Kind.STREET for meaning in meanings):
        crossing = reading.namer.crossing(*meanings)
        return [crossing] if crossing else []
    landmarks = [meaning for meaning in meanings if meaning.kind is not Kind.STREET]
    closest = min(landmarks, key=lambda meaning: reading.namer.landmarks[meaning.key].radius)
    streets = [meaning for meaning in meanings if meaning.kind is Kind.STREET]
    place = reading.namer.candidate(closest)
    if streets and reading.namer.landmarks[closest.key].radius > _LARGEST_SITE_METRES:
        return [reading.namer.part_of_street(streets[0], place)]
    return [place]


def _in_areas(reading: Reading, areas: Sequence[Mention], generic: Sequence[Mention]) -> list[Candidate]:
    found: list[Candidate] = []
    for mention in areas:
        area = reading.namer.candidate(mention.meanings[0])
        meant = [meaning for other in generic for meaning in other.meanings]
        found += [reading.namer.candidate(meaning) for meaning in meant if _within(reading, meaning, area)] or [
            _as_area(reading, area, areas)
        ]
    return found


def _within(reading: Reading, meaning: Named, area: Candidate) -> bool:
    current = reading.namer.crosswalk.current
    ward = current.ward_at(reading.namer.candidate(meaning).point)
    return meaning.kind not in AREAS and ward in {share.ward for share in area.shares(current.vintage)}


def _as_area(reading: Reading, area: Candidate, areas: Sequence[Mention]) -> Candidate:
    """An area, with a word about what else was written when that could be anything."""
    used = {at for mention in areas for at in range(mention.start, mention.end)}
    others = [word for at, word in enumerate(reading.words) if at not in used and word not in LEADING and word != ","]
    if not others:
        return area
    vague = "could be in many places" if all(map(is_generic, others)) else "names no place that we know"
    return replace(area, reason=f"{area.reason} What else was written {vague}.")


def _once(candidates: Sequence[Candidate]) -> list[Candidate]:
    return list({candidate.place: candidate for candidate in candidates}.values())[:MOST_CANDIDATES]
