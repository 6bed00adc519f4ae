"""Named pieces of work and how long each took, told to whoever wants to know: figures, spans, the log."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import TypeAlias

# Opened with the kind of work and its name, and closed when it ends; an error passes through it.
Around: TypeAlias = Callable[[str, str], AbstractContextManager[object]]

# A room imports only rooms below it, so whoever measures is told without being imported.
_around: list[Around] = []


def measure(around: Around) -> None:
    """Nothing; from now on that is around every named piece of work in this process."""
    if around not in _around:
        _around.append(around)


def measure_no_more(around: Around) -> None:
    """Nothing; that is around no work any more."""
    if around in _around:
        _around.remove(around)


@contextmanager
def timed(kind: str, name: str) -> Iterator[None]:
    """Nothing; what is inside is one piece of work of that kind and name. Neither holds what people typed."""
    if not _around:
        yield
        return
    with ExitStack() as stack:
        for around in _around:
            stack.enter_context(around(kind, name))
        yield
