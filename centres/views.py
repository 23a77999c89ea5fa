"""Every page of the room, on one blueprint."""

from centres import (
    applying_views,
    list_views,
    logging_views,
    network_people_views,
    network_views,
    own_views,
    people_views,
)
from centres.blueprint import blueprint

__all__ = [
    "applying_views",
    "blueprint",
    "list_views",
    "logging_views",
    "network_people_views",
    "network_views",
    "own_views",
    "people_views",
]
