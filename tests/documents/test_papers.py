from collections.abc import Callable

import pytest

from mediation_desk.documents.paper_input import PaperInput
from mediation_desk.documents.papers import PAPERS
from mediation_desk.domain.agreement import Agreement
from mediation_desk.domain.case import Session, SessionResult
from mediation_desk.domain.party import Party
from tests.documents.reading import DAY, NOW, Paper

SESSION = Session(no=1, held_on=DAY, place="调解室", result=SessionResult.SETTLED, by_id=1, recorded_at=NOW)


@pytest.mark.parametrize("code", PAPERS)
def test_every_paper_bears_its_title_and_the_practice_mark(
    code: str,
    given: Callable[..., PaperInput],
    party: Callable[..., Party],
    agreement: Callable[..., Agreement],
    read: Callable[[bytes], Paper],
) -> None:
    subjects: dict[str, list[Session | Agreement]] = {"D07": [SESSION], "D08": [agreement()], "D09": [agreement()]}
    paper = read(PAPERS[code].draw(given(party(1), party(2), is_practice=True), *subjects.get(code, [])))
    assert PAPERS[code].title in paper.text
    assert all("练习" in page for page in paper.pages)
