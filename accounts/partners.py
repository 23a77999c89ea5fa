"""Community partners: somebody known by name in their organisation, who tells the desk what they hear.

A councillor, a faith forum, a university. Each is a team of one, with a key of their own, so that two from the same
organisation see nothing of one another. Ending access closes the team; letting them back in opens it again.
"""

from accounts.invitations import NewInvitation, invite_back_anew, invite_founder, revoke_all
from accounts.models import Person, Team
from accounts.queries import is_team_name_taken, open_invitations_as
from accounts.services import EnrolmentRefused, close_team, reopen_team
from accounts.vocabulary import Closure, Role
from core.ids import new_id
from core.work import Work

LONGEST_NAME = 120
TOO_LONG = f"Use {LONGEST_NAME - 3} letters or fewer for the name and the organisation together."
KNOWN = "{name} is a partner already. Open them in the list: a way back is made there, or they are let in again."
INVITED = "{name} is invited already. Take that invitation back first, then make a new one."
HAS_ACCESS = "{name} has access."
NO_ACCESS = "{name} has no access any more."


class PartnerRefused(ValueError):
    """Why something cannot be done with a partner, in words for the coordinator."""


def invite_partner(work: Work, name: str, organisation: str) -> NewInvitation:
    """Invite one person of an organisation; PartnerRefused when they are known, invited, or their name is too long."""
    known_as = f"{organisation} ({name})"
    if len(known_as) > LONGEST_NAME:
        raise PartnerRefused(TOO_LONG)
    if is_team_name_taken(work.session, known_as):
        raise PartnerRefused(KNOWN.format(name=known_as))
    if any(each.team_name == known_as for each in open_invitations_as(work.session, Role.PARTNER, work.now)):
        raise PartnerRefused(INVITED.format(name=known_as))
    return invite_founder(work, new_id(), known_as, Role.PARTNER, name)


def make_way_back(work: Work, person: Person) -> NewInvitation:
    """A code for a partner who forgot their password. Nothing is sealed to a partner, so a new key loses nothing."""
    if person.team.closed is not None:
        raise PartnerRefused(NO_ACCESS.format(name=person.name))
    try:
        return invite_back_anew(work, person)
    except EnrolmentRefused as why:
        raise PartnerRefused(str(why)) from why


def end_partner(work: Work, team: Team) -> None:
    """Sign a partner out at once and let them in no more; what they told the desk stays there."""
    if team.closed is not None:
        raise PartnerRefused(NO_ACCESS.format(name=team.name))
    close_team(work, team, Closure.ENDED)
    revoke_all(work, team_id=team.id)


def let_back_in(work: Work, team: Team) -> None:
    """A partner whose access was ended may sign in again."""
    if team.closed is None:
        raise PartnerRefused(HAS_ACCESS.format(name=team.name))
    reopen_team(work, team)
