"""Nothing leaves a window for a printer or a file without being told to the log."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import mediation_desk

GUI = Path(mediation_desk.__file__).parent / "gui"

SAYS_NOTHING_OF_ANYBODY = {
    ("sheet_form.py", "print_paper"),  # the words that open the store
    ("sheet_form.py", "save_file"),
}
"""What holds no record of the store."""

ARGUMENTS = {"print_paper": ("printed", 4), "save_file": ("saved", 4)}


def calls() -> Iterator[tuple[str, str, ast.expr | None]]:
    """Every call that prints or saves, with what is to be done once that is done."""
    for file in sorted(GUI.glob("*.py")):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ARGUMENTS:
                name, place = ARGUMENTS[call.func.id]
                named = next((each.value for each in call.keywords if each.arg == name), None)
                yield file.name, call.func.id, named or (call.args[place] if len(call.args) > place else None)


@pytest.mark.parametrize("what", ["print_paper", "save_file"])
def test_every_print_and_every_file_is_told_to_the_log(what: str) -> None:
    silent = {
        (file, name)
        for file, name, then in calls()
        if name == what and (then is None or ast.unparse(then) == "lambda _copies: None")
    }
    assert silent - SAYS_NOTHING_OF_ANYBODY == set()
    assert sum(name == what for _, name, _ in calls()) > 5
