"""Acknowledgements read on this machine: what they say is proposed to a person and files nothing by itself.

`pdf` takes the text out of a PDF, apart from this process; `days`, `spans`, `sums` and `numbers` read what stands in
it, numbers by the shapes that the catalogue gives; `proposing` holds it all against the task that it is to prove.
"""

from complianceai.register.acknowledgements.pdf import text_of_pdf
from complianceai.register.acknowledgements.proposing import Doubt, Proposal, Wanted, best_match, propose

__all__ = ["Doubt", "Proposal", "Wanted", "best_match", "propose", "text_of_pdf"]
