"""What a form can show of the lawful way of a case, under the names that begin with "path."."""

from collections.abc import Callable, Mapping

from mediation_desk.domain.paper_input import PaperInput
from mediation_desk.domain.path_aid import Guide
from mediation_desk.domain.path_words import closures_of, group_label, guide_of, laws, limits, routes


def _guide(given: PaperInput) -> Guide | None:
    return guide_of(given.rules, given.day, given.case)


def _of_guide(read: Callable[[Guide], str]) -> Callable[[PaperInput], str]:
    def shown(given: PaperInput) -> str:
        guide = _guide(given)
        return read(guide) if guide else ""

    return shown


def _group(given: PaperInput) -> str:
    return group_label(given.rules, given.case.triage.path) if given.case.triage else ""


def _laws(given: PaperInput) -> str:
    guide = _guide(given)
    return laws(given.rules, guide.path, guide.law) if guide else ""


def _closed(given: PaperInput) -> str:
    """Why people's mediation is not open, unless the reason of the triage says so already."""
    said = given.case.triage.reason if given.case.triage else ""
    closures = closures_of(given.rules, given.day, given.case)
    return "".join(f"{each.reason}（{each.law}）" for each in closures if each.reason.rstrip("。") not in said)


def _limits(given: PaperInput) -> str:
    guide = _guide(given)
    return "；".join(limits(given.rules, guide, given.day)) if guide else ""


PATH_TEXTS: Mapping[str, Callable[[PaperInput], str]] = {
    "path.group": _group,
    "path.laws": _laws,
    "path.organ": _of_guide(lambda guide: guide.organ),
    "path.how": _of_guide(lambda guide: guide.how),
    "path.bring": _of_guide(lambda guide: "；".join(guide.bring)),
    "path.limits": _limits,
    "path.closed": _closed,
    "path.routes": lambda given: "\n".join(routes(given.rules, given.day, given.case)),
}
