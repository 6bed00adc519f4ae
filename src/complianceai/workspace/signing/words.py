"""What the states of a request for signatures, and the ways of signing, are called."""

from collections.abc import Mapping

from complianceai.site.words import marked
from complianceai.workspace.signing.queries import COMPLETED, DECLINED, OPEN, SEALING, WITHDRAWN

SIGNING_WORDS: Mapping[str, str] = {
    OPEN: marked("waiting for signatures"),
    SEALING: marked("being sealed"),
    COMPLETED: marked("signed by all"),
    DECLINED: marked("declined"),
    WITHDRAWN: marked("withdrawn"),
}
WAY_WORDS: Mapping[str, str] = {
    "esign": marked("with Aadhaar eSign"),
    "dsc": marked("with their own DSC"),
}
