"""Facts that happened in the reporting room, for whoever is joined to them in the assembly."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReportLocated:
    """A report's place was looked up, found or not: it can be queued."""

    report_id: str


@dataclass(frozen=True, slots=True)
class ReporterWrote:
    """A reporter added to their report from behind the receipt code."""

    report_id: str


@dataclass(frozen=True, slots=True)
class CentreWrote:
    """A centre wrote to the desk about a report that it logged."""

    report_id: str


@dataclass(frozen=True, slots=True)
class ReportEnds:
    """A report's time is over: it is there for the last time, and gone when the transaction stands."""

    report_id: str


@dataclass(frozen=True, slots=True)
class ConsentChanged:
    """A reporter changed whom their report may be shared with."""

    report_id: str
