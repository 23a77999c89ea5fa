"""Notices: letters that tell a person of the partnership that something waits, and nothing of what.

There is no link in them either: whoever reads them signs in as they always do, and a forged letter gains nothing.
"""

from enum import StrEnum

from accounts.models import Person
from core import outbox
from core.db import db
from core.letters import Letter, post
from core.work import Harbour, Work

SEND = "accounts.notice"


class Notice(StrEnum):
    """What a letter may say, and nothing else: the words are in WORDS."""

    HIGH_RISK = "high-risk"
    REFERRAL = "referral"
    OVERDUE = "overdue"
    REVIEW = "review"


WORDS = {
    Notice.HIGH_RISK: ("Urgent: a report waits to be read now", "A report was assessed as high risk. Read it now."),
    Notice.REFERRAL: ("Something waits for you", "Something was sent to your team and waits for an answer."),
    Notice.OVERDUE: ("Something is overdue", "Something that your team has is overdue. Please see to it."),
    Notice.REVIEW: (
        "A decision waits for your review",
        "A colleague's decision needs a second person within 24 hours.",
    ),
}
"""Notice → subject, first sentence."""

_ENDING = (
    "Sign in as you always do; this letter has no link on purpose. It says nothing of what waits, and you cannot "
    "answer it."
)


def notify(work: Work, person: Person, notice: Notice) -> None:
    """Send somebody a notice once this transaction is kept."""
    outbox.hand_over(work, SEND, person_id=person.id, notice=notice.value)


def send(harbour: Harbour, errand_id: str, person_id: str, notice: str) -> None:
    """Post a notice; nothing for somebody who has left meanwhile."""
    person = db.session().get(Person, person_id)
    if person is None or person.left_at is not None or person.team.closed is not None:
        return
    address = person.email
    db.session.rollback()
    subject, words = WORDS[Notice(notice)]
    post(harbour, Letter(address, subject, f"{words}\n\n{_ENDING}\n"), errand_id)
