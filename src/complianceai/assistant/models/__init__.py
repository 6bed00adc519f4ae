"""Models that may word an answer: what they are given, in which order they are asked, and what they may cost.

`settings` says which there are, `grounds` what they are given, `masking` what they never see, `tools` what they may
ask, `breaker` and `budget` when they are left alone, `providers/` speaks to one, `chain` asks them in turn.
"""
