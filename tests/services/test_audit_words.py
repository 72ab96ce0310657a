"""Whatever the log can name has a word that a clerk knows."""

import ast
from pathlib import Path

import mediation_desk
from mediation_desk.services.act import needed_for
from mediation_desk.services.audit_terms import COLUMNS, TABLES
from mediation_desk.services.audit_words import DOINGS
from mediation_desk.store import mapping  # noqa: F401 - knows every table
from mediation_desk.store.columns import metadata
from mediation_desk.store.watching import WATCHED
from tests.services.test_guards import services_of_the_desk

PACKAGE = Path(mediation_desk.__file__).parent

READS = {
    "attendance_rate",
    "availability_template",
    "call_list",
    "cases_counted",
    "cases_to_hand_over",
    "confidential_notes",
    "draw_blanks",
    "draw_call_out",
    "draw_clock",
    "draw_ledger",
    "draw_score_sheet",
    "entries",
    "entry_in_words",
    "export_case",
    "fairness_of",
    "figures_workbook",
    "gather_events",
    "ledger_workbook",
    "lines_by_month",
    "list_cases",
    "log_workbook",
    "look_at_figures",
    "look_at_ledger",
    "look_at_log",
    "look_at_statistics",
    "look_at_users",
    "make_court_pack",
    "make_dossier",
    "misfits_in_words",
    "note_verified",
    "paper_to_print",
    "petition_items",
    "preview_availability",
    "rank_for",
    "score_file",
    "statistics_workbook",
    "upstream_fields",
    "waiting_cases",
}
"""Services that need a right and change nothing: no step is named after them."""


def test_every_service_that_changes_something_has_a_word() -> None:
    steps = {name.partition(".")[2] for name, service in services_of_the_desk() if needed_for(service)}
    assert steps - READS - DOINGS.keys() == set()


def test_every_step_of_a_window_is_named_after_something_that_has_a_word() -> None:
    unnamed = set()
    for file in (PACKAGE / "gui").glob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        wrapped = {
            node.name: _first_argument(decorator)
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef)
            for decorator in node.decorator_list
            if isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == "wraps"
        }
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "do":
                if not getattr(call.func.value, "attr", getattr(call.func.value, "id", "")).endswith("desk"):
                    continue
                name = _first_argument(call)
                unnamed.add((file.name, wrapped.get(name, name)))
    assert {(file, name) for file, name in unnamed if name not in DOINGS} == SPOKEN_OF_OTHERWISE


SPOKEN_OF_OTHERWISE = {
    ("leave_dialog.py", "service"),  # take_leave or note_absence
    ("register_page.py", "drop_parked"),  # a draft, of which nothing is logged
    ("roster_editing.py", "step"),  # place, move, clear, lock, wish, take_back
}


def _first_argument(call: ast.Call) -> str:
    first = call.args[0] if call.args else None
    return first.id if isinstance(first, ast.Name) else ast.unparse(first) if first else ""


def test_every_table_and_every_column_that_is_watched_has_a_word() -> None:
    assert set(WATCHED) - TABLES.keys() == set()
    columns = {column.name for table in WATCHED for column in metadata.tables[table].columns}
    assert columns - COLUMNS.keys() == set()


def test_no_word_is_kept_for_what_is_gone() -> None:
    columns = {column.name for table in WATCHED for column in metadata.tables[table].columns}
    assert COLUMNS.keys() - columns == set()
    assert TABLES.keys() - metadata.tables.keys() == set()
