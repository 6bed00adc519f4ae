"""An answer for each thing that people ask, made of the catalogue's own fields and the engine's own results."""
