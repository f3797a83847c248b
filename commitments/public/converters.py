"""What may stand in an address. What matches none of these is a 404 before it reaches the database."""

from django.urls.converters import IntConverter, StringConverter


class CodeConverter(StringConverter):
    """The code of a commitment or a summit, in capitals or not."""

    regex = r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*"


class Alpha2Converter(StringConverter):
    """An ISO 3166-1 alpha-2 code, in capitals or not."""

    regex = r"[A-Za-z]{2}"


class SectorCodeConverter(StringConverter):
    """A DAC/CRS code: a category of three digits or a purpose of five."""

    regex = r"[0-9]{3}(?:[0-9]{2})?"


class ReferenceConverter(StringConverter):
    """The reference of a suggestion, which nobody guesses."""

    regex = r"[A-Za-z0-9_-]{32}"


class NumberConverter(IntConverter):
    """A number counted from 1, written in one way only, that every database can hold."""

    regex = r"[1-9][0-9]{0,8}"
