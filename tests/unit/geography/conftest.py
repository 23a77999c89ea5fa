from pathlib import Path

import pytest

from geography.locating import City, default_city

REFERENCE = Path(__file__).resolve().parents[4] / "shared" / "data" / "reference"


@pytest.fixture(scope="session")
def city() -> City:
    return default_city()


@pytest.fixture(scope="session")
def police_month() -> Path:
    """A real month of street-level records, kept beside the project and never in it."""
    month = REFERENCE / "police-southampton-2024-01.csv"
    if not month.exists():
        pytest.skip("The police reference month is not beside this checkout.")
    return month
