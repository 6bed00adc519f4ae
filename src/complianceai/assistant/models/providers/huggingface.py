"""Hugging Face's router to open models."""

from complianceai.assistant.models.providers.kind import Kind

KIND = Kind(
    "huggingface",
    "https://router.huggingface.co/v1",
    "meta-llama/Llama-3.3-70B-Instruct",
    needs_key=True,
    paise_in=50,
    paise_out=100,
)
