"""Pure decisions of the reporting room."""

from datetime import date

from reporting.answers import Answers, Consent, Origin, When
from reporting.vocabulary import AgencyKind, Category, Contact, Detail, Kind, Motive, Offender, Setting, WhenKind, YesNo

ASB = frozenset(
    {
        Category.NUISANCE_NOISE, Category.NEIGHBOUR_DISPUTE, Category.ROWDY_BEHAVIOUR, Category.VEHICLE_NUISANCE,
        Category.MOTORCYCLE_NUISANCE, Category.ABANDONED_VEHICLE, Category.FLY_TIPPING, Category.LITTER_OR_NEEDLES,
        Category.DRUGS, Category.STREET_DRINKING, Category.BEGGING, Category.ANIMAL_PROBLEM, Category.FIREWORKS,
        Category.TRESPASS, Category.NUISANCE_CALLS, Category.PROSTITUTION_RELATED, Category.ASB_UNSPECIFIED,
    }
)  # fmt: skip


def kind_of(answers: Answers) -> Kind:
    """Hate when any strand was perceived: perception is enough, and not being sure is no denial."""
    asb = bool(answers.categories & ASB)
    hate = bool(answers.strands) or (answers.motive is Motive.NOT_SURE and not asb)
    if hate:
        return Kind.BOTH if asb else Kind.HATE
    if asb or answers.motive is Motive.NOT_ABOUT_THAT:
        return Kind.ASB
    return Kind.UNSAID


def month_of(day: date) -> date:
    """The first day of a day's month."""
    return day.replace(day=1)


def incident_month(answers: Answers, origin: Origin, reported: date) -> date | None:
    """The month of what happened; ongoing counts in the month of report; None when not said."""
    if answers.when.kind is WhenKind.ONGOING:
        return month_of(origin.dated or reported)
    return month_of(answers.when.day) if answers.when.day else None


def incident_weekday(answers: Answers) -> int | None:
    """0 for Monday to 6, only when the day is exact."""
    exact = answers.when.kind is WhenKind.EXACT and answers.when.day is not None
    return answers.when.day.weekday() if exact and answers.when.day else None


def when_in_words(when: When) -> str:
    """The day as it was given, which only people may read: `1 November 2026`, `about November 2026`, or empty."""
    exact = f"{when.day:%-d %B %Y}" if when.day else ""
    # A day left empty is kept as the first of its month.
    about = f"about {when.day:%B %Y}" if when.day and when.day.day == 1 else f"about {exact}"
    if when.kind is WhenKind.ONGOING:
        return f"it keeps happening; last time {about}" if exact else "it keeps happening"
    return about if exact and when.kind is WhenKind.ABOUT else exact


def consent_in_force(contact: Contact, given: Consent) -> Consent:
    """Consent that can hold: who somebody is, and how to reach them, only where they gave it and for what is shared.

    Sharing a name or a number without what happened would give somebody away for nothing.
    """
    told = {agency for agency, detail in given if detail is Detail.WHAT_HAPPENED}
    kept = {(agency, detail) for agency, detail in given if agency in told}
    if contact is not Contact.REACH_ME:
        kept = {(agency, detail) for agency, detail in kept if detail is Detail.WHAT_HAPPENED}
    return frozenset(kept)


def details_for(consent: Consent, agency: AgencyKind) -> frozenset[Detail]:
    """What consent lets one kind of agency have."""
    return frozenset(detail for kind, detail in consent if kind is agency)


def consent_from_rows(rows: list[list[str]]) -> Consent:
    """Consent as a report keeps it → consent."""
    return frozenset((AgencyKind(agency), Detail(detail)) for agency, detail in rows)


def consent_to_rows(consent: Consent) -> list[list[str]]:
    """Consent → sorted rows, as a report keeps it."""
    return sorted([agency.value, detail.value] for agency, detail in consent)


def may_be_home(setting: Setting) -> bool:
    """Whether a place may be where somebody lives: unless they said that it was some other kind of place."""
    return setting in {Setting.HOME, Setting.UNSAID, Setting.OTHER}


def home_is_dangerous(offender: Offender, under_18: YesNo, setting: Setting) -> bool:
    """Whether the one who did it may open the reporter's post: the home is then never contacted."""
    from_within = offender in {Offender.PARTNER_OR_FAMILY, Offender.CARER}
    return from_within or (under_18 is YesNo.YES and may_be_home(setting))
