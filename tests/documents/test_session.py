from collections.abc import Callable
from datetime import time
from typing import Any

from mediation_desk.domain.case import AssignmentRole, Session, SessionResult
from mediation_desk.domain.paper_input import PaperInput
from mediation_desk.domain.party import Party
from tests.documents.drawing import drawn
from tests.documents.reading import DAY, NOW, Paper

Given = Callable[..., PaperInput]
MakeParty = Callable[..., Party]
Read = Callable[[bytes], Paper]


def session(**facts: Any) -> Session:
    known: dict[str, Any] = {
        "no": 1,
        "held_on": DAY,
        "place": "第一调解室",
        "result": SessionResult.CONTINUES,
        "present_nos": [1, 2],
        "mediator_ids": [1, 2],
        "recorder": "周记录",
        "record": "申请人：漏水三年。\n被申请人：愿意修。",
        "by_id": 1,
        "recorded_at": NOW,
    }
    return Session(**(known | facts))


def test_the_record_says_when_where_who_and_what(given: Given, party: MakeParty, read: Read) -> None:
    held = session(
        began=time(9, 5),
        ended=time(11, 0),
        subject="漏水",
        participants="居委会周某",
        rights_told=True,
        present_note="代理人到场",
    )
    people = [party(1, name="张三"), party(2, name="李四"), party(3, name="王五")]
    text = read(drawn("D07", given(*people), held)).text
    for words in (
        "时间：2026年5月16日9时05分至11时00分",
        "地点：第一调解室",
        "事由：漏水",
        "当事人：张三、李四；代理人到场",
        "参加人：居委会周某",
        "人民调解委员会已将人民调解的相关规定告知各方当事人。",
        "调解记录：申请人：漏水三年。被申请人：愿意修。",
        "调解结果：有待继续调解",
        "周记录",
    ):
        assert words in text
    assert text.count("当事人（签名盖章或按指印）") == 2
    assert text.count("人民调解员（签名）") == 2
    assert "王五" not in text


def test_what_is_not_recorded_is_left_to_the_pen(given: Given, party: MakeParty, read: Read) -> None:
    text = read(drawn("D07", given(party(1, name="张三"), party(2, name="李四"), dispute_kind="02"), session())).text
    assert "时间：2026年5月16日地点" in text
    assert "事由：张三与李四邻里纠纷" in text
    assert "人民调解委员会将人民调解的相关规定告知" in text


def test_a_long_record_is_never_cut_off(given: Given, party: MakeParty, read: Read) -> None:
    record = "".join(f"问：第{number}句？\n答：第{number}答。\n" for number in range(200))
    text = read(drawn("D07", given(party(1), party(2)), session(record=record))).text
    assert all(f"问：第{number}句？" in text and f"答：第{number}答。" in text for number in range(200))


def test_who_only_helped_never_signs_as_a_mediator(given: Given, party: MakeParty, read: Read) -> None:
    made_from = given(party(1), party(2))
    made_from.case.assignments[1].role = AssignmentRole.HELPER
    text = read(drawn("D07", made_from, session())).text
    assert text.count("人民调解员（签名）") == 1
    assert text.count("参加人（签名）") == 1
