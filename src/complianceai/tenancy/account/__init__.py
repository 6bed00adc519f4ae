"""What a person sees and does about their own account."""
