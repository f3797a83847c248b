"""How much is tried here: the same each time, and so little that nobody leaves it out."""

from hypothesis import HealthCheck, settings

TEXTS = settings(max_examples=200, deadline=None, derandomize=True)
FILES = settings(max_examples=120, deadline=None, derandomize=True)
# Each asks the whole site.
REQUESTS = settings(
    max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
