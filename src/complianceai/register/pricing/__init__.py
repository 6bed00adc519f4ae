"""What the lateness of one task costs, by figures that people give where the company's facts do not tell."""
