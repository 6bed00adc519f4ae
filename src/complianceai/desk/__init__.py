"""The assistant on the web: questions come in, answers with their sources go out."""
