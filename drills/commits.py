"""So many submissions, each with a commit of its own: `python -m drills.commits NUMBER`, for whoever counts syncs."""

import sys

from core.settings import Settings
from drills.rehearsal import opened, send_reports


def main(number: int) -> None:
    """Send them, after one that opens whatever is opened once."""
    with opened(Settings.from_env()) as app:
        for _ in range(number + 1):
            send_reports(app, 1, with_waking=False)


if __name__ == "__main__":
    main(int(sys.argv[1]))
