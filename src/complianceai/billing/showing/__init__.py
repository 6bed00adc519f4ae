"""What a person sees of plans: their own, what is used of it, and the prices of all."""
