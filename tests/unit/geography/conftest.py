from pathlib import Path

import pytest

from geography.locating import City, default_city
from tests.stack.totals import NO_REFERENCE_DATA

REFERENCE = Path(__file__).resolve().parents[4] / "shared" / "data" / "reference"


@pytest.fixture(scope="session")
def city() -> City:
    return default_city()


@pytest.fixture(scope="session")
def police_months() -> list[Path]:
    """Real months of street-level records, kept beside the project and never in it."""
    months = [REFERENCE / f"police-southampton-2024-{month}.csv" for month in ("01", "02")]
    if not all(month.exists() for month in months):
        pytest.skip(f"The police reference months are {NO_REFERENCE_DATA}.")
    return months
