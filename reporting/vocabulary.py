"""The words of a report. Sources: NPCC/CPS shared definition, Home Office strands, NSIR, 2014 Act s.2."""

from enum import StrEnum

TAXONOMY_VERSION = "2026-11"


class Kind(StrEnum):
    """What a report is, by what was perceived: perception is enough."""

    HATE = "hate"
    ASB = "anti-social behaviour"
    BOTH = "hate and anti-social behaviour"
    UNSAID = "unsaid"


class Category(StrEnum):
    """What happened. A report may carry several."""

    VERBAL_ABUSE = "verbal-abuse"
    THREATS = "threats"
    ONLINE_ABUSE = "online-abuse"
    HARASSMENT = "harassment"
    ASSAULT = "assault"
    SEXUAL_OFFENCE = "sexual-offence"
    CRIMINAL_DAMAGE = "criminal-damage"
    GRAFFITI = "graffiti"
    THEFT = "theft"
    SERVICE_DISCRIMINATION = "service-discrimination"
    NUISANCE_NOISE = "nuisance-noise"
    NEIGHBOUR_DISPUTE = "neighbour-dispute"
    ROWDY_BEHAVIOUR = "rowdy-behaviour"
    VEHICLE_NUISANCE = "vehicle-nuisance"
    MOTORCYCLE_NUISANCE = "motorcycle-nuisance"
    ABANDONED_VEHICLE = "abandoned-vehicle"
    FLY_TIPPING = "fly-tipping"
    LITTER_OR_NEEDLES = "litter-or-needles"
    DRUGS = "drugs"
    STREET_DRINKING = "street-drinking"
    BEGGING = "begging"
    ANIMAL_PROBLEM = "animal-problem"
    FIREWORKS = "fireworks"
    TRESPASS = "trespass"
    NUISANCE_CALLS = "nuisance-calls"
    PROSTITUTION_RELATED = "prostitution-related"
    ASB_UNSPECIFIED = "asb-unspecified"
    OTHER = "other"


class Strand(StrEnum):
    """Why somebody was targeted. The first five are monitored nationally. Never add strands up."""

    RACE = "race"
    RELIGION = "religion"
    SEXUAL_ORIENTATION = "sexual-orientation"
    DISABILITY = "disability"
    TRANSGENDER = "transgender"
    SEX_OR_GENDER = "sex-or-gender"
    AGE = "age"
    ALTERNATIVE_SUBCULTURE = "alternative-subculture"
    OTHER = "other"


class Motive(StrEnum):
    """The reporter's answer to why, beside the strands."""

    NOT_SURE = "not-sure"
    NOT_ABOUT_THAT = "not-about-that"


class Setting(StrEnum):
    """What sort of place it was."""

    HOME = "home"
    STREET = "street"
    TRANSPORT = "public-transport"
    SCHOOL = "school-or-university"
    WORK = "work"
    SHOP = "shop-or-venue"
    WORSHIP = "place-of-worship"
    ONLINE = "online"
    OTHER = "other"
    UNSAID = "unsaid"


class Channel(StrEnum):
    """Through which door it came."""

    PUBLIC = "public form"
    CENTRE = "reporting centre"
    IMPORT = "import"
    DEMO = "demonstration"


class Safety(StrEnum):
    """Are you safe now?"""

    SAFE = "safe"
    UNSAFE = "unsafe"
    UNSURE = "unsure"
    UNSAID = "unsaid"


class Harm(StrEnum):
    """What was done or threatened, for deciding how fast to act."""

    HURT = "hurt"
    NEEDED_TREATMENT = "needed-treatment"
    WEAPON = "weapon"
    THREAT_TO_LIFE = "threat-to-life"
    FIRE = "fire"
    NONE = "none"


class Repeat(StrEnum):
    """Has it happened before?"""

    FIRST = "first"
    BEFORE = "before"
    WORSE = "before-and-worse"
    UNSAID = "unsaid"


