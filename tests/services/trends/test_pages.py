"""The coordinator's pages, as they are answered."""

import csv
import io
import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from accounts.vocabulary import Role
from core.audit import AuditEntry
from core.work import Work
from reporting.answers import Place
from reporting.vocabulary import Strand
from tests.services.trends.conftest import SendReport, SignIn

BARGATE = Place(ward="E05015491")
PAGES = ("/trends/month", "/trends/month/preview", "/trends/month/preview.csv")


@pytest.fixture
def coordinator(signed_in_as: SignIn) -> FlaskClient:
    return signed_in_as(Role.COORDINATOR)


@pytest.fixture
def six_and_two(send: SendReport) -> None:
    """Six reports in Bargate and two in Shirley, all of January 2024, one strand each."""
    for _ in range(6):
        send(place=BARGATE, strands=frozenset({Strand.RACE}))
    for _ in range(2):
        send(place=Place(ward="E05015502"), strands=frozenset({Strand.DISABILITY}))


def text_of(client: FlaskClient, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.get_data(as_text=True)


def cells(page: str, name: str) -> list[str]:
    """The cells of the first row with this heading, without their marks."""
    found = re.search(rf"<th scope=\"row\"[^>]*>{name}</th>(.*?)</tr>", page, re.DOTALL)
    assert found is not None
    return [re.sub(r"<[^>]*>", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", found[1], re.DOTALL)]


@pytest.mark.parametrize("address", PAGES)
def test_only_the_coordinator_comes_in(address: str, signed_in_as: SignIn, client: FlaskClient) -> None:
    assert client.get(address).status_code == 302
    for role in set(Role) - {Role.COORDINATOR}:
        assert signed_in_as(role).get(address).status_code == 403


def test_the_month_shows_true_counts_and_says_what_they_are(coordinator: FlaskClient, six_and_two: None) -> None:
    page = text_of(coordinator, "/trends/month?month=2024-01")
    assert "True counts: not for release" in page
    assert cells(page, "Bargate")[0] == "6"
    assert cells(page, "Shirley")[0] == "2"
    assert cells(page, "Bevois")[0] == "0"
    assert "8 reports in January 2024" in page
    assert "Do not add these up." in page


def test_the_preview_hides_and_says_what_it_cannot_do(coordinator: FlaskClient, six_and_two: None) -> None:
    page = text_of(coordinator, "/trends/month/preview?month=2024-01")
    assert (
        "Not for release: secondary suppression does not exist yet, a hidden number may be worked out from totals"
    ) in page
    assert cells(page, "Bargate")[0] == "6"
    assert cells(page, "Shirley")[0] == "c"
    assert cells(page, "Bevois")[0] == "0"
    assert "Shirley: hidden, 1 to 4" in page
    assert "Shirley: 2" not in page


def test_the_file_is_the_preview_and_its_taking_is_recorded(
    coordinator: FlaskClient, six_and_two: None, work: Work
) -> None:
    assert getattr(coordinator.application.view_functions["trends.preview_csv"], "writes", False)
    response = coordinator.get("/trends/month/preview.csv?month=2024-01&vintage=2023")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert (
        response.headers["Content-Disposition"] == "attachment; filename=reports-2024-01-wards-2023-not-for-release.csv"
    )
    lines = list(csv.DictReader(io.StringIO(response.get_data(as_text=True), newline="")))
    wards = {line["name"]: line["count"] for line in lines if line["table"] == "ward"}
    assert (wards["Bargate"], wards["Shirley"], wards["Bevois"]) == ("6", "c", "0")
    assert {line["status"] for line in lines} == {"not for release"}
    work.session.rollback()
    entry = work.session.scalars(select(AuditEntry).where(AuditEntry.action == "preview downloaded")).one()
    assert entry.detail == {"month": "2024-01", "vintage": "2023"}
    assert entry.actor_role == Role.COORDINATOR.value


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("month=banana", "Write the month as a year and a month, such as 2024-01."),
        ("month=0001-01", "Choose a month from January 2000 on."),
        ("month=2031-01", "Choose a month that has begun: March 2024 or earlier."),
        ("month=2024-01&vintage=1850", "Choose ward boundaries from the list: 2011 or 2023."),
        ("month=%00%F0%9F%92%A9&vintage=%22%3E%3Cscript%3E", "Write the month as a year and a month"),
    ],
)
def test_what_cannot_be_read_is_said_on_the_page_and_nothing_is_taken_out(
    coordinator: FlaskClient, work: Work, address: str, asked: str, words: str
) -> None:
    page = text_of(coordinator, f"{address}?{asked}", status=400)
    assert words in page
    assert "<title>Error: " in page
    assert '"><script>' not in page
    assert ("January 2024" if "vintage=1850" in asked else "March 2024") in page
    work.session.rollback()
    assert work.session.scalars(select(AuditEntry).where(AuditEntry.action == "preview downloaded")).all() == []


def test_nothing_asked_for_is_this_month_which_is_not_over(coordinator: FlaskClient) -> None:
    page = text_of(coordinator, "/trends/month")
    assert "Reports in March 2024" in page
    assert "This month is not over" in page
    assert "month=2024-02" in page
    assert "month=2024-04" not in page


def test_a_month_without_reports_says_so(coordinator: FlaskClient) -> None:
    page = text_of(coordinator, "/trends/month?month=2024-02")
    assert "No reports in February 2024" in page
    assert "It does not mean that nothing happened." in page
    assert "month=2024-01" in page
    assert "month=2024-03" in page


def test_the_older_wards_can_be_chosen(coordinator: FlaskClient, six_and_two: None) -> None:
    page = text_of(coordinator, "/trends/month?month=2024-01&vintage=2011")
    assert "1 January 2011" in page
    assert "Banister &amp; Polygon" not in page


@pytest.mark.parametrize("address", PAGES[:2])
def test_tables_have_captions_and_scopes_and_nothing_is_styled_inline(
    coordinator: FlaskClient, six_and_two: None, address: str
) -> None:
    page = text_of(coordinator, f"{address}?month=2024-01")
    tables = re.findall(r"<table.*?</table>", page, re.DOTALL)
    assert len(tables) == 4
    for table in tables:
        assert "<caption" in table
        assert all("scope=" in header for header in re.findall(r"<th\b[^>]*>", table))
    assert not re.search(r"<[^>]*\sstyle\s*=", page)
    assert page.count('role="img"') >= 3
    identities = re.findall(r"\sid=\"([^\"]*)\"", page)
    assert len(identities) == len(set(identities))
