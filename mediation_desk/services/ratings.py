"""What the parties thought of the service, as they said it: nothing is filled in for them."""

from datetime import date

from mediation_desk.domain.aftermath import Rating
from mediation_desk.domain.case import Case, EventKind
from mediation_desk.domain.errors import Faults
from mediation_desk.domain.rating import LEVELS, NO_ANSWER, check_rating, level_in_words
from mediation_desk.domain.rights import Right
from mediation_desk.services.act import Act, needs, note
from mediation_desk.store.records import Records


@needs(Right.FOLLOW_UP)
def record_rating(
    records: Records,
    act: Act,
    case_id: int,
    party_no: int | None,
    level: str | None,
    *,
    rated_on: date,
    channel: str,
    comment: str = "",
) -> Case:
    """Record what a party thought on a day (E13): a code of `satisfaction`, "" where it would not say.

    None, for nothing chosen, is refused: nobody's opinion is assumed. A closed case is rated too.
    """
    case = records.cases.get(case_id)
    faults = Faults()
    faults.check(level is not None, f"请按当事人说的选择评价；没有说的，选“{NO_ANSWER}”。", "level")
    rating = Rating(
        party_no=party_no or 0,
        level=level or "",
        rated_on=rated_on,
        channel=channel,
        comment=comment.strip(),
        by_id=act.by_id,
        recorded_at=act.at,
    )
    levels = act.rules.table(LEVELS)
    check_rating(faults, case, rating, levels)
    faults.refuse_if_any()
    case.ratings.append(rating)
    told = f"{case.party_name(rating.party_no)}：{level_in_words(rating, levels)}"
    note(case, act, EventKind.RATED, rated_on, told)
    records.flush()
    return case
