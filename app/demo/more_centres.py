"""More of the demo's centres, so that the directory has something to choose from; all made up."""

from datetime import time

from sqlalchemy import select

from centres.becoming import move
from centres.models import Centre
from centres.opening import Opening, Week
from centres.vocabulary import CentreKind, CentreState, Reason, Scheme
from core.ids import new_id
from core.languages import Language
from core.work import Work
from geography.places import Point
from reporting.locating import city

_OFFICE = Week.of(Opening(day, time(9), time(17)) for day in range(5))
_PRAYERS = Week.of(Opening(day, time(12), time(20)) for day in range(7))
_EVENINGS = Week.of(
    [
        opening
        for day in (0, 2, 4)
        for opening in (Opening(day, time(9, 30), time(12)), Opening(day, time(17), time(20)))
    ]
)
_MORE: tuple[tuple[str, CentreKind, str, str, Week, tuple[Language, ...], bool, bool, tuple[Scheme, ...]], ...] = (
    (
        "Demo Community Hub", CentreKind.COMMUNITY, "2 Demo Parade", "SO19 8PF", _EVENINGS,
        (Language.ENGLISH, Language.POLISH, Language.ROMANIAN), True, True, (Scheme.SAFE_PLACE,),
    ),
    (
        "Demo Mosque", CentreKind.WORSHIP, "3 Demo Terrace", "SO14 0JW", _PRAYERS,
        (Language.ENGLISH, Language.URDU, Language.BENGALI, Language.ARABIC, Language.SOMALI), False, True,
        (Scheme.CITY_OF_SANCTUARY,),
    ),
    (
        "Demo Students’ Advice Desk", CentreKind.EDUCATION, "4 Demo Avenue", "SO17 1BJ", _OFFICE,
        (Language.ENGLISH, Language.CHINESE), True, False, (),
    ),
    (
        "Demo Corner Pharmacy", CentreKind.PHARMACY, "5 Demo Row", "SO15 3FG", _OFFICE,
        (Language.ENGLISH, Language.PUNJABI), True, True, (),
    ),
)  # fmt: skip
_SUSPENDED = "Demo Corner Pharmacy"


def add_centres(work: Work) -> None:
    """More centres for the directory, without people of their own; one is suspended by whoever `work` acts for."""
    for name, kind, address, postcode, week, languages, step_free, private, schemes in _MORE:
        spot = _spot(postcode)
        work.session.add(
            Centre(
                id=new_id(),
                state=CentreState.ACTIVE,
                kind=kind,
                name=name,
                about="A made-up place of the demonstration.",
                address=address,
                postcode=postcode,
                lat=spot.lat if spot else None,
                lon=spot.lon if spot else None,
                hours=week.to_values(),
                languages=frozenset(languages),
                step_free=step_free,
                private_space=private,
                schemes=frozenset(schemes),
                applied_at=work.now,
            )
        )
    work.session.flush()
    suspended = work.session.scalars(select(Centre).where(Centre.name == _SUSPENDED)).one()
    move(work, suspended, CentreState.SUSPENDED, Reason.TRAINING)


def _spot(postcode: str) -> Point | None:
    """Where a postcode of the shipped city is; nowhere in another council's."""
    answer = city().locate(text=postcode)
    return answer[0].point if isinstance(answer, list) else None
