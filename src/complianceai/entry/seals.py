"""Whose seal signed papers bear, by the settings."""

from complianceai.drafting.sealing import Identity, read_identity, trial_identity
from complianceai.entry.settings import Settings


def identities(settings: Settings) -> tuple[Identity, ...]:
    """The identity that seals, and after it those whose seals are known still: of trials, and of earlier secrets.

    Errors: NoIdentity where SEAL_PEM is none.
    """
    trials = tuple(trial_identity(secret) for secret in settings.secret_keys)
    if settings.seal_pem is None:
        return trials
    return (read_identity(settings.seal_pem.get_secret_value().encode()), *trials)
