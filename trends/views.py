"""Pages of a month's figures: the coordinator's true counts, and the preview of what the Network will see."""

from flask import Blueprint, Response, render_template, request

from accounts.access import requires
from accounts.vocabulary import Role
from core.access import writes
from core.clock import local_day
from core.work import Work, current_work
from geography.locating import City
from geography.small_areas import SmallAreas
from geography.vocabulary import Vintage
from geography.wards import BoundarySet
from reporting.locating import city as current_city
from reporting.mapping import city_map
from trends.download import file_name, file_rows, write_csv
from trends.period import Period
from trends.presentation import make_page
from trends.rules import Summary
from trends.schemas import Choice, dump_rows, read_choice
from trends.services import count_month, preview_month, take_out_preview

blueprint = Blueprint("trends", __name__)

Page = tuple[str, int]


@blueprint.get("/trends/month", endpoint="month")
@requires(Role.COORDINATOR)
def month_page() -> Page:
    """A month's true counts beside the year before."""
    work, choice = current_work(), _asked_for(current_work())
    summary = count_month(work, choice.period, _wards(choice.period), _areas())
    return _render("trends/month.html", summary, choice)


@blueprint.get("/trends/month/preview", endpoint="preview")
@requires(Role.COORDINATOR)
def preview_page() -> Page:
    """The month as the Network would see it, with small numbers hidden."""
    work, choice = current_work(), _asked_for(current_work())
    summary = preview_month(work, choice.period, _wards(choice.period), _areas())
    return _render("trends/preview.html", summary, choice)


@blueprint.get("/trends/month/preview.csv", endpoint="preview_csv")
@requires(Role.COORDINATOR)
@writes
def preview_file() -> Response | Page:
    """The preview as a file; what cannot be read is answered with the page that says so."""
    work, choice = current_work(), _asked_for(current_work())
    if choice.problems:
        return _render(
            "trends/preview.html", preview_month(work, choice.period, _wards(choice.period), _areas()), choice
        )
    summary = take_out_preview(work, choice.period, _wards(choice.period), _areas())
    columns, lines = dump_rows(list(file_rows(summary)))
    response = Response(write_csv(columns, lines), content_type="text/csv; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=file_name(summary))
    return response


def _render(template: str, summary: Summary, choice: Choice) -> Page:
    """The page, and 400 when something asked for could not be read."""
    city, wards = current_city(), _wards(summary.period)
    return (
        render_template(
            template,
            summary=summary,
            period=summary.period,
            page=make_page(summary, wards, _areas(), city_map().surroundings.water),
            problems=choice.problems,
            boundary_sets=_newest_first(city),
            wards=wards,
            city=city,
        ),
        400 if choice.problems else 200,
    )


def _asked_for(work: Work) -> Choice:
    city, today = current_city(), local_day(work.now, work.harbour.settings.desk_time_zone)
    return read_choice(request.args.to_dict(), today, city.vintages, city.current_vintage)


def _wards(period: Period) -> BoundarySet:
    return current_city().boundary_set(Vintage(period.vintage))


def _areas() -> SmallAreas | None:
    """The small areas whose deprivation is known, by the newest index."""
    ranked = [(layer.index_year, layer) for layer in current_city().small_areas if layer.index_year is not None]
    return max(ranked, key=lambda pair: pair[0])[1] if ranked else None


def _newest_first(city: City) -> list[BoundarySet]:
    return [city.boundary_set(vintage) for vintage in reversed(city.vintages)]
