"""The law as data and the loader that refuses what is faulty. No web, no database."""
