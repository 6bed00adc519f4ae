"""`python -m complianceai` is the command line."""

from complianceai.entry.cli import main

main()
