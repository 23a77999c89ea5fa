"""Reads of the centres room: a centre's own, for it alone, and what is public of the active ones."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from centres.directory import Listed
from centres.models import Centre
from centres.vocabulary import CentreState, Scheme
from core.languages import Language
from geography.places import Point
from reporting.queries import CentreRow, logged_by_centre


def centre_of(session: Session, team_id: str) -> Centre | None:
    """The centre whose people a team is."""
    return session.get(Centre, team_id)


def reports_of(session: Session, centre: Centre) -> list[CentreRow]:
    """What the centre logged, latest first: never a report's words."""
    return logged_by_centre(session, centre.id)


def active_centres(session: Session) -> list[Listed]:
    """What the public may know of every centre that is active now."""
    return [_listed(centre) for centre in session.scalars(_ACTIVE)]


def active_centre(session: Session, centre_id: str) -> Listed | None:
    """What the public may know of one centre; None for one that is not active now, or never was."""
    centre = session.scalar(_ACTIVE.where(Centre.id == centre_id))
    return _listed(centre) if centre else None


def centre_of_code(session: Session, code: str) -> Listed | None:
    """The active centre that a short address names, however it was typed."""
    wanted = code.strip().upper()
    return next((each for each in active_centres(session) if each.code == wanted), None)


_ACTIVE = select(Centre).where(Centre.state == CentreState.ACTIVE)


def _listed(centre: Centre) -> Listed:
    point = Point(centre.lat, centre.lon) if centre.lat is not None and centre.lon is not None else None
    return Listed(
        id=centre.id,
        name=centre.name,
        kind=centre.kind,
        about=centre.about,
        address=centre.address,
        postcode=centre.postcode,
        point=point,
        phone=centre.phone,
        website=centre.website,
        week=centre.week,
        languages=tuple(language for language in Language if language in centre.languages),
        step_free=centre.step_free,
        private_space=centre.private_space,
        schemes=tuple(scheme for scheme in Scheme if scheme in centre.schemes),
    )
