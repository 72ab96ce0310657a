"""Contents of attachments lie apart and are checked against their hash."""

import pytest
from sqlalchemy import Executable, delete, update

from mediation_desk.domain.case import AttachmentKind
from mediation_desk.domain.errors import NotFound
from mediation_desk.services.attachments import attach
from mediation_desk.store.schema import attachment_contents, attachments
from tests.desk import Desk, statements

SCAN = b"%PDF-1.7 \x00\xff"


@pytest.fixture
def case_id(desk: Desk) -> int:
    made = desk.registered()
    desk.do(attach, made, kind=AttachmentKind.EVIDENCE, file_name="证据.pdf", content=SCAN)
    return made


def test_a_content_comes_back_byte_for_byte(desk: Desk, case_id: int) -> None:
    with desk.database.reading() as records:
        assert records.attachments.content(records.cases.get(case_id).attachments[0]) == SCAN


def test_a_case_is_read_without_its_contents(desk: Desk, case_id: int) -> None:
    with statements(desk.database) as sent:
        assert desk.case(case_id).attachments[0].size == len(SCAN)
    assert not any("attachment_contents" in statement for statement in sent)


@pytest.mark.parametrize(
    "spoil",
    [
        update(attachment_contents).values(content=b"0"),
        update(attachments).values(sha256="another"),
        delete(attachment_contents),
    ],
)
def test_a_content_that_is_gone_or_changed_is_told(desk: Desk, case_id: int, spoil: Executable) -> None:
    with desk.database.writing() as records:
        records.connection.execute(spoil)
    with desk.database.reading() as records, pytest.raises(NotFound, match="缺失或与收存时不一致"):
        records.attachments.content(records.cases.get(case_id).attachments[0])
