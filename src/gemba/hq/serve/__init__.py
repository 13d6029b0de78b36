"""Headquarters' web page for stewards: pages made on the server, without a script.

Starlette and its companions are imported at the top of these files: the folder is imported by `gemba hq serve` alone.
"""
