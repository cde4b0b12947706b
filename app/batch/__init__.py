"""Scores archives of any size: worker processes, part files of fixed content, resumable anywhere.

The archive is cut into units of about equal work, some units make a part. Workers write each unit's
results to a file of the run's own folder; when all units of a part are there, they become the
part's output files, and the ledger says so. Whatever is killed when, what is finished stays, and
what was not is done again in the same way, since units and parts depend on the input alone.
"""
