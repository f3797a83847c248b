"""Reading a communiqué sentence by sentence: where its sentences are, and what each of them may be, with reasons.

Rules, not a model: each has a name and a reason, and docs/coverage.md lists them. Nothing here reads or writes a table.
"""
