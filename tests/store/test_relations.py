"""Relations are asked for across cases; what was withdrawn is asked for no more."""

from itertools import pairwise

from mediation_desk.domain.relation import RelationKind
from mediation_desk.services.relations import merge, relate, withdraw_relation
from mediation_desk.store.relations import Link, Visit
from tests.desk import TODAY, Desk, statements

SAME, MERGED = RelationKind.SAME_DISPUTE, RelationKind.MERGED


def comings(desk: Desk, number: int) -> list[int]:
    """Cases of which each comes back to the one before."""
    ids = [desk.registered() for _ in range(number)]
    for earlier, later in pairwise(ids):
        desk.do(relate, later, earlier, SAME)
    return ids


def test_the_way_of_a_dispute_is_told_from_the_first_coming_on(desk: Desk) -> None:
    first, second, third = comings(desk, 3)
    alone = desk.registered()
    with desk.database.reading() as records:
        visits = records.relations.visits([third, alone])
    assert visits[third] == [Visit(each, TODAY, is_merged=False) for each in (first, second, third)]
    assert visits[alone] == [Visit(alone, TODAY, is_merged=False)]


def test_the_ways_of_many_cases_cost_a_statement_for_each_step_back(desk: Desk) -> None:
    ids = [each for _ in range(3) for each in comings(desk, 3)]
    with statements(desk.database) as sent, desk.database.reading() as records:
        records.relations.visits(ids)
    assert len([each for each in sent if "relations" in each]) <= 4


def test_links_are_found_from_both_sides_while_they_stand(desk: Desk) -> None:
    first, second, goes = *comings(desk, 2), desk.registered()
    desk.do(merge, goes, first, reason="登记了两次")
    with desk.database.reading() as records:
        assert records.relations.later(first) == [second, goes]
        assert records.relations.linked([first]) == {second: first, goes: first}
        assert records.relations.linked([second, goes]) == {first: second}
        assert records.relations.said_by_others(first) == [
            Link(second, SAME, None, None),
            Link(goes, MERGED, None, None),
        ]
        assert records.relations.visits([goes])[goes][0].is_merged
    desk.do(withdraw_relation, goes, 1, reason="是两件事")
    desk.do(withdraw_relation, second, 1, reason="是两件事")
    with desk.database.reading() as records:
        assert records.relations.later(first) == []
        assert records.relations.said_by_others(first) == []
        assert records.relations.linked([first]) == {}
