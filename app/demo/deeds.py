"""What the demo's staff did with the reports: opened, referred, answered, closed, through the desk's own services."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from accounts.services import SignedIn
from app.demo.narratives import MARK
from app.demo.people import Cast
from core.sealing import Secret
from core.work import Work
from reporting.rules import consent_from_rows, details_for
from reporting.vocabulary import AgencyKind
from triage import answering, queries, referring
from triage.models import QueueEntry, Referral
from triage.services import close_report, open_for_desk
from triage.vocabulary import Outcome

OLD = timedelta(days=28)
"""From this age on every report of the demo is closed."""
LONG_AGO = timedelta(days=120)
"""From this age on fewer were referred: nobody looks there first, and the demo must be made quickly."""
_BY_AGENCY = {
    AgencyKind.POLICE: (Outcome.ADVICE, Outcome.WARNING, Outcome.NO_FURTHER_ACTION, Outcome.ARREST_OR_CHARGE),
    AgencyKind.HOUSING: (Outcome.BEHAVIOUR_CONTRACT, Outcome.WARNING, Outcome.REPAIR),
    AgencyKind.COUNCIL: (Outcome.REPAIR, Outcome.PROTECTION_NOTICE, Outcome.ADVICE),
    AgencyKind.SUPPORT: (Outcome.SUPPORT,),
}
_BY_DESK = (Outcome.ADVICE, Outcome.NO_FURTHER_ACTION, Outcome.SUPPORT)
_DONE = Secret(MARK + "thank you for telling us. This is what was done about it.")
_DECLINED = Secret(MARK + "this is not something that we can act on.")
_PROGRESS = Secret(MARK + "we have spoken to the people who live there.")


@dataclass(slots=True)
class Story:
    """One report's way through the desk: a unit of work whose time moves on, and its own random numbers."""

    work: Work
    cast: Cast
    random: Random
    now: datetime

    def later(self, hours: float) -> None:
        """Let time pass, but never past today."""
        self.work = replace(self.work, now=min(self.work.now + timedelta(hours=hours), self.now))

    def by(self, who: SignedIn) -> Work:
        """The unit of work as somebody."""
        return self.work.acting(who.actor)

    def is_older(self, age: timedelta) -> bool:
        """Whether the report, before anything was done with it, is of at least this age."""
        return self.now - self.work.now > age


def tell(story: Story, report_id: str) -> None:
    """Open the report, refer it where its reporter agreed to, let the agencies answer, and close it if it is old."""
    entry = queries.entry(story.work.session, report_id)
    if entry is None:
        return
    is_old = story.is_older(OLD)
    referred = 0.18 if story.is_older(LONG_AGO) else 0.6
    officer = story.cast.officer
    story.later(story.random.uniform(1, 20))
    open_for_desk(story.by(officer), entry, officer.team_secret)
    referrals = _refer(story, entry) if story.random.random() < referred else []
    for referral in referrals:
        _answer(story, referral, finish=is_old)
    if is_old or not referrals:
        story.later(story.random.uniform(2, 40))
        close_report(story.by(officer), entry, story.random.choice(_BY_DESK), _DONE)


def _refer(story: Story, entry: QueueEntry) -> list[Referral]:
    consent = consent_from_rows(entry.report.consent)
    agreed = [agency for kind, (agency, _) in story.cast.agencies.items() if details_for(consent, kind)]
    if not agreed:
        return []
    chosen = [
        agency.team_id for agency in story.random.sample(agreed, min(len(agreed), story.random.choice((1, 1, 2))))
    ]
    officer = story.cast.officer
    story.later(story.random.uniform(0.2, 5))
    work = story.by(officer)
    preview = referring.preview_referral(work, entry.report, officer.team_secret, chosen)
    return referring.send_referral(work, entry, officer.team_secret, chosen, preview.fingerprint)


def _answer(story: Story, referral: Referral, finish: bool) -> None:
    """An agency's part; of a young report some are still unanswered."""
    referring.deliver_referral(story.work, referral.id)
    _, caseworker = story.cast.agencies[referral.agency.kind]
    fate = story.random.random()
    if not finish and fate < 0.3:
        return
    story.later(story.random.uniform(2, 30))
    if fate > 0.88:
        answering.decline(story.by(caseworker), referral, _DECLINED)
        return
    answering.accept(story.by(caseworker), referral)
    if not finish and fate < 0.7:
        return
    story.later(story.random.uniform(20, 90))
    if fate > 0.6:
        answering.note_progress(story.by(caseworker), referral, _PROGRESS)
    story.later(story.random.uniform(10, 90))
    outcome = story.random.choice(_BY_AGENCY[referral.agency.kind])
    answering.record_outcome(story.by(caseworker), referral, outcome, _DONE)
