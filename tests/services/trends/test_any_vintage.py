"""The month on wards that came later, and by how deprived an area is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from flask.testing import FlaskClient

from accounts.vocabulary import Role
from core.work import Work
from geography.locating import City, default_city
from geography.places import Point
from geography.reaggregation import Reaggregation
from reporting.answers import Place
from reporting.replacing import place_next
from tests.services.trends.conftest import SendReport, SignIn
from tests.services.trends.test_pages import cells, text_of
from tests.stack.vintages import NORTH, PARTED_AT, SOUTH, THIRD, two_areas, with_third_vintage
from trends import queries, views
from trends.period import Period
from trends.services import count_month, preview_month
from trends.vocabulary import HIDDEN, NO_AREA, Breakdown

POINTS = [(50.9020, -1.4042), (50.9352, -1.3960), (50.9181, -1.4302), (50.9097, -1.4044), (50.9020, -1.3900)]
MONTH = date(2024, 1, 1)
PERIOD = Period(MONTH, THIRD, date(2024, 3, 9))


@pytest.fixture(scope="module")
def later_city() -> City:
    """The city once a third vintage was imported."""
    return with_third_vintage(default_city())


@pytest.fixture
def imported(later_city: City, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The pages show that city."""
    monkeypatch.setattr(views, "current_city", lambda: later_city.on(PERIOD.today))
    yield


@pytest.fixture
def coordinator(signed_in_as: SignIn) -> FlaskClient:
    return signed_in_as(Role.COORDINATOR)


def place_on_third(work: Work, city: City) -> None:
    while place_next(work, city, Reaggregation(city, THIRD)):
        work.session.commit()
    work.session.commit()


def test_every_count_works_on_a_vintage_that_came_later(work: Work, send: SendReport, later_city: City) -> None:
    for spot in POINTS:
        send(place=Place(point=spot))
    wards = later_city.boundary_set(THIRD)
    assert count_month(work, PERIOD, wards).to_place
    place_on_third(work, later_city)
    summary = count_month(work, PERIOD, wards)
    north = sum(lat > PARTED_AT for lat, _ in POINTS)
    assert queries.ward_counts(work.session, MONTH, THIRD) == {NORTH: north, SOUTH: len(POINTS) - north}
    assert summary.tables[Breakdown.WARD].row(NORTH).now == north
    assert not summary.to_place
    assert count_month(work, Period(MONTH, "2011", PERIOD.today), later_city.boundary_set()).total.now == len(POINTS)


def test_the_page_offers_the_later_vintage_and_says_what_is_missing(
    coordinator: FlaskClient, work: Work, send: SendReport, later_city: City, imported: None
) -> None:
    for spot in POINTS:
        send(place=Place(point=spot))
    address = f"/trends/month?month=2024-01&vintage={THIRD}"
    page = text_of(coordinator, address)
    assert "2 wards, in force from 6 May 2027" in page
    assert "16 wards, in force from 1 January 2011 to 3 May 2023" in page
    assert "safeharbour place-again --vintage 2027" in page
    assert cells(page, "Ward not known")[0] == "5"
    place_on_third(work, later_city)
    page = text_of(coordinator, address)
    assert (cells(page, "Demo North")[0], cells(page, "Demo South")[0], cells(page, "Ward not known")[0]) == (
        "1",
        "4",
        "0",
    )
    assert "place-again --vintage" not in page
    assert "Demo North: 1 report" in page
    assert "250,000 people live in these wards (estimates of 2026)." in page


def test_without_a_choice_the_wards_are_those_in_force_today(coordinator: FlaskClient, imported: None) -> None:
    assert "on the boundaries of 4 May 2023" in text_of(coordinator, "/trends/month?month=2024-01")


def test_without_an_index_the_page_says_how_to_load_it(coordinator: FlaskClient) -> None:
    for address in ("/trends/month", "/trends/month/preview"):
        page = text_of(coordinator, address)
        assert "Deprivation is not loaded" in page
        assert "safeharbour geography build --council E06000045" in page
        assert "most deprived fifth" not in page


def test_with_an_index_reports_are_counted_by_fifth(
    coordinator: FlaskClient, work: Work, send: SendReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    areas = two_areas()
    ranked = replace(default_city(), small_areas=(areas,))
    monkeypatch.setattr("reporting.locating.city", lambda: ranked)
    monkeypatch.setattr(views, "current_city", lambda: ranked)
    for spot in POINTS:
        send(place=Place(point=spot))
    send(place=Place(words="Winchester Road"))
    west = sum(areas.area_at(Point(*spot)) == "E01099901" for spot in POINTS)
    page = text_of(coordinator, "/trends/month?month=2024-01")
    assert "Index of Multiple Deprivation 2019, small areas of 2011" in page
    assert cells(page, "1, most deprived fifth")[0] == str(west) == "3"
    assert (cells(page, "4")[0], cells(page, "2")[0], cells(page, "Area not known")[0]) == ("2", "0", "1")
    assert "Deprivation is not loaded" not in page
    wards = default_city().boundary_set()
    hidden = preview_month(work, Period(MONTH, "2023", PERIOD.today), wards, areas).tables[Breakdown.DEPRIVATION]
    assert [hidden.row(code).now for code in ("1", "2", NO_AREA)] == [HIDDEN, 0, HIDDEN]
    text = text_of(coordinator, "/trends/month/preview.csv?month=2024-01")
    assert 'deprivation,1,"1, most deprived fifth",c' in text
