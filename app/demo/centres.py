"""The demo's centres: one that works, with hours, people and training, and one that asks to become a centre."""

from dataclasses import replace
from datetime import time, timedelta

from app.demo.more_centres import add_centres
from app.demo.people import Cast
from centres.becoming import accept_agreement, apply_to_become, change_life, change_place, note_checks
from centres.details import Application, Lead, Life, Place
from centres.opening import Opening, Week
from centres.permission import today
from centres.staffing import record_training
from centres.vocabulary import CentreKind, Check, Course, Scheme
from core.languages import Language
from core.work import Work

_LIBRARY = Life(
    about="Demo: ask at the desk for somebody who takes reports. It is quietest before noon.",
    phone="023 8000 0000",
    website="https://library.demo.invalid",
    week=Week.of(
        [
            *(Opening(day, time(9, 30), time(17)) for day in range(5)),
            Opening(5, time(10), time(13)),
            Opening(5, time(14), time(16)),
        ]
    ),
    languages=frozenset({Language.ENGLISH, Language.POLISH, Language.PUNJABI, Language.URDU, Language.SIGN}),
    step_free=True,
    private_space=True,
    schemes=frozenset({Scheme.DEMENTIA_FRIENDLY, Scheme.SAFE_PLACE}),
)
_WAITING = Application(
    Place("Demo Community Kitchen", CentreKind.COMMUNITY, "20 Demo Road, Southampton", "SO17 2LJ"),
    Life(
        about="Demo: come in at the side door. There is tea.",
        phone="",
        website="",
        week=Week.of(
            Opening(day, opens, closes)
            for day in (1, 3, 4)
            for opens, closes in ((time(10), time(12, 30)), (time(17), time(20)))
        ),
        languages=frozenset({Language.ENGLISH, Language.ARABIC, Language.SOMALI}),
        step_free=True,
        private_space=True,
        schemes=frozenset({Scheme.CITY_OF_SANCTUARY}),
    ),
    Lead("Demo Applicant", "applicant@demo.invalid"),
)


def furnish_centres(work: Work, cast: Cast) -> None:
    """Let the library be open and its people be trained, let a second place ask to become a centre, and
    let there be more in the directory.
    """
    lead, coordinator = work.acting(cast.centre_lead.actor), work.acting(cast.coordinator.actor)
    accept_agreement(lead, cast.centre)
    change_place(coordinator, cast.centre, replace(cast.centre.place, kind=CentreKind.LIBRARY))
    change_life(lead, cast.centre, _LIBRARY)
    day = today(work)
    record_training(coordinator, cast.centre_lead.person, completed_on=day - timedelta(days=200))
    for days_ago in (1440, 710):
        # Trained for as long as they have logged, and due again soon.
        record_training(lead, cast.centre_staff.person, completed_on=day - timedelta(days=days_ago))
    record_training(lead, cast.centre_staff.person, Course.SAFEGUARDING, day - timedelta(days=90))
    asked = replace(work, now=work.now - timedelta(days=5))
    waiting = apply_to_become(asked, "demo", _WAITING)
    note_checks(coordinator, waiting, [Check.VISITED, Check.PRIVATE_SPACE])
    add_centres(coordinator)
