"""How often one person may begin documents."""

# A pack of papers for every client fits, a program that never stops does not.
RATE = "300/15minutes"
