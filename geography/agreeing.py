"""Several things that were given about one place: what they agree on, and every reading where they do not."""

from collections.abc import Sequence
from dataclasses import replace

from geography.crosswalk import Crosswalk
from geography.places import Candidate, WardShare
from geography.vocabulary import WardCode


def agree(crosswalk: Crosswalk, one: Candidate, other: Candidate) -> bool:
    """Whether two readings share a ward of today; where one has none of today's, of any vintage."""
    today = crosswalk.current.vintage
    wards = [{share.ward for share in each.shares(today)} for each in (one, other)]
    if all(wards):
        return bool(wards[0] & wards[1])
    return bool({share.ward for share in one.wards} & {share.ward for share in other.wards})


def together(
    crosswalk: Crosswalk,
    point: Sequence[Candidate],
    text: Sequence[Candidate],
    ward: Sequence[Candidate],
    code: WardCode | None,
) -> list[Candidate]:
    """One candidate where a point, the readings of a text and a chosen ward agree, else all of them.

    `code` is the chosen ward's. The closest counts: the point, then the text as far as it lies in the ward, then the
    ward itself.
    """
    among = [reading for reading in text if all(agree(crosswalk, reading, each) for each in (*point, *ward))]
    apart = bool(text and not among) or any(not agree(crosswalk, one, other) for one in point for other in ward)
    if apart:
        return list({(each.place, each.point): each for each in (*point, *text, *ward)}.values())
    if point:
        return list(point)
    if not (text and ward and code):
        return list(text or ward)
    if len(among) == 1:
        return [within(crosswalk, among[0], ward[0], code)]
    several = f"{ward[0].reason} What was written could be {len(among)} places in it."
    return [replace(ward[0], reason=several)]


def within(crosswalk: Crosswalk, candidate: Candidate, ward: Candidate, code: WardCode) -> Candidate:
    """A reading as far as it lies in a chosen ward. The ward bears out what was doubtful."""
    home = crosswalk.home_of(code)
    own = candidate.shares(home.vintage) if home else ()
    candidate = candidate.beyond_doubt()
    if home is None or [share.ward for share in own] == [code]:
        return candidate
    overlapping = {share.ward for share in ward.wards}
    shares: list[WardShare] = []
    for boundary_set in crosswalk.sets:
        if boundary_set is home:
            shares.append(WardShare(home.vintage, code, 1.0))
            continue
        there = candidate.shares(boundary_set.vintage)
        kept = [share for share in there if share.ward in overlapping] or list(there)
        whole = sum(share.weight for share in kept)
        shares += [replace(share, weight=share.weight / whole) for share in kept]
    reason = f"{candidate.reason} Only the part in {ward.place} is meant, which was chosen."
    return replace(candidate, place=f"{candidate.place} in {ward.place}", wards=tuple(shares), reason=reason)
