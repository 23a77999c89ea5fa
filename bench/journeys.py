"""What a visitor does: the floor's form, a journey through the real question pages, the real one-page form."""

from bench.load import Answer, Visitor
from bench.one_form import FILLED, STORY

ANSWERS: dict[str, dict[str, str]] = {
    "safe-now": {"safety": "safe"},
    "what-happened": {"categories": "threats"},
    "why-targeted": {"why": "race"},
    "when": {"when_kind": "exact", "date-day": "3", "date-month": "3", "date-year": "2026", "hours": "18-24"},
    "where": {"setting": "street", "place_words": "SO14 7LY"},
    "own-words": {"words": STORY},
    "before": {"repeat": "before"},
    "harm": {"harms": "hurt"},
    "know-them": {"offender": "stranger"},
    "under-18": {"under_18": "no"},
    "told-before": {"told": "friends-or-family"},
    "wishes": {"wishes": "make-it-stop"},
    "contact": {"contact": "reach-me", "name": "A Bench", "reach": "023 8000 0000"},
    "sharing": {"consent": "police:what-happened"},
}
PAGES_OF_A_JOURNEY = 2 * len(ANSWERS) + 3
ONE_PAGE, CHECK, RECEIPT = "/report/one-page", "/report/check", "/report/receipt"
QUESTION = "/report/why-targeted"


def one_form(visitor: Visitor) -> bool:
    """GET the bench's form, fill it in, send it: each time a new visitor."""
    visitor.forget()
    return b"Thank you" in sent_form(visitor).body


def sent_form(visitor: Visitor) -> Answer:
    """The page after the bench's form was sent."""
    return visitor.post("/form", {**FILLED, "csrf_token": visitor.get("/form").hidden("csrf_token")})


def question_pages(visitor: Visitor) -> bool:
    """Every question page seen and answered, the answers checked and sent, the receipt shown."""
    visitor.forget()
    for slug, answer in ANSWERS.items():
        page = visitor.get(f"/report/{slug}")
        kept = visitor.post(f"/report/{slug}", {**answer, "csrf_token": page.hidden("csrf_token")})
        if kept.status != 302:
            return False
    return _sent(visitor, CHECK, {})


def one_page_form(visitor: Visitor) -> bool:
    """The real one-page form, sent, and its receipt shown."""
    visitor.forget()
    return _sent(visitor, ONE_PAGE, {name: text for answer in ANSWERS.values() for name, text in answer.items()})


def question_page(visitor: Visitor) -> bool:
    """A question in the middle of a journey: there is a draft, which is looked up and opened."""
    if not visitor.cookies:
        token = visitor.get("/report/before").hidden("csrf_token")
        visitor.post("/report/before", {**ANSWERS["before"], "csrf_token": token})
    return visitor.get(QUESTION).status == 200


def static_page(visitor: Visitor) -> bool:
    """The floor's static page."""
    return visitor.get("/page").status == 200


def _sent(visitor: Visitor, path: str, fields: dict[str, str]) -> bool:
    page = visitor.get(path)
    sent = visitor.post(path, {**fields, "csrf_token": page.hidden("csrf_token")})
    return sent.status == 302 and b"harbour-receipt" in visitor.get(RECEIPT).body
