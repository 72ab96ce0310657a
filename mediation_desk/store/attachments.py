"""Contents of attached files. The case holds name, size and hash; the bytes lie apart and are read when wanted."""

from hashlib import sha256

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from mediation_desk.domain.case import Attachment, Case
from mediation_desk.domain.errors import NotFound
from mediation_desk.store.centre import the_centre
from mediation_desk.store.schema import attachment_contents, attachments
from mediation_desk.store.sight import refuse_unless_seen


class AttachmentRecords:
    """Reads and writes contents."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, case: Case, attachment: Attachment, content: bytes) -> None:
        """Add `attachment` to the case together with its content."""
        case.attachments.append(attachment)
        self._session.flush()
        self._session.execute(
            insert(attachment_contents).values(centre_id=case.centre_id, attachment_id=attachment.id, content=content)
        )

    def drop_content(self, attachment: Attachment) -> None:
        """Take the bytes out of the store for good."""
        self._session.execute(
            delete(attachment_contents).where(
                attachment_contents.c.centre_id == the_centre, attachment_contents.c.attachment_id == attachment.id
            )
        )

    def content(self, attachment: Attachment) -> bytes:
        """The bytes, checked against their hash.

        Raises `NotFound` when missing or changed, `NotAllowed` when the case is out of sight.
        """
        whose = select(attachments.c.case_id).where(
            attachments.c.centre_id == the_centre, attachments.c.id == attachment.id
        )
        refuse_unless_seen(self._session, self._session.execute(whose).scalar())
        content = self._session.execute(
            select(attachment_contents.c.content).where(
                attachment_contents.c.centre_id == the_centre, attachment_contents.c.attachment_id == attachment.id
            )
        ).scalar()
        if content is None or sha256(content).hexdigest() != attachment.sha256:
            raise NotFound("附件内容缺失或与收存时不一致，无法打开。请联系管理员核对备份。")
        return bytes(content)
