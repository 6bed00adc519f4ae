"""The mail seam: a message made once, and the two that can carry it, a mail server or a folder."""

from complianceai.jobs.mail.carriers import Post, post_for
from complianceai.jobs.mail.messages import Envelope, message_of

__all__ = ["Envelope", "Post", "message_of", "post_for"]
