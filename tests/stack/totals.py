"""Counting: a run that skipped something has not passed, except for data or programs that cannot be had."""

import json
import os
from collections import Counter
from pathlib import Path

import pytest

NO_CHROMIUM = "No Chromium on this machine, and none may be installed: apt-get install chromium"
NO_REFERENCE_DATA = "not beside this checkout"
"""What a test says of reference data that lies outside the project's own folder."""
EXCUSES = (NO_CHROMIUM, NO_REFERENCE_DATA)
TOTALS_FILE = "HARBOUR_TEST_TOTALS"
"""Names the variable that holds where to write the counts as JSON: outcome → number, reason → number."""


class TotalsPlugin:
    """Turns an unexcused skip into a failure, and writes the counts down for whoever started the run."""

    def __init__(self, config: pytest.Config) -> None:
        self._is_worker = hasattr(config, "workerinput")
        self._outcomes: Counter[str] = Counter()
        self._skips: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count each test once, whichever of its phases decided."""
        if report.skipped and hasattr(report, "wasxfail"):
            self._outcomes["expected to fail"] += 1
        elif report.skipped:
            self._outcomes["skipped"] += 1
            self._skips[_reason(report.longrepr)] += 1
        elif report.failed or report.when == "call":
            self._outcomes[report.outcome] += 1

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A whole file that was skipped counts too."""
        if report.skipped:
            self._outcomes["skipped"] += 1
            self._skips[_reason(report.longrepr)] += 1

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail for what was skipped without an excuse; write the totals."""
        if self._is_worker:
            return
        unexcused = {why: n for why, n in self._skips.items() if not any(words in why for words in EXCUSES)}
        if unexcused and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
            for why, number in unexcused.items():
                print(f"\n{number} skipped without an excuse, which counts as failed: {why}")
        place = os.environ.get(TOTALS_FILE)
        if place:
            Path(place).write_text(json.dumps({"outcomes": self._outcomes, "skips": self._skips}))


def _reason(longrepr: object) -> str:
    text = longrepr[2] if isinstance(longrepr, tuple) else str(longrepr)
    return text.removeprefix("Skipped: ")
