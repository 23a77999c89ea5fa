"""schemathesis over the whole OpenAPI document of the intake API: nothing undocumented, no 500."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode

from core.clock import utc_now
from tests.pages.partners import Partner


@dataclass
class Fuzz:
    """What was asked, and what came back: counts by operation, kind of data and status."""

    app: Flask
    partner: Partner
    examples: int
    seed: int = 1
    answers: Counter[tuple[str, str, int]] = field(default_factory=Counter)

    def run(self) -> None:
        """Ask every operation with good and with bad data; an AssertionError says what was wrong."""
        schemathesis.openapi.format("date", st.dates(date(2000, 1, 1), utc_now().date()).map(str))
        schema = schemathesis.openapi.from_wsgi("/api/openapi.json", self.app)
        schema.config.generation.update(allow_x00=False)
        for found in schema.get_all_operations():
            assert isinstance(found, Ok), found
            operation = found.ok()
            for mode in GenerationMode:
                self._ask(operation, mode)

    def _ask(self, operation: Any, mode: GenerationMode) -> None:
        def ask(case: Any) -> None:
            case.headers["Authorization"] = f"Bearer {self.partner.token}"
            answer = case.call_and_validate()
            assert answer.status_code < 500
            self.answers[operation.label, mode.value, answer.status_code] += 1

        options = settings(
            max_examples=self.examples,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        try:
            options(given(case=operation.as_strategy(generation_mode=mode))(ask))()
        except Unsatisfiable:
            # What takes nothing can be given nothing wrong.
            assert (operation.label, mode) == ("GET /api/v1/vocabulary", GenerationMode.NEGATIVE)

    def told(self) -> str:
        """A line for each operation, kind of data and status."""
        rows = sorted(self.answers.items())
        return "\n".join(f"{label:42} {mode:9} {status}: {count}" for (label, mode, status), count in rows)
