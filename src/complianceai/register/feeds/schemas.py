"""Feeds as they go over the wire."""

from datetime import datetime
from typing import Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from complianceai.register.feeds.actions import Wish
from complianceai.site.blanks import Flag
from complianceai.site.replies import Reply, Wire
from complianceai.site.words import marked
from complianceai.tenancy.inputs import Text

ONE_SUBJECT = marked("A feed is of a company or of a practice. Leave one of them out.")


class FeedWish(Wire):
    """A feed as somebody wants it; with neither a company nor a practice, of what is given to them."""

    name: Text = Field(min_length=1, max_length=100)
    company_id: UUID | None = None
    practice_id: UUID | None = None
    hides_names: Flag = Field(default=False, description="Whether events go without names of companies.")

    @model_validator(mode="after")
    def _has_one_subject(self) -> Self:
        if self.company_id is not None and self.practice_id is not None:
            raise PydanticCustomError("rule", "{sentence}", {"sentence": ONE_SUBJECT, "rule": "one_subject"})
        return self

    def wish(self) -> Wish:
        """The wish itself."""
        return Wish(self.name, self.company_id, self.practice_id, self.hides_names)


class FeedReply(Reply):
    """One of the person's feeds, without its address."""

    id: UUID
    name: str
    company_id: UUID | None
    practice_id: UUID | None
    hides_names: bool
    created_at: datetime
    fetched_at: datetime | None


class NewFeedReply(FeedReply):
    """A feed that was just made, with its address: it is told only now."""

    address: str
