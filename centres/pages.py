"""What the centre's own pages share: who they are for, and whose they are."""

from flask import abort

from accounts.access import signed_in
from accounts.vocabulary import Role
from centres import queries
from centres.models import Centre
from core.work import Work

LOGGING = (Role.CENTRE_LEAD, Role.CENTRE_STAFF)
"""Everybody of a centre."""


def own_centre(work: Work) -> Centre:
    """The signed-in person's own centre; nobody names another."""
    centre = queries.centre_of(work.session, signed_in().person.team_id)
    if centre is None:
        abort(403)
    return centre
