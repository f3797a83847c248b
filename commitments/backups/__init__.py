"""Backups: the database, captures and releases of one moment in one file, and the way back.

`make` writes it, `restore` reads it; `sealing` encrypts, `archive` is the file's form, `sqlite` and `postgresql` know
how each database is copied.
"""
