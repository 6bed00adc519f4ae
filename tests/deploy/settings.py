"""What the product reads from its environment."""

from complianceai.entry.settings import Settings

# SECRETS_DIR is where settings come from, and none itself.
KNOWN = {name.upper() for name in Settings.model_fields} | {"SECRETS_DIR"}
