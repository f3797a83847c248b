"""What may stand in an address. What matches none of these is a 404 before it reaches the database."""

from django.urls.converters import IntConverter, StringConverter

from commitments.citations import FORMS
from commitments.exports.columns import LISTED
from commitments.exports.formats import FORMATS


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


class TokenConverter(StringConverter):
    """The token of whoever follows a query, which nobody guesses."""

    regex = r"[A-Za-z0-9_-]{43}"


class SignedConverter(StringConverter):
    """What this site signed: only whoever was given it has it."""

    regex = r"[0-9]{1,18}:[A-Za-z0-9_:-]{20,120}"


class FormatConverter(StringConverter):
    """How the name of a file ends."""

    regex = "|".join(FORMATS)


class ShapeConverter(StringConverter):
    """What belongs to the commitments of a list: their parties, developments, status changes."""

    regex = "|".join(shape.name for shape in LISTED[1:])


class CitationConverter(StringConverter):
    """How the name of a citation's file ends."""

    regex = "|".join(FORMS)


class VersionConverter(StringConverter):
    """A release: year and month, and a number if there are several."""

    regex = r"[0-9]{4}\.[0-9]{1,2}(?:\.[0-9]{1,3})?"


class FileNameConverter(StringConverter):
    """The name of a file of a release: no folder, and nothing hidden."""

    regex = r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}"


class NumberConverter(IntConverter):
    """A number counted from 1, written in one way only, that every database can hold."""

    regex = r"[1-9][0-9]{0,8}"
