"""Where the demo's reports happen: real streets and postcodes of the city, wards by their residents."""

from collections import defaultdict
from random import Random

from geography.locating import City
from reporting.answers import Place

_VAGUE = ("Demo: the usual bench by the path", "Demo: behind the old place, you know it", "Demo: near my friend's")


class Places:
    """Draws places; the same draws for the same random numbers and the same city."""

    def __init__(self, city: City, random: Random) -> None:
        self._random = random
        wards = sorted(city.boundary_set().wards, key=lambda ward: ward.code)
        self._wards = [str(ward.code) for ward in wards]
        self._residents = [ward.residents.count if ward.residents else 1 for ward in wards]
        self._postcodes: dict[str, list[tuple[str, tuple[float, float]]]] = defaultdict(list)
        for code, postcode in sorted(city.gazetteer.crosswalk.postcodes.items()):
            self._postcodes[str(postcode.ward)].append((code, (postcode.point.lat, postcode.point.lon)))
        self._streets = sorted(street.name for street in city.gazetteer.streets)

    def draw(self) -> Place:
        """A place as somebody might give it: postcode, street, map point, ward, in vain, or nothing."""
        ward = self._random.choices(self._wards, self._residents)[0]
        code, point = self._random.choice(self._postcodes[ward])
        how = self._random.random()
        if how < 0.50:
            return Place(words=code)
        if how < 0.70:
            return Place(words=self._random.choice(self._streets))
        if how < 0.86:
            return Place(point=point)
        if how < 0.93:
            return Place(ward=ward)
        return Place(words=self._random.choice(_VAGUE)) if how < 0.97 else Place()
