"""What is chosen on the map beside what is written: the last one chosen stands, and what it replaces is said."""

import re
from html import unescape

from flask import Flask
from sqlalchemy import select

from core.work import REPORTER, begin_work, harbour
from reporting.map_page import TAKES_THE_PLACE
from reporting.models import Facts, Placement, Report
from reporting.places import place_of
from reporting.views import MARK_LEFT
from reporting.vocabulary import Precision
from tests.pages.conftest import inside, run_jobs
from tests.pages.test_map import (
    BARGATE,
    COMMON,
    ONE_PAGE,
    PAGE,
    STATION,
    addresses,
    given_in,
    kept,
    point_of,
    press,
)
from tests.pages.visiting import Reporter, field_value, words_of


def test_a_ward_from_the_list_takes_the_place_of_the_pin(partnership: Flask, reporter: Reporter) -> None:
    reporter.answer_all(where={"setting": "street"})
    press(reporter, 0.1, 0.45)
    chosen = reporter.post(PAGE, {"use_area": "yes", "area": f"ward:{BARGATE}"})
    assert chosen.location == "/report/where#place"
    assert point_of(reporter) is None
    assert "Bargate" in words_of(reporter.get("/report/check"))
    reporter.send()
    run_jobs(partnership)
    with inside(partnership) as session:
        assert session.scalars(select(Facts)).one().precision is Precision.AREA
        assert BARGATE in set(session.scalars(select(Placement.ward)))


def test_a_place_from_the_list_is_a_name_and_keeps_what_was_said(partnership: Flask, reporter: Reporter) -> None:
    """Its middle would be an exact point that nobody pressed, without the place's name and its other wards."""
    reporter.answer_all(where={"setting": "street", "place_words": ""})
    press(reporter, 0.1, 0.45)
    chosen = reporter.post(PAGE, {"use_area": "yes", "area": f"place:{COMMON.name}"})
    assert chosen.location == "/report/where#place"
    assert point_of(reporter) is None
    assert "You chose: Southampton Common ." in words_of(reporter.get("/report/where"))
    assert "Southampton Common" in words_of(reporter.get("/report/check"))
    reporter.send()
    run_jobs(partnership)
    with inside(partnership) as session:
        assert session.scalars(select(Facts)).one().precision is Precision.AREA
        assert len(set(session.scalars(select(Placement.ward)))) > 1


def test_a_named_place_is_read_together_with_words_of_ones_own(partnership: Flask, reporter: Reporter) -> None:
    reporter.answer_all(where={"setting": "street", "place_words": "platform 4"})
    reporter.post(PAGE, {"use_area": "yes", "area": f"place:{STATION.name}"})
    assert field_value(reporter.get("/report/where"), "place_words") == "platform 4"
    reporter.send()
    run_jobs(partnership)
    with inside(partnership) as session:
        report = session.scalars(select(Report)).one()
        place = place_of(begin_work(harbour(), session, REPORTER), report)
        assert (place.words, place.point) == (f"platform 4, {STATION.name}", None)
        assert place.found is not None and place.found.name == STATION.name


def test_what_is_chosen_last_stands_and_what_it_replaces_is_said(reporter: Reporter) -> None:
    reporter.post(PAGE, {"use_area": "yes", "area": f"ward:{BARGATE}"})
    press(reporter, 0.1, 0.45)
    assert TAKES_THE_PLACE in words_of(reporter.get(PAGE))
    assert not kept(reporter)["ward"]
    assert "selected" not in reporter.get("/report/where").get_data(as_text=True).replace('value="" selected', "")
    sent = reporter.answer("where", ward=BARGATE, ward_shown="")
    assert point_of(reporter) is None
    assert MARK_LEFT in words_of(reporter.get(str(sent.location)))
    assert kept(reporter)["ward"] == BARGATE


def test_online_has_no_place_on_the_map(reporter: Reporter) -> None:
    press(reporter, 0.5, 0.6)
    sent = reporter.answer("where", setting="online", ward_shown="")
    assert point_of(reporter) is None
    assert MARK_LEFT in words_of(reporter.get(str(sent.location)))