class Offender(StrEnum):
    """Do you know them?"""

    STRANGER = "stranger"
    SEEN_BEFORE = "seen-before"
    NEIGHBOUR = "neighbour"
    PARTNER_OR_FAMILY = "partner-or-family"
    CARER = "carer"
    COLLEAGUE = "colleague-or-classmate"
    CUSTOMER = "customer-or-client"
    OFFICIAL = "somebody-in-authority"
    UNSAID = "unsaid"


class YesNo(StrEnum):
    """A plain answer, or none."""

    YES = "yes"
    NO = "no"
    UNSAID = "unsaid"


class Told(StrEnum):
    """Whom the reporter had told before."""

    NOBODY = "nobody"
    FRIENDS = "friends-or-family"
    POLICE = "police"
    COUNCIL = "council"
    LANDLORD = "landlord"
    SCHOOL_OR_WORK = "school-or-work"
    CHARITY = "charity"


class WhyNotTold(StrEnum):
    """Why nobody had been told."""

    NOTHING_WOULD_HAPPEN = "nothing-would-happen"
    AFRAID = "afraid"
    NOT_BELIEVED = "not-believed"
    DID_NOT_KNOW_HOW = "did-not-know-how"
    NOT_SERIOUS = "not-serious-enough"
    LANGUAGE = "language"
    POLICE_TRUST = "trust-in-police"
    OTHER = "other"


class Wish(StrEnum):
    """What would you like to happen? Asked first among choices."""

    HELP_FOR_ME = "help-for-me"
    MAKE_IT_STOP = "make-it-stop"
    POLICE = "police"
    HOUSING_OR_COUNCIL = "housing-or-council"
    JUST_COUNT_IT = "just-count-it"


class Contact(StrEnum):
    """How the reporter may be answered. Nobody is contacted who did not ask for it."""

    ANONYMOUS = "anonymous"
    ANSWER_HERE = "answer-here"
    REACH_ME = "reach-me"


class AgencyKind(StrEnum):
    """Whom a report may be shared with, by kind: consent is given for each."""

    SUPPORT = "support"
    POLICE = "police"
    HOUSING = "housing"
    COUNCIL = "council"


class Detail(StrEnum):
    """Kinds of detail that consent is given for, each agency by each."""

    WHAT_HAPPENED = "what-happened"
    HOW_TO_REACH = "how-to-reach-me"
    WHO_I_AM = "who-i-am"


class Precision(StrEnum):
    """How exactly the place of a report is known; the words are geography's."""

    ADDRESS = "address"
    POSTCODE = "postcode"
    STREET = "street"
    AREA = "area"
    POINT = "point"
    NONE = "none"


class WhenKind(StrEnum):
    """How exactly the time of what happened is known."""

    EXACT = "exact"
    ABOUT = "about"
    ONGOING = "ongoing"
    UNSAID = "unsaid"


class HourBand(StrEnum):
    """A part of the day: the finest time of an incident that is kept as a fact."""

    NIGHT = "00-06"
    MORNING = "06-12"
    AFTERNOON = "12-18"
    EVENING = "18-24"
    UNSAID = "unsaid"


class State(StrEnum):
    """Where a report is, as its reporter may know it."""

    RECEIVED = "received"
    BEING_READ = "being read"
    REFERRED = "referred"
    ACTED_ON = "acted on"
    CLOSED = "closed"


class Author(StrEnum):
    """Who wrote in the conversation."""

    REPORTER = "reporter"
    DESK = "desk"
    AGENCY = "agency"
    CENTRE = "centre"


class Present(StrEnum):
    """Who else was there when a report was taken down for somebody."""

    ALONE = "alone"
    FRIEND = "friend-or-relative"
    SUPPORTER = "support-worker"
    INTERPRETER = "interpreter"
    CHILD = "child"
    OTHER = "somebody-else"


class Interpreting(StrEnum):
    """Who carried the words over between two languages."""

    NONE = "none"
    IN_PERSON = "in-person"
    REMOTE = "phone-or-video"
    STAFF = "staff"
    FRIEND = "friend-or-relative"
    CHILD = "child"
