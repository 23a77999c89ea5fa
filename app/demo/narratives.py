"""What the demo's reports say, plainly made up. Every text begins with "Demo:"."""

from random import Random

from reporting.vocabulary import Category, Strand

MARK = "Demo: "

_BY_CATEGORY: dict[Category, tuple[str, ...]] = {
    Category.VERBAL_ABUSE: (
        "Somebody shouted insults at me as I walked past. I did not know them.",
        "I was called names in the queue. Other people heard it and looked away.",
    ),
    Category.THREATS: ("They said they would be waiting for me next time, and followed me to the corner.",),
    Category.ONLINE_ABUSE: ("I keep getting unpleasant messages from an account that I do not know.",),
    Category.HARASSMENT: ("The same person stands outside and stares whenever I come home.",),
    Category.ASSAULT: ("I was pushed over on purpose. Somebody from the shop helped me up.",),
    Category.CRIMINAL_DAMAGE: ("Our front window was cracked and the plants outside were pulled up.",),
    Category.GRAFFITI: ("Insulting words were painted on the wall opposite our door.",),
    Category.SERVICE_DISCRIMINATION: ("I was refused service and told to go somewhere else, without a reason.",),
    Category.NUISANCE_NOISE: ("Loud music until the small hours, four nights this week.",),
    Category.NEIGHBOUR_DISPUTE: ("The people next door block our path and shout when we ask them to stop.",),
    Category.ROWDY_BEHAVIOUR: (
        "A group gathers by the shops each evening and throws things at the shutters.",
        "People were shouting and kicking bins over after closing time.",
    ),
    Category.VEHICLE_NUISANCE: ("Cars race round the car park late at night.",),
    Category.MOTORCYCLE_NUISANCE: ("Motorbikes are ridden across the playing field and along the pavement.",),
    Category.ABANDONED_VEHICLE: ("A van with flat tyres has stood here for a month.",),
    Category.FLY_TIPPING: ("A mattress and bags of rubbish were left behind the flats again.",),
    Category.LITTER_OR_NEEDLES: ("There are needles in the grass by the bench.",),
    Category.DRUGS: ("People come and go at all hours and the stairwell smells.",),
    Category.STREET_DRINKING: ("People drink by the bus stop in the morning and shout at passengers.",),
    Category.FIREWORKS: ("Fireworks were let off in the street for an hour.",),
}
_ABOUT: dict[Strand, str] = {
    Strand.RACE: "It was about where they think I come from.",
    Strand.RELIGION: "It was about my faith.",
    Strand.SEXUAL_ORIENTATION: "It was about my partner and me.",
    Strand.DISABILITY: "It was about my disability.",
    Strand.TRANSGENDER: "It was about my being trans.",
    Strand.SEX_OR_GENDER: "It was because I am a woman.",
    Strand.AGE: "It was about my age.",
    Strand.ALTERNATIVE_SUBCULTURE: "It was about how I dress.",
    Strand.OTHER: "It was about who I am.",
}
_ENDS = ("", "I would like it to stop.", "I avoid that way now.", "A neighbour saw it too.")


def narrative(random: Random, category: Category, strands: frozenset[Strand]) -> str:
    """A few plain sentences for one report."""
    parts = [random.choice(_BY_CATEGORY[category])]
    parts += [_ABOUT[strand] for strand in sorted(strands)]
    parts.append(random.choice(_ENDS))
    return MARK + " ".join(part for part in parts if part)


def hate_categories() -> tuple[Category, ...]:
    """What the demo's hate reports are about, the commonest first."""
    return tuple(_BY_CATEGORY)[:8]


def asb_categories() -> tuple[Category, ...]:
    """What the demo's reports of anti-social behaviour are about."""
    return tuple(_BY_CATEGORY)[8:]
