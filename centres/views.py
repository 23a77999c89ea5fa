"""Every page of the room, on one blueprint."""

from centres import (
    applying_views,
    arriving_views,
    directory_views,
    feed_views,
    kept_report_views,
    list_views,
    logging_views,
    network_people_views,
    network_views,
    oversight_views,
    own_views,
    people_views,
    poster_views,
    token_views,
    visitor_views,
    visits_views,
    ways_back_views,
)
from centres.blueprint import blueprint

__all__ = [
    "applying_views",
    "arriving_views",
    "blueprint",
    "directory_views",
    "feed_views",
    "kept_report_views",
    "list_views",
    "logging_views",
    "network_people_views",
    "network_views",
    "oversight_views",
    "own_views",
    "people_views",
    "poster_views",
    "token_views",
    "visitor_views",
    "visits_views",
    "ways_back_views",
]
