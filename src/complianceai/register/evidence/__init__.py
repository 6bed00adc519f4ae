"""Files that prove what was filed: kept by their content, read for what they say, handed out in a bundle.

A file lies in the area of its company under its hash (`storage.files`), its mark stands in `task_evidence`; an approval
is bound to the hashes (`tasks.proof`). What is read on a PDF is proposed and files nothing (`acknowledgements`).
"""