def test_a_page_opened_before_does_not_undo_what_was_chosen_on_the_map_since(reporter: Reporter) -> None:
    reporter.answer("where", setting="street", ward=BARGATE)
    shown = field_value(reporter.get("/report/where"), "ward_shown")
    assert shown == BARGATE
    press(reporter, 0.5, 0.6)
    point = point_of(reporter)
    assert reporter.answer("where", setting="school-or-university", ward=BARGATE, ward_shown=shown).status_code == 302
    assert (point_of(reporter), kept(reporter)["ward"], kept(reporter)["setting"]) == (
        point,
        "",
        "school-or-university",
    )
    reporter.answer("where", setting="school-or-university", ward="", ward_shown="", point="50.9,-1.4")
    assert point_of(reporter) == point, "no form sends a point"


def test_what_was_chosen_is_said_and_found_again(reporter: Reporter) -> None:
    press(reporter, 0.5, 0.6)
    question = reporter.get("/report/where")
    chosen = re.search(r"You chose: (A point in [A-Z][\w& ]+\w) \.", words_of(question))
    assert chosen
    assert 'id="place"' in question.get_data(as_text=True)
    assert chosen[1] in words_of(reporter.get("/report/check"))
    reporter.post(PAGE, {"use_area": "yes", "area": f"ward:{BARGATE}"})
    assert "You chose: Somewhere in Bargate" in words_of(reporter.get("/report/where"))
    page = reporter.get(PAGE).get_data(as_text=True)
    assert re.search(r"<details[^>]* open><summary>Bargate</summary>", page)
    assert page.count("<details") == 17 and len(re.findall(r"<details[^>]* open>", page)) == 1
    assert re.search(rf'value="ward:{BARGATE}"[^>]* checked', page)


def test_every_question_on_one_page_shows_the_pin_and_can_leave_it_out(partnership: Flask, reporter: Reporter) -> None:
    press(reporter, 0.5, 0.6)
    whole = reporter.get(ONE_PAGE)
    assert re.search(r"You chose on the map: A point in [A-Z]", words_of(whole))
    point = field_value(whole, "point")
    sent = {"setting": "street", "point": point, "ward_shown": "", "place_words": "SO14 7LY"}
    assert reporter.post(ONE_PAGE, {**sent, "forget_point": "yes"}).status_code == 302
    assert given_in(partnership).point is None


def test_a_ward_chosen_on_one_page_takes_the_place_of_the_pin(partnership: Flask, reporter: Reporter) -> None:
    press(reporter, 0.5, 0.6)
    sent = {"point": field_value(reporter.get(ONE_PAGE), "point"), "ward_shown": "", "ward": BARGATE}
    assert reporter.post(ONE_PAGE, sent).status_code == 302
    given = given_in(partnership)
    assert (given.point, given.ward) == (None, BARGATE)


def test_the_one_page_with_a_pin_sent_twice_is_one_report(partnership: Flask, reporter: Reporter) -> None:
    press(reporter, 0.5, 0.6)
    whole = reporter.get(ONE_PAGE)
    sent = {"csrf_token": field_value(whole, "csrf_token"), "point": field_value(whole, "point"), "ward_shown": ""}
    for _ in range(2):
        assert reporter.client.post(ONE_PAGE, data=sent).location == "/report/receipt"
    assert given_in(partnership).point is not None


def test_changing_one_answer_by_the_map_leads_back_to_the_check(reporter: Reporter) -> None:
    asked = "/report/where?from=check"
    to_map = reporter.post(asked, {"on_the_map": "yes", "ward_shown": ""})
    assert to_map.location == f"{PAGE}?from=check"
    page = reporter.get(to_map.location)
    own = [address for address in addresses(page) if address.startswith(PAGE) or address.startswith("/report/where")]
    assert own and all("from=check" in address for address in own)
    pressed = press(reporter, 0.5, 0.6, page=to_map.location)
    assert "from=check" in str(pressed.location)
    used = re.search(
        r'href="([^"]*)"[^>]*>\s*Use this point', reporter.get(f"{PAGE}?from=check").get_data(as_text=True)
    )
    assert used and unescape(used[1]) == f"{asked}#place"
    assert reporter.post(asked, {"forget_point": "yes"}).location == f"{asked}#place"
    assert reporter.post(asked, {"setting": "street"}).location == "/report/check"
