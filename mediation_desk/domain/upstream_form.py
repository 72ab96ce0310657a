"""Forms of systems above the desk: which fields they ask for, and in which order."""

from dataclasses import dataclass

from mediation_desk.domain.dated import Dated
from mediation_desk.domain.labelled import Labelled


class DayFormat(Labelled):
    """How a system wants days to be written."""

    COMPACT = "compact", "20260516"
    DASHED = "dashed", "2026-05-16"


class Each(Labelled):
    """A side for each of whose parties a field comes once."""

    CLAIMANTS = "claimants", "申请方"
    RESPONDENTS = "respondents", "被申请方"
    OTHERS = "others", "其他方"


@dataclass(frozen=True, kw_only=True)
class UpstreamField:
    """A field of a form. `value` is a name of the catalogue `upstream_values`, "" for what the desk does not keep.

    A text has at most `longest` characters, or as many as the setting `longest_setting` says; 0 and "" are no limit.
    """

    label: str
    value: str = ""
    each: Each | None = None
    longest: int = 0
    longest_setting: str = ""


@dataclass(frozen=True, kw_only=True)
class UpstreamForm(Dated):
    """A form of an upstream system, field by field in its order."""

    code: str
    title: str
    system: str
    days: DayFormat
    fields: tuple[UpstreamField, ...]
