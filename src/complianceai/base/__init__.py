"""What every room stands on: clock, money, periods, ids, errors. Imports nothing of ours."""
