"""What goes on in the demo beside reports: intelligence, a partner invited, notes with a centre, calls promised."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random

from sqlalchemy import select

from accounts.partners import invite_partner
from accounts.services import SignedIn
from app.demo.narratives import MARK
from app.demo.people import Cast
from app.demo.places import Places
from centres.keeping import promise_call_back
from centres.models import Centre
from centres.vocabulary import CentreState
from core.sealing import Secret
from core.work import Work
from reporting.asides import write_aside
from reporting.intelligence import Heard, confirm_grade, file_intelligence, mark_acted_on, mark_read
from reporting.intelligence_words import Action, Assessment, Handling, SourceEvaluation
from reporting.models import Report
from reporting.vocabulary import AgencyKind, Author, Strand

_HEARD_SHARE = 0.3
"""The share of those who came by themselves who followed a poster, in the demo."""


@dataclass(frozen=True, slots=True)
class _Rumour:
    """One made-up piece of intelligence. `grade` as in 2C; `ungraded` waits for the desk."""

    days_ago: int
    words: str
    source: str
    grade: str
    strands: frozenset[Strand] = frozenset()
    conditions: str = ""
    action: Action | None = None
    ungraded: bool = False


_RACE, _FAITH = frozenset({Strand.RACE}), frozenset({Strand.RELIGION})
_RUMOURS = (
    _Rumour(1, "stickers on three bus stops since Sunday. A neighbour took them down.", "a shopkeeper", "2A", _RACE,
            ungraded=True),
    _Rumour(2, "people are worried about Friday evening. Nobody could say who began it.", "talk after the service",
            "2D", _FAITH, ungraded=True),
    _Rumour(4, "a page online calls for a gathering outside the hostel.", "a member who follows it", "1C", _RACE,
            "Only to the neighbourhood team, not to the page's own readers", ungraded=True),
    _Rumour(9, "the same two young men wait by the gate when the club closes.", "a youth worker who saw them", "1A"),
    _Rumour(13, "paint on the wall of the garden, the second time this month.", "a volunteer", "1A", _FAITH,
            action=Action.TO_COUNCIL),
    _Rumour(20, "a rumour about a family goes round the school gate. It is not true.", "two parents", "2E", _RACE,
            action=Action.REASSURANCE),
    _Rumour(31, "less trouble on the square since the evening walks began.", "traders", "1B", action=Action.WATCHED),
)  # fmt: skip


def heard_from(posters: Sequence[str], random: Random) -> str | None:
    """The centre whose poster somebody followed, most often the first of `posters`; None for most people."""
    if random.random() >= _HEARD_SHARE:
        return None
    return random.choices(posters, [3 ** (len(posters) - place) for place in range(len(posters))])[0]


def posters_up(work: Work, cast: Cast) -> list[str]:
    """The active centres by id, the library first."""
    others = select(Centre.id).where(Centre.state == CentreState.ACTIVE, Centre.id != cast.centre.id)
    return [cast.centre.id, *work.session.scalars(others.order_by(Centre.name))]


def add_community(work: Work, cast: Cast, places: Places) -> None:
    """Let partners tell what they hear, let the desk look at some of it, and let desk and library write notes."""
    invite_partner(work.acting(cast.coordinator.actor), "Demo Councillor", "Demo Ward Councillors")
    _, housing = cast.agencies[AgencyKind.HOUSING]
    tellers = (cast.partner, cast.centre_lead, cast.partner, housing, cast.partner, cast.coordinator, cast.centre_staff)
    for rumour, teller in zip(_RUMOURS, tellers, strict=True):
        _tell(work, cast, places, rumour, teller)
    _write_notes(work, cast)


def _tell(work: Work, cast: Cast, places: Places, rumour: _Rumour, teller: SignedIn) -> None:
    then = replace(work, now=work.now - timedelta(days=rumour.days_ago))
    source, assessment = SourceEvaluation(rumour.grade[0]), Assessment(rumour.grade[1])
    heard = Heard(
        words=Secret(MARK + rumour.words),
        source=Secret(MARK + rumour.source),
        conditions=Secret(MARK + rumour.conditions if rumour.conditions else ""),
        place=places.draw(),
        source_evaluation=source,
        assessment=assessment,
        handling=Handling.CONDITIONS if rumour.conditions else Handling.PERMITTED,
        strands=rumour.strands,
    )
    row = file_intelligence(then.acting(teller.actor), heard, "demo", teller.person.team.name)
    if rumour.ungraded:
        return
    officer = replace(then, now=then.now + timedelta(hours=20)).acting(cast.officer.actor)
    mark_read(officer, row)
    confirm_grade(officer, row, source, assessment)
    if rumour.action is not None:
        mark_acted_on(officer, row, rumour.action)


def _write_notes(work: Work, cast: Cast) -> None:
    """On the last reports of the library: a question answered, one that waits, and two calls promised."""
    newest = select(Report).where(Report.centre_id == cast.centre.id).order_by(Report.received_at.desc()).limit(2)
    desk, library = cast.officer.actor, cast.centre_staff
    asked = replace(work, now=work.now - timedelta(hours=30)).acting(desk)
    answered = replace(work, now=work.now - timedelta(hours=22)).acting(library.actor)
    promised = asked.acting(library.actor)
    for days, report in zip((-1, 1), work.session.scalars(newest).all(), strict=False):
        if days < 0:
            write_aside(
                asked, report, Author.DESK, Secret(MARK + "did they say whether they feel safe at home tonight?")
            )
            write_aside(answered, report, Author.CENTRE, Secret(MARK + "they are with a friend until Monday."))
        else:
            write_aside(asked, report, Author.DESK, Secret(MARK + "could an interpreter be there when they come back?"))
        due = work.now + timedelta(days=days)
        words = Secret(MARK + "say that it is the library, and nothing else.")
        promise_call_back(promised, cast.centre, report, due, library.person.id, words)
