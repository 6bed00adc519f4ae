"""One question after a moment that mattered, seldom, and what people answered."""
