"""A short run over the whole OpenAPI document; the drill `api_fuzz` runs longer."""

from flask import Flask

from centres.fairness import Buckets
from tests.pages.intake_fuzz import Fuzz
from tests.pages.partners import partner_of

EXAMPLES = 15


def test_every_operation_answers_as_documented(partnership: Flask) -> None:
    partnership.extensions["intake fairness"] = Buckets(lambda: 0.0, burst=1_000_000)
    fuzz = Fuzz(partnership, partner_of(partnership, "Demo Library"), EXAMPLES)
    fuzz.run()
    assert {status for _, _, status in fuzz.answers} >= {200, 201, 404, 422}
