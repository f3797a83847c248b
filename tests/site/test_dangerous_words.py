"""Every use of what can be dangerous is known, with why it is not: a new one, or a reason left over, fails."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)

CONSTANTS = "SQL made of constants: names of tables, columns and triggers cannot be parameters. Values are."
OPERATORS = "Run by an operator, on files and tables of this site."
ESCAPED = "Each part is escaped before it is put together, for rows that a template would take too long to make."
PLAIN = "The text of a message, which no browser reads."
# Word and file, with the reason.
KNOWN: dict[tuple[str, str], str] = {
    ("mark_safe", "commitments/templatetags/choices.py"): ESCAPED,
    ("mark_safe", "commitments/templatetags/matrix.py"): ESCAPED,
    ("mark_safe", "commitments/templatetags/metadata.py"): "Blocks that are escaped, and JSON with <, > and & escaped.",
    ("mark_safe", "commitments/templatetags/numbers.py"): ESCAPED,
    ("mark_safe", "commitments/templatetags/pages.py"): "What nh3 leaves of it, by a list of tags that may stay.",
    ("mark_safe", "commitments/templatetags/rows.py"): ESCAPED,
    ("RawSQL", "commitments/search/engines.py"): "The words are parameters; names of columns are constants.",
    ("SQL", "commitments/actions/histories.py"): CONSTANTS,
    ("SQL", "commitments/backups/postgresql.py"): OPERATORS,
    ("SQL", "commitments/backups/sqlite.py"): OPERATORS,
    ("SQL", "commitments/backups/tables.py"): OPERATORS,
    ("SQL", "commitments/checks.py"): CONSTANTS,
    ("SQL", "commitments/fulltext.py"): CONSTANTS,
    ("SQL", "commitments/guards.py"): CONSTANTS,
    ("SQL", "commitments/marks.py"): CONSTANTS,
    ("SQL", "commitments/readings.py"): CONSTANTS,
    ("SQL", "commitments/releases/sqlite.py"): "A file of its own, made of the tables' own names.",
    ("SQL", "commitments/search/engines.py"): CONSTANTS,
    ("SQL", "tracker/databases.py"): CONSTANTS,
    ("subprocess", "commitments/backups/postgresql.py"): "PostgreSQL's programs; a list of arguments, no shell.",
    ("import_module", "commitments/admin/apps.py"): "Names that stand there.",
    ("import_module", "commitments/apps.py"): "Names that stand there.",
    ("autoescape off", "templates/emails/account.txt"): PLAIN,
    ("autoescape off", "templates/emails/changes.txt"): PLAIN,
    ("autoescape off", "templates/emails/confirmation.txt"): PLAIN,
    ("autoescape off", "templates/emails/known.txt"): PLAIN,
    ("autoescape off", "templates/emails/reset.txt"): PLAIN,
}  # fmt: skip

# By what is imported or called.
_MODULES = frozenset({"subprocess", "pickle", "marshal", "shelve", "dill", "ctypes", "telnetlib", "xmlrpc"})
_NAMES = frozenset({"mark_safe", "RawSQL", "eval", "exec", "compile", "__import__", "import_module"})
_METHODS = frozenset({"raw", "extra", "system", "popen"})
_EXECUTE = frozenset({"execute", "executemany", "executescript"})
_IN_TEMPLATES = ("|safe", "autoescape off", "safeseq")


def in_python(text: str) -> Iterator[str]:
    """The dangerous words of a module, by its syntax: words in comments and texts are none."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names if one.name.partition(".")[0] in _MODULES)
        elif isinstance(node, ast.ImportFrom):
            if (node.module or "").partition(".")[0] in _MODULES:
                yield str(node.module)
        elif isinstance(node, ast.Call):
            yield from _called(node)


def _called(node: ast.Call) -> Iterator[str]:
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    if {name, method} & _NAMES and not _is_pattern(node):
        yield name or method
    elif method in _METHODS:
        yield method
    elif method in _EXECUTE and not (node.args and isinstance(node.args[0], ast.Constant)):
        yield "SQL"
    yield from ("shell" for one in node.keywords if one.arg == "shell")


def _is_pattern(node: ast.Call) -> bool:
    """`re.compile`, which runs nothing."""
    return isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name) and node.func.value.id == "re"


def in_template(text: str) -> Iterator[str]:
    yield from (word for word in _IN_TEMPLATES if word in text.replace("| ", "|"))


def found() -> set[tuple[str, str]]:
    modules = [
        ROOT / "manage.py",
        *(path for folder in ("commitments", "tracker") for path in (ROOT / folder).rglob("*.py")),
    ]
    templates = [path for path in (ROOT / "templates").rglob("*") if path.suffix in (".html", ".txt", ".xml", ".svg")]
    uses = set()
    for paths, words in ((modules, in_python), (templates, in_template)):
        for path in paths:
            uses |= {(word, path.relative_to(ROOT).as_posix()) for word in words(path.read_text(encoding="utf-8"))}
    return {use for use in uses if "/migrations/" not in use[1]}


def test_every_use_is_known_and_every_reason_is_needed() -> None:
    assert found() == set(KNOWN)
    assert all(reason.endswith(".") for reason in KNOWN.values())


@pytest.mark.parametrize(
    ("planted", "word"),
    [
        ("mark_safe(text)", "mark_safe"),
        ("safestring.mark_safe(text)", "mark_safe"),
        ("Commitment.objects.raw(text)", "raw"),
        ("Commitment.objects.extra(where=[text])", "extra"),
        ("cursor.execute(f'SELECT {text}')", "SQL"),
        ("cursor.execute(text)", "SQL"),
        ("import subprocess", "subprocess"),
        ("from pickle import loads", "pickle"),
        ("eval(text)", "eval"),
        ("run(text, shell=True)", "shell"),
    ],
)
def test_a_new_one_would_be_found(planted: str, word: str) -> None:
    assert list(in_python(planted)) == [word]


def test_what_is_harmless_is_not() -> None:
    harmless = "cursor.execute('SELECT 1')\nre.compile(text)\n# eval(text)\nsaid = 'import pickle'"

    assert list(in_python(harmless)) == []


@pytest.mark.parametrize(
    "planted", ["{{ text|safe }}", "{{ text | safe }}", "{% autoescape off %}", "{{ texts|safeseq }}"]
)
def test_a_new_one_in_a_template_would_be_found(planted: str) -> None:
    assert list(in_template(planted))
