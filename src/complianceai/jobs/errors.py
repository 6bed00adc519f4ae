"""What keeps a job from being done."""


class NeighbourFailed(Exception):
    """Somebody outside did not do their part; `will_pass` says whether it is worth trying again."""

    def __init__(self, told: str, *, will_pass: bool = True) -> None:
        super().__init__(told)
        self.will_pass = will_pass


class MailNotSent(NeighbourFailed):
    """The mail server did not take a mail."""
