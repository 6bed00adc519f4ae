"""The seal on a signed paper: put on by the installation's own certificate, and looked at again by anybody.

pyHanko writes and reads it (PAdES baseline B, ETSI EN 319 142-1), and is imported only where that happens. Signatures
that are made elsewhere, by a signature service or a token, are set into places kept for them, and judged.
"""

from complianceai.drafting.sealing.certificates import Identity, NoIdentity, read_identity, trial_identity
from complianceai.drafting.sealing.judging import Holder, Unsound, judge
from complianceai.drafting.sealing.looking import Seal, State, look_at
from complianceai.drafting.sealing.placing import NoPlace, Placed, around, keep_place, set_in
from complianceai.drafting.sealing.putting import seal
from complianceai.drafting.sealing.trust import NoTrust, Trust, read_trust

__all__ = [
    "Holder",
    "Identity",
    "NoIdentity",
    "NoPlace",
    "NoTrust",
    "Placed",
    "Seal",
    "State",
    "Trust",
    "Unsound",
    "around",
    "judge",
    "keep_place",
    "look_at",
    "read_identity",
    "read_trust",
    "seal",
    "set_in",
    "trial_identity",
]
