"""No service is left without a guard by oversight: each needs a right, or stands here with the reason why not."""

import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from mediation_desk import services
from mediation_desk.domain.rights import RIGHTS_OF, Right
from mediation_desk.services.act import needed_for

SIGHT = "shows cases that the user may see, and no others (tests/store/test_sight.py)"
WALL = "rosters, opening hours and who is here hang on the wall for everybody"
WITHIN = "is a part of guarded services and no step of its own"
OWN = "is of what everybody keeps for themselves"
PRACTICE = "fills a practice store by way of the services, which are guarded"

OPEN_TO_EVERYBODY = {
    "act.check": WITHIN,
    "agreements.findings_of": SIGHT,
    "attachments.attached": SIGHT,
    "audit.note_export": WITHIN,
    "audit.note_print": WITHIN,
    "audit.note_restored": "is told by the program itself, whoever opens the store next",
    "audit.note_view": WITHIN,
    "backlog.tasks_of": WITHIN,
    "blank_forms.find_blank": "a form in hand tells the number and finds no more than an id",
    "calendar.opening": WALL,
    "case_file.file_values": WITHIN,
    "case_file.plan_dossier": SIGHT,
    "case_file.score_file": SIGHT,
    "case_file.score_plan": WITHIN,
    "conferences.cases_of_meeting": SIGHT,
    "conferences.find_cases": SIGHT,
    "disclosure.check_closed_file": "is itself the guard",
    "disclosure.open_closed_file": "asks for the right where the case was not in the user's own hands",
    "duty_month.read_month": WALL,
    "fairness.carried_into": WITHIN,
    "fairness.months_served": WITHIN,
    "first_desk.set_up_with_password": "makes the first user, before whom there is nobody",
    "hard_cases.hard_cases": SIGHT,
    "hard_cases.why_hard": SIGHT,
    "holiday_notices.preview_notice": "reads a public notice and changes nothing",
    "holiday_notices.years": WALL,
    "narrowing.cases_due": SIGHT,
    "narrowing.cases_waiting": SIGHT,
    "own_rules.rules_here": "everybody works by the same rules",
    "paper_log.forget_draft": WITHIN,
    "paper_log.keep_draft_version": WITHIN,
    "paper_log.keep_draft_version_if_due": WITHIN,
    "paper_log.last_printed": SIGHT,
    "paper_log.times_printed": SIGHT,
    "paper_log.versions_of": SIGHT,
    "papers.draw_agreement": WITHIN,
    "papers.draw_paper": SIGHT,
    "papers.finished_paper": WITHIN,
    "papers.paper_input": WITHIN,
    "papers.see_paper": SIGHT,
    "passwords.check_password": "is asked at the door, before anybody may do anything",
    "passwords.has_passwords": "tells the door whether to ask",
    "passwords.set_own_password": "is of the user's own password",
    "practice.add_to_the_rosters": PRACTICE,
    "practice.sample_dispute": PRACTICE,
    "practice.seed": PRACTICE,
    "practice.set_up_practice": PRACTICE,
    "practice_crowd.add_people": PRACTICE,
    "practice_duties.add_posts": PRACTICE,
    "practice_duties.keep_duties": PRACTICE,
    "relations.related": SIGHT,
    "relations.repeat_sequences": SIGHT,
    "replay.replay": WITHIN,
    "roster_files.draw_wall": WALL,
    "roster_files.roster_calendar": WALL,
    "roster_files.roster_workbook": WALL,
    "roster_making.affected_by": WALL,
    "roster_making.changes": WALL,
    "roster_making.check_month": WALL,
    "roster_making.explain_month": WALL,
    "roster_making.problem_of": WALL,
    "roster_making.uid_of": WITHIN,
    "roster_view.look_at_month": WALL,
    "roster_warnings.before_publishing": WALL,
    "roster_warnings.draft_in_words": WALL,
    "running_call_outs.running_call_outs": SIGHT,
    "saved_filters.drop_filter": OWN,
    "saved_filters.rename_filter": OWN,
    "saved_filters.save_filter": OWN,
    "scanning.look_up_scanned": SIGHT,
    "search.conditions_like": "offers how a condition may be typed",
    "search.look_for": SIGHT,
    "search.read_box": "reads what was typed, and tells kinds and mediators by their names",
    "setting_up.set_up": "makes the first user, before whom there is nobody",
    "similar.duplicate_persons": SIGHT,
    "similar.repeat_candidates": SIGHT,
    "similar.similar_cases": SIGHT,
    "similar.what_came_of": SIGHT,
    "staffing.staffing": WALL,
    "staffing.staffing_under": WALL,
    "swaps.returns": WALL,
    "swaps.swaps_of": WALL,
    "swaps.takers": WALL,
    "today.every_due": SIGHT,
    "today.look_at_today": SIGHT,
    "today.named": SIGHT,
    "triage.issue_number": WITHIN,
    "undo.undo": "asks for the right of the step that is undone",
    "verification.verify": SIGHT,
    "who_is_here.who_is_here": WALL,
}
"""Services that need no right, each with the reason."""


def services_of_the_desk() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function that is given the records, by module and name."""
    for module in iter_modules(services.__path__):
        members = vars(import_module(f"{services.__name__}.{module.name}"))
        for name, member in members.items():
            is_own = inspect.isfunction(member) and member.__module__.endswith(f".{module.name}")
            if (
                is_own
                and not name.startswith("_")
                and next(iter(inspect.signature(member).parameters), "") == "records"
            ):
                yield f"{module.name}.{name}", member


def test_every_service_needs_a_right_or_says_why_it_needs_none() -> None:
    unguarded = {name for name, service in services_of_the_desk() if not needed_for(service)}
    assert unguarded == OPEN_TO_EVERYBODY.keys()


def test_every_right_is_given_to_somebody() -> None:
    assert set().union(*RIGHTS_OF.values()) == set(Right)
