"""The door for other people's assistants (Model Context Protocol): read-only tools, nothing that files or changes.

`law` has what anybody may ask, `companies` what a token opens, `server` puts them together; `complianceai mcp` serves
the first over standard input and output, and both where it is given a token; `door` serves both over HTTP at `/mcp`.
"""
