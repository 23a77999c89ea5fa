"""Two people, or two presses, in the same moment: one of them is first, and the other is told."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from accounts.invitations import InvitationRefused, invite, join
from accounts.models import Invitation, Person
from accounts.services import SignedIn
from accounts.vocabulary import Role
from centres.becoming import NameTaken, apply_to_become, approve, change_place, invite_lead_again, move, note_checks
from centres.models import Centre, CentreCheck, IntakeToken, Training
from centres.rules import MoveRefused
from centres.staffing import StaffingRefused, change_role, end_colleague, record_training, remove_training
from centres.tokens import TokenRefused, make_token, revoke_token, rotate_token, tokens_of, works
from centres.visit_models import Visit
from centres.visits import OpenVisit, begin_visit, close_visit, find_visit, save_visit, seal_private
from centres.vocabulary import CentreState, Check, Reason, TokenScope
from core.audit import AuditEntry
from core.sealing import new_key
from core.work import SYSTEM, Actor, Work
from tests.services.centres.conftest import APPLICATION, LONG, named
from tests.stack.racing import pressed_meanwhile, row

BOTH = frozenset(TokenScope)


def test_the_checklist_saved_twice_is_saved_once(installed: Flask, coordinator: Work, applied: Centre) -> None:
    ticked = [Check.VISITED, Check.PRIVATE_SPACE]
    pressed_meanwhile(
        installed,
        coordinator,
        lambda: note_checks(coordinator, applied, ticked),
        coordinator.actor,
        row(Centre, applied.id),
        lambda work, centre: note_checks(work, centre, ticked),
    )
    seen = coordinator.session.scalars(select(CentreCheck.check))
    assert set(seen) == set(ticked)


def test_training_recorded_twice_is_one(installed: Flask, leading: Work, lead: SignedIn, staff: Person) -> None:
    pressed_meanwhile(
        installed,
        leading,
        lambda: record_training(leading, staff),
        lead.actor,
        row(Person, staff.id),
        record_training,
    )
    assert leading.session.scalar(select(func.count()).select_from(Training)) == 1


def test_training_taken_back_twice_is_gone_once(installed: Flask, leading: Work, lead: SignedIn, staff: Person) -> None:
    training = record_training(leading, staff)
    leading.session.commit()
    pressed_meanwhile(
        installed,
        leading,
        lambda: remove_training(leading, training),
        lead.actor,
        row(Training, training.id),
        remove_training,
    )
    taken_back = select(func.count()).where(AuditEntry.action == "training taken back")
    assert leading.session.scalar(taken_back) == 1


def test_a_token_rotated_twice_has_one_successor(
    installed: Flask, leading: Work, lead: SignedIn, centre: Centre
) -> None:
    token = make_token(leading, centre, "Housing system", BOTH).row
    leading.session.commit()

    def again(work: Work, same: IntakeToken) -> str:
        with pytest.raises(TokenRefused) as refused:
            rotate_token(work, same)
        return str(refused.value)

    words = pressed_meanwhile(
        installed, leading, lambda: rotate_token(leading, token), lead.actor, row(IntakeToken, token.id), again
    )
    assert "rotated already" in words
    assert len(tokens_of(leading, centre)) == 2


def test_a_token_revoked_meanwhile_has_no_successor(
    installed: Flask, leading: Work, lead: SignedIn, centre: Centre
) -> None:
    token = make_token(leading, centre, "Housing system", BOTH).row
    leading.session.commit()

    def rotate(work: Work, same: IntakeToken) -> bool:
        with pytest.raises(TokenRefused, match="does not work any more"):
            rotate_token(work, same)
        return True

    assert pressed_meanwhile(
        installed, leading, lambda: revoke_token(leading, token), lead.actor, row(IntakeToken, token.id), rotate
    )
    assert not any(works(leading, each) for each in tokens_of(leading, centre))


def test_a_token_made_twice_is_one(installed: Flask, leading: Work, lead: SignedIn, centre: Centre) -> None:
    def again(work: Work, same: Centre) -> bool:
        with pytest.raises(TokenRefused, match="of that name"):
            make_token(work, same, "Housing system", BOTH)
        return True

    assert pressed_meanwhile(
        installed,
        leading,
        lambda: make_token(leading, centre, "Housing system", BOTH),
        lead.actor,
        row(Centre, centre.id),
        again,
    )


def test_two_places_take_one_name_in_the_same_moment(installed: Flask, coordinator: Work, applied: Centre) -> None:
    other = apply_to_become(coordinator, "page two", named("Demo Hall"))
    coordinator.session.commit()
    wanted = named("Demo House").place

    def also(work: Work, centre: Centre) -> bool:
        with pytest.raises(NameTaken):
            change_place(work, centre, wanted)
        assert centre.name == "Demo Hall"
        return True

    assert pressed_meanwhile(
        installed,
        coordinator,
        lambda: change_place(coordinator, applied, wanted),
        coordinator.actor,
        row(Centre, other.id),
        also,
    )
    names = coordinator.session.scalars(select(Centre.name).order_by(Centre.name))
    assert list(names) == ["Demo Hall", "Demo House"]


def test_an_application_of_a_name_that_is_just_given(installed: Flask, coordinator: Work, applied: Centre) -> None:
    def also(work: Work, _: None) -> bool:
        with pytest.raises(NameTaken):
            apply_to_become(work, "page two", named("Demo House"))
        return True

    press = lambda: change_place(coordinator, applied, named("Demo House").place)  # noqa: E731
    assert pressed_meanwhile(installed, coordinator, press, SYSTEM, lambda _: None, also)


def test_two_leads_who_end_one_another_leave_one(
    installed: Flask, leading: Work, lead: SignedIn, staff: Person
) -> None:
    change_role(leading, staff, Role.CENTRE_LEAD)
    leading.session.commit()

    def end_the_first(work: Work, first: Person) -> bool:
        with pytest.raises(StaffingRefused, match="only one"):
            end_colleague(work, first)
        return True

    assert pressed_meanwhile(
        installed,
        leading,
        lambda: end_colleague(leading, staff),
        Actor(Role.CENTRE_LEAD.value, staff.id, staff.team_id),
        row(Person, lead.person.id),
        end_the_first,
    )


def test_a_place_approved_and_declined_in_the_same_moment(installed: Flask, coordinator: Work, applied: Centre) -> None:
    note_checks(coordinator, applied, list(Check))
    coordinator.session.commit()

    def decline(work: Work, centre: Centre) -> bool:
        with pytest.raises(MoveRefused):
            move(work, centre, CentreState.DECLINED, Reason.NO_ANSWER)
        return True

    assert pressed_meanwhile(
        installed,
        coordinator,
        lambda: approve(coordinator, applied),
        coordinator.actor,
        row(Centre, applied.id),
        decline,
    )
    assert applied.state is CentreState.APPROVED


def test_a_lead_joins_while_the_coordinator_makes_another_code(
    installed: Flask, work: Work, coordinator: Work, applied: Centre
) -> None:
    note_checks(coordinator, applied, list(Check))
    made = approve(coordinator, applied)
    assert made is not None
    coordinator.session.commit()

    def another(second: Work, centre: Centre) -> bool:
        with pytest.raises(MoveRefused, match="joined already"):
            invite_lead_again(second, centre)
        return True

    assert pressed_meanwhile(
        installed,
        work,
        lambda: join(work, made.code, APPLICATION.lead.email, LONG),
        coordinator.actor,
        row(Centre, applied.id),
        another,
    )


def test_nobody_joins_a_centre_that_leaves_in_the_same_moment(
    installed: Flask, coordinator: Work, leading: Work, lead: SignedIn, centre: Centre
) -> None:
    made = invite(leading, lead.person.team, lead.team_secret, Role.CENTRE_STAFF, "Demo Newcomer")
    leading.session.commit()

    def use(work: Work, _: Invitation) -> bool:
        with pytest.raises(InvitationRefused):
            join(work, made.code, "new@demo.invalid", LONG)
        return True

    assert pressed_meanwhile(
        installed,
        coordinator,
        lambda: move(coordinator, centre, CentreState.LEFT, Reason.OWN_WISH),
        SYSTEM,
        row(Invitation, made.invitation.id),
        use,
    )


def test_a_visit_closed_twice_is_closed_once(installed: Flask, leading: Work, lead: SignedIn, centre: Centre) -> None:
    record_training(leading.acting(SYSTEM), lead.person)
    visit = save_visit(leading, centre, begin_visit(leading, centre), [("words", "canary")], new_key())
    saved = visit.row
    assert saved is not None
    pressed_meanwhile(
        installed, leading, lambda: close_visit(leading, saved), lead.actor, row(Visit, saved.lookup), close_visit
    )
    assert find_visit(leading, visit.key) is None


def test_what_is_answered_alone_in_a_visit_that_is_deleted_is_deleted_too(
    installed: Flask, leading: Work, lead: SignedIn, centre: Centre
) -> None:
    record_training(leading.acting(SYSTEM), lead.person)
    visit = save_visit(leading, centre, begin_visit(leading, centre), [("words", "canary")], new_key())
    saved = visit.row
    assert saved is not None

    def answer(work: Work, same: Visit) -> None:
        seal_private(work, OpenVisit(visit.key, visit.ends_at, same), {"own-words": {"words": "canary"}})

    pressed_meanwhile(
        installed, leading, lambda: close_visit(leading, saved), lead.actor, row(Visit, saved.lookup), answer
    )
    assert find_visit(leading, visit.key) is None


def test_what_is_saved_while_the_visit_is_deleted_is_saved_anew(
    installed: Flask, leading: Work, lead: SignedIn, centre: Centre
) -> None:
    record_training(leading.acting(SYSTEM), lead.person)
    browser = new_key()
    visit = save_visit(leading, centre, begin_visit(leading, centre), [("words", "canary")], browser)
    saved = visit.row
    assert saved is not None

    def save_again(work: Work, same: Visit) -> None:
        again = OpenVisit(visit.key, visit.ends_at, same)
        save_visit(work, work.session.get_one(Centre, centre.id), again, [("words", "more")], browser)

    pressed_meanwhile(
        installed, leading, lambda: close_visit(leading, saved), lead.actor, row(Visit, saved.lookup), save_again
    )
    assert find_visit(leading, visit.key) is not None
