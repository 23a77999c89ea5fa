"""Every page of the room, on one blueprint."""

from centres import arriving_views, directory_views, feed_views, list_views, logging_views, poster_views
from centres.blueprint import blueprint

__all__ = [
    "arriving_views",
    "blueprint",
    "directory_views",
    "feed_views",
    "list_views",
    "logging_views",
    "poster_views",
]
