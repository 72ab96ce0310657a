"""Who has not signed yet; which units there are, and which are no more, is asked in services/test_referrals.py."""

from mediation_desk.services.afterwards import close_case
from mediation_desk.services.referrals import recall, sign_for
from mediation_desk.services.triage import hand_over
from mediation_desk.store.referrals import Unsigned
from tests.desk import TODAY, Desk


def unsigned(desk: Desk) -> list[Unsigned]:
    return desk.look(lambda records, _: records.referrals.unsigned())


def test_what_nobody_signed_for_is_told_until_something_happens(desk: Desk) -> None:
    waiting, signed, recalled, closed = [desk.triaged() for _ in range(4)]
    for case_id in (waiting, signed, recalled, closed):
        desk.do(hand_over, case_id, handed_to="示例局")
    desk.do(sign_for, signed, 1, person="周收发")
    desk.do(recall, recalled, 1, text="转错")
    desk.do(close_case, closed, despite_reason="当事人撤回")
    assert unsigned(desk) == [Unsigned(waiting, TODAY, "示例局")]
