"""How a serving process gives memory back that it no longer needs."""

import ctypes
import gc

# glibc's names for two of its settings. Source: mallopt(3)
M_MMAP_THRESHOLD = -3
M_ARENA_MAX = -8

LARGE_BYTES = 1024 * 1024
ARENAS = 2


def give_back_what_is_free() -> None:
    """Nothing; where the C library is glibc, large pieces go back to the system as soon as they are free.

    Left to itself it keeps the memory of each password hash (12 MiB) for the next one, and an arena for each thread.
    """
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        library.mallopt(M_MMAP_THRESHOLD, LARGE_BYTES)
        library.mallopt(M_ARENA_MAX, ARENAS)


def settle_what_stays() -> None:
    """Nothing; what is there now is taken to stay, so that it is not searched for garbage, and the rest goes back."""
    gc.collect()
    gc.freeze()
    library = ctypes.CDLL(None)
    if hasattr(library, "malloc_trim"):
        library.malloc_trim(0)
