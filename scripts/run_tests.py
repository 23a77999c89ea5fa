"""`make test`: the checks, then every test on each pair of database and queue, and one total at the end."""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAIRS = {"embedded": "SQLite + Valkey", "server": "PostgreSQL + Redis"}
# What is the same whatever the pair is tested with one of them: rules, and pages as a browser shows them. The whole
# journey, and a visit at a centre with its cut lines, are made on both.
ELSEWHERE = {
    "embedded": ["journeys/test_becoming_a_centre.py", "journeys/test_finding_a_centre.py",
                 "journeys/test_finding_a_place.py", "journeys/test_partners.py"],
    "server": ["unit"],
}  # fmt: skip


def run_checks() -> tuple[bool, str]:
    """Format, lint, types, layers and packages."""
    started = time.monotonic()
    passed = subprocess.run(["make", "check"], cwd=ROOT, check=False).returncode == 0
    return (
        passed,
        f"checks                {'passed' if passed else 'FAILED'} in {time.monotonic() - started:.0f} s",
    )


def run_pytest(pair: str, words: list[str]) -> tuple[bool, str]:
    """One run of the suite; whether it passed, and a line with its counts."""
    if not words:
        words = [f"--ignore={ROOT / 'tests' / name}" for name in ELSEWHERE[pair]]
    print(f"\n== Tests on {PAIRS[pair]}", flush=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        counts = Path(folder) / "totals.json"
        environment = os.environ | {"HARBOUR_TEST_STACK": pair, "HARBOUR_TEST_TOTALS": str(counts)}
        command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "worksteal", *words]
        passed = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0
        totals = json.loads(counts.read_text()) if counts.exists() else {"outcomes": {}, "skips": {}}
    numbers = ", ".join(f"{totals['outcomes'].get(word, 0)} {word}" for word in ("passed", "failed", "skipped"))
    lines = [f"{PAIRS[pair]:<21} {numbers} in {time.monotonic() - started:.0f} s"]
    lines += [f"    NOT RUN: {number} tests. {why}" for why, number in totals["skips"].items()]
    return passed, "\n".join(lines)


def main() -> int:
    """Run everything, even after a failure; 0 only if all passed. Arguments go to pytest."""
    results = [run_checks(), *(run_pytest(pair, sys.argv[1:]) for pair in PAIRS)]
    passed = all(result for result, _ in results)
    print("\n" + "\n".join(line for _, line in results))
    print("\nAll passed." if passed else "\nFAILED.")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
