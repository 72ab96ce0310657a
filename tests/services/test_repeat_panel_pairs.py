"""Two hundred seeded pairs of cases: who was here before is shown, and who only seems so mostly is not.

Recall: of the related pairs, how many have their earlier case in the panel. Precision: of all lines that the panels of
all two hundred show among their first five, how many are the earlier case of that pair; where nobody was here before,
whatever is shown is wrong.
"""

from collections import Counter, defaultdict

from mediation_desk.services.similar import repeat_candidates
from mediation_desk.store import word_counts
from tests.desk import Desk
from tests.repeat_pairs import Pair, pairs
from tests.repeat_people import Earlier, World

SEED = 20261123
RECALL, PRECISION, FIRST = 0.97, 0.8, 5


def put_in(desk: Desk, earlier: Earlier) -> int:
    for no, party in enumerate(earlier.parties, start=1):
        party.no = no
    return desk.registered(parties=earlier.parties, matter=earlier.matter, demand="请求调解。")


def stored_as(desk: Desk, case_id: int, earlier: Earlier) -> None:
    """What another program wrote is not asked whether it is clean."""
    with desk.database.writing() as records:
        for name, stored in earlier.as_stored:
            records.connection.exec_driver_sql(
                f"update parties set name = '{stored}' where case_id = {case_id} and name = '{name}'"
            )


def furnished(desk: Desk, world: World, made: list[Pair]) -> list[int]:
    """Put the crowd and the earlier cases in, mixed; returns the cases of the pairs."""
    everything: list[tuple[int | None, Earlier]] = [(None, each) for each in world.crowd()]
    everything += [(no, pair.earlier) for no, pair in enumerate(made)]
    world.draw.shuffle(everything)
    ids: dict[int, int] = {}
    with desk.database.writing() as desk.records:
        for no, earlier in everything:
            case_id = put_in(desk, earlier)
            if no is not None:
                ids[no] = case_id
    desk.records = desk._held = None
    for no, pair in enumerate(made):
        if pair.earlier.as_stored:
            stored_as(desk, ids[no], pair.earlier)
    word_counts.recount(desk.database)
    return [ids[no] for no in range(len(made))]


def measured(desk: Desk, seed: int) -> tuple[float, float, str]:
    """Recall, precision among the first five, and what was missed or shown in vain, by kind."""
    world = World(seed)
    made = pairs(world)
    ids = furnished(desk, world, made)
    missed: list[str] = []
    in_vain: defaultdict[str, list[str]] = defaultdict(list)
    true = shown = 0
    for case_id, pair in zip(ids, made, strict=True):
        rows = desk.look(repeat_candidates, pair.typed, pair.story)
        first = rows[:FIRST]
        if pair.related and case_id not in [each.case_id for each in rows]:
            missed.append(pair.kind)
        right = sum(pair.related and each.case_id == case_id for each in first)
        true, shown = true + right, shown + len(first)
        in_vain[pair.kind] += [
            "+".join(each.why) + f" {each.score}" for each in first if not (pair.related and each.case_id == case_id)
        ]
    related = sum(pair.related for pair in made)
    told = f"missed {Counter(missed)}; in vain " + "; ".join(
        f"{kind}: {len(why)} {Counter(why).most_common(3)}" for kind, why in in_vain.items() if why
    )
    return 1 - len(missed) / related, true / shown, told


def test_who_was_here_before_is_shown_and_hardly_anybody_else(desk: Desk) -> None:
    recall, precision, told = measured(desk, SEED)
    assert recall >= RECALL, told
    assert precision >= PRECISION, told
