"""Signatures with a certificate: Aadhaar eSign, and the DSC on somebody's token. What is told in docs/signing.md."""
