"""Aadhaar eSign: the request that a signer's browser takes to the signature service, and the answer it brings back.

The rest of signing knows of it only `Esign`, `write_request` and `read_answer`. What was read of the protocol, and what
was not, stands in docs/signing.md.
"""

from complianceai.workspace.signing.esign.answers import Answer, Misheard, read_answer
from complianceai.workspace.signing.esign.requests import Esign, request_time, write_request

__all__ = ["Answer", "Esign", "Misheard", "read_answer", "request_time", "write_request"]
