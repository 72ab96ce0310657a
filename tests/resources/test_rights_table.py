"""The table of rights in the manual is the one that counts."""

from mediation_desk.domain.rights import RIGHTS_OF, Right, Role
from mediation_desk.resources import resource


def test_the_manual_says_who_may_do_what() -> None:
    lines = resource("manual", "4_people_and_rights.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    assert rows[0] == ["权限", *(role.label for role in Role)]
    told = {name: {role for role, mark in zip(Role, marks, strict=True) if mark == "✓"} for name, *marks in rows[2:]}
    assert told == {right.label: {role for role in Role if right in RIGHTS_OF[role]} for right in Right}
