"""The seal on a signed paper: put on by the installation's own certificate, and looked at again by anybody.

pyHanko writes and reads it (PAdES baseline B, ETSI EN 319 142-1), and is imported only where that happens.
"""

from complianceai.drafting.sealing.certificates import Identity, NoIdentity, read_identity, trial_identity
from complianceai.drafting.sealing.looking import Seal, State, look_at
from complianceai.drafting.sealing.putting import seal

__all__ = ["Identity", "NoIdentity", "Seal", "State", "look_at", "read_identity", "seal", "trial_identity"]
