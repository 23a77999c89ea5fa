import random
import string

from geography.locating import City


def one_slip(name: str, chance: random.Random) -> str:
    """A name with one letter dropped, doubled, mistaken or changed round."""
    at = chance.randrange(1, len(name) - 1)
    while name[at] == " " or name[at + 1] == " ":
        at = chance.randrange(1, len(name) - 1)
    return chance.choice(
        [
            name[:at] + name[at + 1 :],
            name[:at] + name[at] + name[at:],
            name[:at] + chance.choice(string.ascii_lowercase) + name[at + 1 :],
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        ]
    )


def test_one_slip_in_every_street(city: City) -> None:
    chance = random.Random(1)
    right, ambiguous, refused, wrong = 0, 0, 0, []
    names = [street.name for street in city.gazetteer.streets if " " in street.name]
    for name in names:
        written = one_slip(name, chance)
        answer = city.locate(written)
        if not isinstance(answer, list):
            refused += 1
        elif [candidate.place for candidate in answer] == [name]:
            right += 1
        elif name in [candidate.place for candidate in answer]:
            ambiguous += 1
        else:
            wrong.append((name, written, answer[0].place))
    print(f"{len(names)} streets: {right} right, {ambiguous} ambiguous, {refused} refused, wrong {wrong}")
    assert right / len(names) >= 0.95
    assert len(wrong) / len(names) < 0.01
