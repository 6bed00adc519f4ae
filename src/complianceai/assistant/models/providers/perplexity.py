"""Perplexity, whose models take no tools and search the web unless they are told not to."""

from complianceai.assistant.models.providers.kind import Kind

KIND = Kind(
    "perplexity",
    "https://api.perplexity.ai",
    "sonar",
    needs_key=True,
    takes_tools=False,
    paise_in=100,
    paise_out=100,
    # What it finds on the web is no evidence here.
    extra=(("disable_search", "true"),),
)
