"""What can keep the product from starting."""

from complianceai.base.errors import DomainError, Kind


class BadSettings(DomainError):
    """Some settings cannot be used; each fault begins with the setting's name."""

    code = "entry.bad_settings"
    kind = Kind.INVALID
    sentence = "{faults}"

    def __init__(self, faults: list[str]) -> None:
        super().__init__(faults="\n".join(faults))


class PortTaken(DomainError):
    """Something else listens there."""

    code = "entry.port_taken"
    kind = Kind.CONFLICT
    sentence = "Port {port} on {host} is in use. Stop what uses it, or give another: complianceai serve --port {other}"


class CannotListen(DomainError):
    """The address or port is not ours to listen on."""

    code = "entry.cannot_listen"
    kind = Kind.INVALID
    sentence = "{host}:{port} cannot be listened on: {fault}. Give another --host or --port."


class AlreadyLivedIn(DomainError):
    """The database has people, so it is not filled with invented ones."""

    code = "entry.already_lived_in"
    kind = Kind.CONFLICT
    sentence = "The database {place} has people in it already. Set DATA_DIR or DATABASE_URL to a fresh one."
