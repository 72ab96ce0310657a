"""What the centre itself set over the rule packs: its own values, and the notices of holidays it took in."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediation_desk.domain.presence import HolidayNotice, OwnSetting
from mediation_desk.store.centre import CentreRecords, the_centre
from mediation_desk.store.duty_schema import holiday_notices, own_settings


class OwnRecords:
    """Reads and writes the centre's own rules."""

    def __init__(self, session: Session, centre: CentreRecords) -> None:
        self._session = session
        self._centre = centre

    def add(self, fact: OwnSetting | HolidayNotice) -> None:
        self._centre.add_own(fact)

    def settings(self) -> list[OwnSetting]:
        """All values ever set, in the order of recording."""
        return list(
            self._session.scalars(
                select(OwnSetting).where(own_settings.c.centre_id == the_centre).order_by(own_settings.c.id)
            )
        )

    def notices(self) -> list[HolidayNotice]:
        """All notices, by the day they were issued and then in the order of recording."""
        query = select(HolidayNotice).where(holiday_notices.c.centre_id == the_centre)
        query = query.order_by(holiday_notices.c.issued_on, holiday_notices.c.id)
        return list(self._session.scalars(query))
