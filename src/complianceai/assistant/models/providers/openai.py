"""OpenAI's own service."""

from complianceai.assistant.models.providers.kind import Kind

KIND = Kind("openai", "https://api.openai.com/v1", "gpt-4o-mini", needs_key=True, paise_in=25, paise_out=100)
