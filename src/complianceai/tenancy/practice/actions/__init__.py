"""Every write of practices, each in one transaction with its rows of the trails.

Who changes several things holds the practice's trail first and the companies' after it, so that no two wait for each
other.
"""
