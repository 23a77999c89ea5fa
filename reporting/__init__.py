"""From a draft to a report, its receipt and its conversation; its place; and the facts the rooms above share."""
