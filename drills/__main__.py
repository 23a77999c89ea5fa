"""`python -m drills`: every drill in turn; `python -m drills NAME …`: those. Fails when a promise does not hold."""

import importlib
import os
import sys
import tempfile
from pathlib import Path
from time import perf_counter

DRILLS = (
    "fsyncs", "canary", "disk", "worker_killed", "placing_killed", "queue_lost", "web_killed", "line_cut",
    "busy_centres", "api_fuzz",
)  # fmt: skip


def main(names: list[str]) -> int:
    """How many drills failed; 2 for a name that is none."""
    if unknown := [name for name in names if name not in DRILLS]:
        print(f"No such drill: {', '.join(unknown)}. There are: {', '.join(DRILLS)}.", file=sys.stderr)
        return 2
    failed = []
    for name in names or DRILLS:
        print(f"== {name}", flush=True)
        began = perf_counter()
        if not _rehearse(name):
            failed.append(name)
        print(f"   took {perf_counter() - began:.0f} s", flush=True)
    print(f"Failed: {', '.join(failed)}." if failed else "Every promise held.")
    return min(len(failed), 1)


def _rehearse(name: str) -> bool:
    """Run one drill with all temporary files, ours and our children's, in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="harbour-drill-") as folder:
        # PostgreSQL runs as another user, who must be able to pass through.
        Path(folder).chmod(0o711)
        os.environ["TMPDIR"] = tempfile.tempdir = folder
        try:
            held: bool = importlib.import_module(f"drills.{name}").run()
        finally:
            tempfile.tempdir = None
            del os.environ["TMPDIR"]
    return held


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
