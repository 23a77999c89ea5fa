"""How long things are kept, in the plain words of the privacy page. The lengths come from the settings alone."""

from core.periods import in_words
from core.settings import Settings


def told_periods(settings: Settings) -> list[tuple[str, str, None]]:
    """What is kept, and how long, for whoever reports or visits a centre; as rows of facts."""
    keep = settings.keep
    told = [
        ("A report you have begun and not sent", f"Locked, for {settings.draft_hours} hours after your last answer."),
        (
            "Your report, and all that was written about it",
            f"{_capital(in_words(keep.reports))} after the team closed it. Longer if the police took it on. Then your "
            "code opens nothing any more. Only the numbers of the month stay.",
        ),
        ("A visit that a centre saved while you talked", "Until the centre closes that day."),
        (
            "What a centre wrote down beside your report",
            f"{_capital(in_words(keep.centre_notes))} after they wrote it. This is their plan with you, how it went, "
            "and a note that you agreed to.",
        ),
        (
            "Notes between a centre and the team",
            f"{_capital(in_words(keep.asides))} after they were written.",
        ),
        (
            "A promise to call you back",
            f"{_capital(in_words(keep.call_backs_done))} after the call. If nobody called, "
            f"{in_words(keep.call_backs_missed)} after the day that was promised.",
        ),
        ("An envelope with your code, kept by a centre", "As long as your report."),
        (
            "What partners heard in the community",
            f"{_capital(in_words(keep.intelligence))} after they told us. It is never part of a report.",
        ),
        (
            "Who asked for a place to become a centre",
            f"Their name, email address and telephone: {in_words(keep.contacts_ended)} after we said no, they gave "
            f"up, or nobody came. {_capital(in_words(keep.contacts_waiting))}, if we have not decided by then.",
        ),
    ]
    return [(what, how_long, None) for what, how_long in told]


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
