"""Whatever is typed: a clear message on the page, nothing lost, nothing revealed, never a 500."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from core.clock import utc_now
from core.forms import PRESS_AGAIN
from core.ids import TYPABLE
from reporting.models import Draft, Facts
from reporting.return_views import UNKNOWN_CODE
from reporting.views import NOTHING_SAID
from reporting.vocabulary import Precision, WhenKind
from tests.pages.conftest import inside, reports_in, run_jobs
from tests.pages.visiting import ANSWERS, DRAFT, SESSION, Reporter, field_value, words_of

STORY = "They came back.\r\nمرحبا بالعالم 😀🏳️‍🌈 ‏שלום — “again”"


def the_facts(app: Flask) -> Facts:
    with inside(app) as session:
        return session.scalars(select(Facts)).one()


@pytest.mark.parametrize("postcode", ["SO14 9ZZ", "PO1 2AB", "EC1A 1BB", "not a postcode"])
def test_a_postcode_unknown_or_outside_the_city_is_taken_and_left_unplaced(
    partnership: Flask, reporter: Reporter, postcode: str
) -> None:
    reporter.answer_all(where={"setting": "street", "place_words": postcode})
    assert postcode in words_of(reporter.get("/report/check"))
    reporter.send()
    run_jobs(partnership)
    assert the_facts(partnership).precision is Precision.NONE


@pytest.mark.parametrize(
    ("date", "told"),
    [
        (("31", "2", "2026"), "There is no such date"),
        (("1", "1", "2999"), "This date is in the future"),
        (("first", "1", "2026"), "Write the whole date in numbers"),
        (("1", "", ""), "Give at least the month and the year"),
        (("1", "1", "26"), "Write the year with four numbers"),
    ],
)
def test_an_impossible_date_is_told_and_kept_in_the_boxes(
    reporter: Reporter, date: tuple[str, str, str], told: str
) -> None:
    boxes = dict(zip(("date-day", "date-month", "date-year"), date, strict=True))
    page = reporter.answer("when", when_kind="exact", hours="12-18", **boxes)
    assert page.status_code == 200
    assert told in words_of(page)
    assert "There is a problem" in words_of(page)
    assert tuple(field_value(page, name) for name in boxes) == date


def test_a_month_alone_is_no_exact_day(partnership: Flask, reporter: Reporter) -> None:
    month_alone = {"when_kind": "exact", "date-day": "", "date-month": "2", "date-year": "2024"}
    reporter.answer_all(when=month_alone)
    assert WhenKind.ABOUT.value in reporter.get("/report/when").get_data(as_text=True)
    reporter.send()
    assert the_facts(partnership).weekday is None


def test_today_where_the_reporter_is_is_not_the_future(reporter: Reporter) -> None:
    with time_machine.travel("2026-07-31T23:20:00Z", tick=False):
        today = {"date-day": "1", "date-month": "8", "date-year": "2026"}
        assert reporter.answer("when", when_kind="exact", **today).status_code == 302


@pytest.mark.parametrize("text", ["long words " * 4545 + "LAST!", "ж" * 50_000, "😀" * 50_000])
def test_fifty_thousand_characters_are_told_and_every_one_is_kept_in_the_page(reporter: Reporter, text: str) -> None:
    page = reporter.answer("own-words", words=text)
    assert page.status_code == 200
    assert "This is longer than 20,000 letters" in words_of(page)
    assert field_value(page, "words") == text
    assert reporter.cookie(DRAFT) is None


def test_the_longest_story_that_fits_arrives_whole(partnership: Flask, reporter: Reporter) -> None:
    story = "😀" * 19_999 + "!"
    reporter.answer_all(own_words={"words": story})
    reporter.come_back(reporter.send())
    assert story in words_of(reporter.get("/your-report"))


def test_emoji_and_right_to_left_text_survive_to_the_reporters_page(reporter: Reporter) -> None:
    reporter.answer_all(own_words={"words": STORY})
    assert field_value(reporter.get("/report/own-words"), "words") == STORY.replace("\r\n", "\n")
    code = reporter.send()
    reporter.keep_code()
    reporter.come_back(code)
    reporter.post("/your-report", {"words": f"again {STORY}"})
    page = reporter.get("/your-report")
    assert words_of(page).count("مرحبا بالعالم 😀🏳️‍🌈 ‏שלום — “again”") == 2
    assert page.get_data(as_text=True).count('class="harbour-words" dir="auto"') == 2


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "{{ 7*7 }}", "a\x00b", "\u202eevil", "'; DROP TABLE report"]
)
def test_what_looks_like_code_is_only_words(reporter: Reporter, text: str) -> None:
    reporter.answer_all(own_words={"words": text}, where={"place_words": text})
    check = reporter.get("/report/check").get_data(as_text=True)
    assert "<script>alert" not in check
    reporter.come_back(reporter.send())
    page = reporter.get("/your-report")
    assert text.replace("\x00", "") in words_of(page) or text.startswith("<script>")
    assert "<script>alert" not in page.get_data(as_text=True)


def test_no_answers_at_all_is_told(partnership: Flask, reporter: Reporter) -> None:
    page = reporter.post("/report/check")
    assert page.status_code == 200
    assert NOTHING_SAID in words_of(page)
    assert reports_in(partnership) == 0


def test_every_question_passed_over_is_no_answer_either(partnership: Flask, reporter: Reporter) -> None:
    for slug in ANSWERS:
        assert reporter.answer(slug).status_code == 302
    page = reporter.post("/report/check")
    assert NOTHING_SAID in words_of(page)
    assert reports_in(partnership) == 0


@pytest.mark.parametrize("how", ["expired", "absent", "forged"])
def test_a_form_sent_after_hours_keeps_every_word(partnership: Flask, reporter: Reporter, how: str) -> None:
    reporter.answer("what-happened", categories=["threats"])
    page = reporter.get("/report/own-words")
    sent = {"words": STORY, "csrf_token": field_value(page, "csrf_token")}
    with time_machine.travel(utc_now() + timedelta(hours=3)):
        if how == "expired":
            reporter.client.delete_cookie(SESSION)
        elif how == "absent":
            del sent["csrf_token"]
        else:
            sent["csrf_token"] = "forged"
        again = reporter.client.post("/report/own-words", data=sent)
        assert again.status_code == 200
        assert PRESS_AGAIN in words_of(again)
        assert field_value(again, "words") == STORY.replace("\r\n", "\n")
        pressed = {"words": STORY, "csrf_token": field_value(again, "csrf_token")}
        assert reporter.client.post("/report/own-words", data=pressed).status_code == 302
        check = words_of(reporter.get("/report/check"))
        assert "Threats" in check
        assert "“again”" in check
        assert len(reporter.send()) > 18


def test_a_page_open_for_three_hours_needs_no_second_press(reporter: Reporter) -> None:
    token = reporter.token("/report/own-words")
    with time_machine.travel(utc_now() + timedelta(hours=3)):
        sent = reporter.client.post("/report/own-words", data={"words": STORY, "csrf_token": token})
        assert sent.status_code == 302


def test_a_draft_is_kept_for_a_day_and_then_forgotten(reporter: Reporter) -> None:
    reporter.answer("own-words", words=STORY)
    with time_machine.travel(utc_now() + timedelta(hours=23)):
        assert field_value(reporter.get("/report/own-words"), "words")
    with time_machine.travel(utc_now() + timedelta(hours=26)):
        assert not field_value(reporter.get("/report/own-words"), "words")


def test_a_wrong_code_is_told(reporter: Reporter, another: Reporter) -> None:
    reporter.answer_all()
    reporter.send()
    page = another.come_back("2222 2222 2222 2222 22")
    assert page.status_code == 200
    assert UNKNOWN_CODE in words_of(page)
    assert field_value(page, "code") == "2222 2222 2222 2222 22"


def test_a_mistyped_code_is_told_before_any_look_up_and_is_no_guess(reporter: Reporter) -> None:
    reporter.answer_all()
    code = reporter.send().replace("-", "")
    reporter.keep_code()
    for letter in TYPABLE[:25]:
        if letter != code[5]:
            page = reporter.come_back(code[:5] + letter + code[6:])
            assert "One of the letters or numbers is mistyped" in words_of(page)
    assert "Our codes never have O in them" in words_of(reporter.come_back(f"O{code[1:]}"))
    assert "You typed 3" in words_of(reporter.come_back("ABC"))
    assert "You typed 0" in words_of(reporter.come_back(""))
    assert reporter.come_back(code).status_code == 302


def test_wrong_codes_are_slowed_and_a_right_one_from_the_same_library_is_not(
    reporter: Reporter, another: Reporter
) -> None:
    another.answer_all()
    code = another.send()
    for _ in range(10):
        assert UNKNOWN_CODE in words_of(reporter.come_back("2222 2222 2222 2222 22"))
    assert "Too many wrong codes" in words_of(reporter.come_back("2222 2222 2222 2222 22"))
    assert another.come_back(code).status_code == 302


@pytest.mark.parametrize("slug", ["nothing", "..", "check.html", "%00", "💥", "own-words/extra"])
def test_a_question_that_is_not_there(reporter: Reporter, slug: str) -> None:
    assert reporter.get(f"/report/{slug}").status_code == 404
    assert reporter.client.post(f"/report/{slug}").status_code in {404, 405}


@pytest.mark.parametrize("slug", ANSWERS)
def test_choices_that_no_page_offers_are_told(reporter: Reporter, slug: str) -> None:
    given = {name: ["no-such-word"] for name in ANSWERS[slug]}
    page = reporter.answer(slug, **given)
    if slug != "own-words":
        assert page.status_code == 200
        assert "There is a problem" in words_of(page)


@pytest.mark.parametrize("at", [("nan", "1"), ("1e999", "5"), ("-1", "5"), ("x", "y"), ("0", "0"), ("900", "5")])
def test_a_press_beside_the_map_changes_nothing(reporter: Reporter, at: tuple[str, str]) -> None:
    page = reporter.post("/report/where/map", {"at-288.x": at[0], "at-288.y": at[1]})
    assert page.status_code == 200
    assert reporter.cookie(DRAFT) is None


def test_a_press_on_the_map_is_kept_and_may_be_taken_back(partnership: Flask, reporter: Reporter) -> None:
    middle = {"at-288.x": "144", "at-288.y": "115"}
    assert reporter.post("/report/where/map", middle).status_code == 302
    assert "A point in" in words_of(reporter.get("/report/where"))
    assert reporter.answer("where", point="somewhere").status_code == 302
    assert "A point in" in words_of(reporter.get("/report/where"))
    assert reporter.answer("where", forget_point="yes").status_code == 302
    assert "A point in" not in words_of(reporter.get("/report/where"))
    with inside(partnership) as session:
        assert len(session.scalars(select(Draft)).all()) == 1


def test_a_name_without_a_choice_is_told_and_not_dropped(reporter: Reporter) -> None:
    refused = reporter.answer("contact", name="Demo Person", reach="07000 900123")
    assert refused.status_code == 200
    assert "Choose above whether we may reach you" in words_of(refused)
    assert field_value(refused, "name") == "Demo Person"


def test_a_name_for_somebody_who_is_not_told_what_happened_is_told(reporter: Reporter) -> None:
    refused = reporter.answer("sharing", consent=["police:who-i-am"])
    assert refused.status_code == 200
    assert "The police: tick “What happened” too" in words_of(refused)


def test_what_will_not_hold_does_not_stand_among_the_answers_to_check(reporter: Reporter) -> None:
    reporter.answer("contact", contact="reach-me", name="Demo Person", reach="07000 900123")
    reporter.answer("sharing", consent=["police:what-happened", "police:who-i-am"])
    assert "Demo Person" in words_of(reporter.get("/report/check"))
    reporter.answer("contact", contact="anonymous", name="Demo Person", reach="07000 900123")
    check = words_of(reporter.get("/report/check"))
    assert "Demo Person" not in check
    assert "with nobody, because you chose to stay anonymous" in check
    assert "The police: who i am" not in check
