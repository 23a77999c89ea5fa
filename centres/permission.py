"""Who may log for a visitor: somebody with valid training, at a centre that is active now."""

from datetime import date

from accounts.models import Person
from accounts.vocabulary import TEAM_OF_ROLE, Role, TeamKind
from centres import queries
from centres.models import Centre
from centres.standing import Standing, standing
from centres.vocabulary import CentreState
from core.clock import local_day
from core.work import Work

_CENTRES_OWN = frozenset(role.value for role in Role if TEAM_OF_ROLE[role] is TeamKind.CENTRE)
NOT_ACTIVE = "{centre} cannot log reports at the moment. Ask the Network coordinator. What was typed is not sent."
NOT_TRAINED = "Your training for taking reports is not recorded, or ran out. What was typed is not sent."
NOT_YOURS = "You do not work at {centre} any more. What was typed is not sent."


class LoggingRefused(ValueError):
    """Why somebody may not log for a visitor now, in words for them."""


def today(work: Work) -> date:
    """The day it is where the desk is."""
    return local_day(work.now, work.harbour.settings.desk_time_zone)


def standing_of(work: Work, person: Person) -> Standing:
    """How somebody stands with their training today."""
    return standing((each.trained for each in queries.trainings_of(work.session, person.id)), today(work))


def check_may_log(work: Work, centre: Centre, *, held: bool = False) -> None:
    """LoggingRefused unless the centre is active and the actor, if one of its people, is trained.

    With `held` the centre cannot be suspended until this unit of work ends.
    """
    if held:
        work.session.refresh(centre, with_for_update={"read": True})
    if centre.state is not CentreState.ACTIVE:
        raise LoggingRefused(NOT_ACTIVE.format(centre=centre.name))
    if work.actor.role not in _CENTRES_OWN or work.actor.id is None:
        return
    person = work.session.get_one(Person, work.actor.id, populate_existing=held)
    if person.team_id != centre.id or person.left_at is not None:
        raise LoggingRefused(NOT_YOURS.format(centre=centre.name))
    if not standing_of(work, person).may_log:
        raise LoggingRefused(NOT_TRAINED)
