"""The law as data and the loader that refuses what is faulty. No web, no database."""

from complianceai.catalogue.faults import CatalogueFaults, Fault
from complianceai.catalogue.loader import Recorded, load, load_from, survey, take_up
from complianceai.catalogue.model import Catalogue, Citation, Obligation

__all__ = [
    "Catalogue",
    "CatalogueFaults",
    "Citation",
    "Fault",
    "Obligation",
    "Recorded",
    "load",
    "load_from",
    "survey",
    "take_up",
]
