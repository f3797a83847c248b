import commitments.models.suggestions
import django.contrib.auth.models
import django.contrib.auth.validators
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Commitment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "code",
                    models.CharField(
                        help_text="Its public address. It never changes.",
                        max_length=40,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z0-9]+(-[A-Z0-9]+)+$",
                                "A code has capital letters and digits in parts joined by hyphens, such as C51-2023-01.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "summary",
                    models.TextField(help_text="What was promised, in plain words of our own.", verbose_name="summary"),
                ),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("commitment", "Commitment"),
                            ("request", "Request"),
                            ("reaffirmation", "Reaffirmation"),
                            ("advocacy", "Advocacy"),
                            ("topic", "Topic"),
                        ],
                        default="commitment",
                        max_length=24,
                        verbose_name="classification",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("finance", "Finance"),
                            ("law", "Law or regulation"),
                            ("programme", "Programme or project"),
                            ("institution", "Institution or dialogue"),
                            ("event", "Convene an event"),
                            ("treaty", "Treaty or agreement"),
                            ("information", "Information or advocacy"),
                            ("procurement", "Procurement"),
                            ("exploratory", "Exploratory"),
                            ("position", "Position"),
                        ],
                        max_length=24,
                        verbose_name="kind",
                    ),
                ),
                (
                    "strength",
                    models.CharField(
                        choices=[
                            ("committed", "Committed"),
                            ("pledged", "Pledged"),
                            ("announced", "Announced"),
                            ("agreed", "Agreed"),
                            ("intended", "Intended"),
                            ("proposed", "Proposed"),
                            ("requested", "Requested"),
                            ("advocated", "Advocated"),
                            ("reaffirmed", "Reaffirmed"),
                            ("discussed", "Discussed"),
                            ("explored", "Explored"),
                        ],
                        max_length=24,
                        verbose_name="strength",
                    ),
                ),
                (
                    "firmness",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("declared", "Declared"),
                            ("in_strategy", "In a strategy or plan"),
                            ("in_policy", "In a policy document"),
                            ("in_law", "In law or treaty"),
                        ],
                        default="declared",
                        max_length=24,
                        verbose_name="firmness",
                    ),
                ),
                (
                    "novelty",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("new", "New"),
                            ("expanded", "Expanded"),
                            ("continued", "Continued"),
                            ("reannounced", "Re-announced"),
                            ("already_done", "Already done"),
                        ],
                        max_length=24,
                        verbose_name="novelty",
                    ),
                ),
                (
                    "collectivity",
                    models.CharField(
                        choices=[("joint", "Joint"), ("several", "Several"), ("unilateral", "Unilateral")],
                        max_length=24,
                        verbose_name="collectivity",
                    ),
                ),
                ("made_start", models.DateField(editable=False, verbose_name="made from")),
                ("made_end", models.DateField(editable=False, verbose_name="made until")),
                (
                    "made_precision",
                    models.CharField(
                        blank=True,
                        choices=[("day", "Day"), ("month", "Month"), ("quarter", "Quarter"), ("year", "Year")],
                        editable=False,
                        max_length=7,
                        verbose_name="date precision",
                    ),
                ),
                ("due_start", models.DateField(blank=True, editable=False, null=True, verbose_name="due from")),
                ("due_end", models.DateField(blank=True, editable=False, null=True, verbose_name="due until")),
                (
                    "due_precision",
                    models.CharField(
                        blank=True,
                        choices=[("day", "Day"), ("month", "Month"), ("quarter", "Quarter"), ("year", "Year")],
                        editable=False,
                        max_length=7,
                        verbose_name="date precision",
                    ),
                ),
                (
                    "due_basis",
                    models.CharField(
                        choices=[("stated", "Stated"), ("implied", "Implied"), ("none", "None")],
                        default="none",
                        max_length=24,
                        verbose_name="basis of the deadline",
                    ),
                ),
                (
                    "success_criterion",
                    models.TextField(
                        blank=True, help_text="What would count as delivered.", verbose_name="success criterion"
                    ),
                ),
                (
                    "verifiability",
                    models.CharField(
                        choices=[("yes", "Verifiable"), ("partly", "Partly verifiable"), ("no", "Not verifiable")],
                        default="yes",
                        max_length=24,
                        verbose_name="verifiable",
                    ),
                ),
                ("verifiability_note", models.CharField(blank=True, max_length=300, verbose_name="what is missing")),
                ("condition", models.CharField(blank=True, max_length=300, verbose_name="condition")),
                ("baseline", models.CharField(blank=True, max_length=60, verbose_name="baseline")),
                ("target", models.CharField(blank=True, max_length=60, verbose_name="target")),
                ("unit", models.CharField(blank=True, max_length=60, verbose_name="unit")),
                (
                    "durability",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("in_force", "In force"),
                            ("lapsed", "Lapsed"),
                            ("reversed", "Reversed"),
                            ("unknown", "Unknown"),
                        ],
                        max_length=24,
                        verbose_name="durability once delivered",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="What a reader should know about this record.", verbose_name="note"
                    ),
                ),
                (
                    "publication",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("changes_requested", "Changes requested"),
                            ("published", "Published"),
                            ("closed", "Closed"),
                            ("retracted", "Retracted"),
                        ],
                        default="draft",
                        max_length=24,
                        verbose_name="publication",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="published at"),
                ),
                (
                    "review_interval_days",
                    models.PositiveSmallIntegerField(default=180, verbose_name="review interval in days"),
                ),
                (
                    "last_checked_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="last checked on"),
                ),
                (
                    "next_check_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="next check due on"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("not_assessed", "Not assessed"),
                            ("no_evidence", "No evidence found"),
                            ("not_started", "Not started"),
                            ("in_progress", "In progress"),
                            ("stalled", "Stalled"),
                            ("partially_delivered", "Partially delivered"),
                            ("delivered", "Delivered"),
                            ("not_delivered", "Not delivered"),
                            ("withdrawn", "Withdrawn"),
                            ("superseded", "Superseded"),
                            ("not_verifiable", "Not verifiable"),
                        ],
                        default="not_assessed",
                        editable=False,
                        max_length=24,
                        verbose_name="status",
                    ),
                ),
                (
                    "status_since_start",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="status since"),
                ),
                (
                    "status_since_end",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="status since, until"),
                ),
                (
                    "status_since_precision",
                    models.CharField(
                        blank=True,
                        choices=[("day", "Day"), ("month", "Month"), ("quarter", "Quarter"), ("year", "Year")],
                        editable=False,
                        max_length=7,
                        verbose_name="date precision",
                    ),
                ),
            ],
            options={
                "verbose_name": "commitment",
                "verbose_name_plural": "commitments",
                "ordering": ["code"],
                "permissions": [("retract_commitment", "Can take a public commitment back")],
                "indexes": [
                    models.Index(fields=["publication", "-made_start", "code"], name="commitment_by_made"),
                    models.Index(fields=["publication", "due_end"], name="commitment_by_due"),
                    models.Index(fields=["publication", "status"], name="commitment_by_status"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "classification__in",
                                ["commitment", "request", "reaffirmation", "advocacy", "topic", "position", "context"],
                            )
                        ),
                        name="commitment_classification_is_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "finance",
                                    "law",
                                    "programme",
                                    "institution",
                                    "event",
                                    "treaty",
                                    "information",
                                    "procurement",
                                    "exploratory",
                                    "position",
                                ],
                            )
                        ),
                        name="commitment_kind_is_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "strength__in",
                                [
                                    "committed",
                                    "pledged",
                                    "announced",
                                    "agreed",
                                    "intended",
                                    "proposed",
                                    "requested",
                                    "advocated",
                                    "reaffirmed",
                                    "discussed",
                                    "explored",
                                ],
                            )
                        ),
                        name="commitment_strength_is_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("firmness__in", ["proposed", "declared", "in_strategy", "in_policy", "in_law"])
                        ),
                        name="commitment_firmness_is_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("novelty__in", ["new", "expanded", "continued", "reannounced", "already_done", ""])
                        ),
                        name="commitment_novelty_is_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("collectivity__in", ["joint", "several", "unilateral"])),
                        name="commitment_collectivity_is_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("verifiability__in", ["yes", "partly", "no"])),
                        name="commitment_verifiability_is_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("durability__in", ["in_force", "lapsed", "reversed", "unknown", ""])),
                        name="commitment_durability_is_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "not_assessed",
                                    "no_evidence",
                                    "not_started",
                                    "in_progress",
                                    "stalled",
                                    "partially_delivered",
                                    "delivered",
                                    "not_delivered",
                                    "withdrawn",
                                    "superseded",
                                    "not_verifiable",
                                ],
                            )
                        ),
                        name="commitment_status_is_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "publication__in",
                                ["draft", "submitted", "changes_requested", "published", "closed", "retracted"],
                            )
                        ),
                        name="commitment_publication_is_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_basis__in", ["stated", "implied", "none"])),
                        name="commitment_due_basis_is_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("made_end__gte", models.F("made_start")),
                            ("made_end__isnull", False),
                            ("made_start__isnull", False),
                            ("made_precision__in", ["day", "month", "quarter", "year"]),
                        ),
                        name="commitment_made_is_whole",
                        violation_error_message="A date needs its first day, last day and precision together.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("due_end__gte", models.F("due_start")),
                                ("due_end__isnull", False),
                                ("due_start__isnull", False),
                                ("due_precision__in", ["day", "month", "quarter", "year"]),
                            ),
                            models.Q(("due_end__isnull", True), ("due_precision", ""), ("due_start__isnull", True)),
                            _connector="OR",
                        ),
                        name="commitment_due_is_whole",
                        violation_error_message="A date needs its first day, last day and precision together.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status_since_end__gte", models.F("status_since_start")),
                                ("status_since_end__isnull", False),
                                ("status_since_start__isnull", False),
                                ("status_since_precision__in", ["day", "month", "quarter", "year"]),
                            ),
                            models.Q(
                                ("status_since_end__isnull", True),
                                ("status_since_precision", ""),
                                ("status_since_start__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="commitment_status_since_is_whole",
                        violation_error_message="A date needs its first day, last day and precision together.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("due_basis", "none"), ("due_start__isnull", True)),
                            models.Q(models.Q(("due_basis", "none"), _negated=True), ("due_start__isnull", False)),
                            _connector="OR",
                        ),
                        name="commitment_due_basis_fits_due_date",
                        violation_error_message="A deadline is stated or implied; without one its basis is none.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_end__isnull", True), ("due_end__gte", models.F("made_start")), _connector="OR"
                        ),
                        name="commitment_due_not_before_made",
                        violation_error_message="A commitment cannot be due before it was made.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "not_assessed"), ("status_since_start__isnull", False), _connector="OR"
                        ),
                        name="commitment_status_has_a_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("publication__in", ("published", "closed", "retracted")), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="commitment_public_was_published",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SDGTarget",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=5, unique=True, verbose_name="target")),
            ],
            options={
                "verbose_name": "SDG target",
                "verbose_name_plural": "SDG targets",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined")),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
            },
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "commitment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_entry",
                        serialize=False,
                        to="commitments.commitment",
                    ),
                ),
                ("title", models.TextField()),
                ("body", models.TextField()),
            ],
        ),
        migrations.AddField(
            model_name="commitment",
            name="published_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("publisher", models.CharField(max_length=200, verbose_name="publisher")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("joint_statement", "Joint statement"),
                            ("communique", "Communiqué"),
                            ("declaration", "Declaration"),
                            ("action_plan", "Action plan"),
                            ("memorandum", "Memorandum"),
                            ("fact_sheet", "Fact sheet"),
                            ("readout", "Readout"),
                            ("speech", "Speech"),
                            ("press_release", "Press release"),
                            ("news_report", "News report"),
                            ("opinion", "Opinion"),
                            ("assessment", "Assessment"),
                        ],
                        max_length=24,
                        verbose_name="document type",
                    ),
                ),
                (
                    "source_kind",
                    models.CharField(
                        choices=[
                            ("primary", "Primary"),
                            ("republished_primary", "Republished primary"),
                            ("secondary", "Secondary"),
                            ("opinion", "Opinion"),
                        ],
                        max_length=24,
                        verbose_name="source kind",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        default="en", help_text="BCP 47, such as en or ru.", max_length=12, verbose_name="language"
                    ),
                ),
                ("dated_start", models.DateField(blank=True, editable=False, null=True, verbose_name="dated from")),
                ("dated_end", models.DateField(blank=True, editable=False, null=True, verbose_name="dated until")),
                (
                    "dated_precision",
                    models.CharField(
                        blank=True,
                        choices=[("day", "Day"), ("month", "Month"), ("quarter", "Quarter"), ("year", "Year")],
                        editable=False,
                        max_length=7,
                        verbose_name="date precision",
                    ),
                ),
                (
                    "url",
                    models.URLField(
                        blank=True,
                        error_messages={"unique": "A document with this address is already known: pick it instead."},
                        max_length=500,
                        null=True,
                        unique=True,
                        verbose_name="address",
                    ),
                ),
                ("archive_url", models.URLField(blank=True, max_length=500, verbose_name="archive address")),
                ("captured_on", models.DateField(blank=True, null=True, verbose_name="captured on")),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256 of the capture")),
                (
                    "link_health",
                    models.CharField(
                        choices=[
                            ("unchecked", "Not checked"),
                            ("ok", "Answers"),
                            ("unreachable", "Did not answer when last tried"),
                            ("gone", "Gone"),
                        ],
                        default="unchecked",
                        max_length=24,
                        verbose_name="link health",
                    ),
                ),
                ("gone_since", models.DateField(blank=True, null=True, verbose_name="gone since")),
                (
                    "caution",
                    models.CharField(
                        blank=True,
                        help_text="What a reader should know before trusting it.",
                        max_length=300,
                        verbose_name="caution",
                    ),
                ),
            ],
            options={
                "verbose_name": "document",
                "verbose_name_plural": "documents",
                "ordering": ["title"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "joint_statement",
                                    "communique",
                                    "declaration",
                                    "action_plan",
                                    "memorandum",
                                    "fact_sheet",
                                    "readout",
                                    "speech",
                                    "press_release",
                                    "news_report",
                                    "opinion",
                                    "assessment",
                                ],
                            )
                        ),
                        name="document_kind_is_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("source_kind__in", ["primary", "republished_primary", "secondary", "opinion"])
                        ),
                        name="document_source_kind_is_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("link_health__in", ["unchecked", "ok", "unreachable", "gone"])),
                        name="document_link_health_is_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("dated_end__gte", models.F("dated_start")),
                                ("dated_end__isnull", False),
                                ("dated_start__isnull", False),
                                ("dated_precision__in", ["day", "month", "quarter", "year"]),
                            ),
                            models.Q(
                                ("dated_end__isnull", True), ("dated_precision", ""), ("dated_start__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="document_dated_is_whole",
                        violation_error_message="A date needs its first day, last day and precision together.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("gone_since__isnull", True), ("link_health", "gone"), _connector="OR"),
                        name="document_gone_since_only_when_gone",
                        violation_error_message="Only a document whose link is gone has a day since which it is gone.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sha256", ""),
                            models.Q(("captured_on__isnull", False), ("sha256__regex", "^[0-9a-f]{64}$")),
                            _connector="OR",
                        ),
                        name="document_hash_belongs_to_a_capture",
                        violation_error_message="A hash has 64 hexadecimal digits and needs the day of the capture.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CoverageSession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("started_at", models.DateTimeField(verbose_name="begun at")),
                (
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="begun by",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="coverage_sessions",
                        to="commitments.document",
                        verbose_name="document",
                    ),
                ),
            ],
            options={
                "verbose_name": "reading of a document",
                "verbose_name_plural": "readings of documents",
                "constraints": [
                    models.UniqueConstraint(fields=("document",), name="coverage_session_is_one_a_document")
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalCommitment",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "code",
                    models.CharField(
                        db_index=True,
                        help_text="Its public address. It never changes.",
                        max_length=40,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z0-9]+(-[A-Z0-9]+)+$",
                                "A code has capital letters and digits in parts joined by hyphens, such as C51-2023-01.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "summary",
                    models.TextField(help_text="What was promised, in plain words of our own.", verbose_name="summary"),
                ),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("commitment", "Commitment"),
                            ("request", "Request"),
                            ("reaffirmation", "Reaffirmation"),
                            ("advocacy", "Advocacy"),
                            ("topic", "Topic"),
                        ],
                        default="commitment",
                        max_length=24,
                        verbose_name="classification",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("finance", "Finance"),
                            ("law", "Law or regulation"),
                            ("programme", "Programme or project"),
                            ("institution", "Institution or dialogue"),
                            ("event", "Convene an event"),
                            ("treaty", "Treaty or agreement"),
                            ("information", "Information or advocacy"),
                            ("procurement", "Procurement"),
                            ("exploratory", "Exploratory"),
                            ("position", "Position"),
                        ],
                        max_length=24,
                        verbose_name="kind",
                    ),
                ),
                (
                    "strength",
                    models.CharField(
                        choices=[
                            ("committed", "Committed"),
                            ("pledged", "Pledged"),
                            ("announced", "Announced"),
                            ("agreed", "Agreed"),
                            ("intended", "Intended"),
                            ("proposed", "Proposed"),
                            ("requested", "Requested"),
                            ("advocated", "Advocated"),
                            ("reaffirmed", "Reaffirmed"),
                            ("discussed", "Discussed"),
                            ("explored", "Explored"),
                        ],
                        max_length=24,
                        verbose_name="strength",
                    ),
                ),
                (
                    "firmness",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("declared", "Declared"),
                            ("in_strategy", "In a strategy or plan"),
                            ("in_policy", "In a policy document"),
                            ("in_law", "In law or treaty"),
                        ],
                        default="declared",
                        max_length=24,
                        verbose_name="firmness",
                    ),
                ),
                (
                    "novelty",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("new", "New"),
                            ("expanded", "Expanded"),
                            ("continued", "Continued"),
                            ("reannounced", "Re-announced"),
                            ("already_done", "Already done"),
                        ],
                        max_length=24,
                        verbose_name="novelty",
                    ),
                ),
                (
                    "collectivity",
                    models.CharField(
                        choices=[("joint", "Joint"), ("several", "Several"), ("unilateral", "Unilateral")],
                        max_length=24,
                        verbose_name="collectivity",
                    ),
                ),
                ("made_start", models.DateField(editable=False, verbose_name="made from")),
                ("made_end", models.DateField(editable=False, verbose_name="made until")),
                (
                    "made_precision",
                    models.CharField(
                        blank=True,
                        choices=[("day", "Day"), ("month", "Month"), ("quarter", "Quarter"), ("year", "Year")],
                        editable=False,
                        max_length=7,
                        verbose_name="date precision",
                    ),
                ),
                ("due_start", models.DateField(blank=True, editable=False, null=True, verbose_name="due from")),
                ("due_end", models.DateField(blank=True, editable=False, null=True, verbose_name="due until")),
                (
                    "due_precision",
                    models.CharField(
                        blank=True,
                        choices=[("day", "Day"), ("month", "Month"), ("quarter", "Quarter"), ("year", "Year")],
                        editable=False,
                        max_length=7,
                        verbose_name="date precision",
                    ),
                ),
                (
                    "due_basis",
                    models.CharField(
                        choices=[("stated", "Stated"), ("implied", "Implied"), ("none", "None")],
                        default="none",
                        max_length=24,
                        verbose_name="basis of the deadline",
                    ),
                ),
                (
                    "success_criterion",
                    models.TextField(
                        blank=True, help_text="What would count as delivered.", verbose_name="success criterion"
                    ),
                ),
                (
                    "verifiability",
                    models.CharField(
                        choices=[("yes", "Verifiable"), ("partly", "Partly verifiable"), ("no", "Not verifiable")],
                        default="yes",
                        max_length=24,
                        verbose_name="verifiable",
                    ),
                ),
                ("verifiability_note", models.CharField(blank=True, max_length=300, verbose_name="what is missing")),
                ("condition", models.CharField(blank=True, max_length=300, verbose_name="condition")),
                ("baseline", models.CharField(blank=True, max_length=60, verbose_name="baseline")),
                ("target", models.CharField(blank=True, max_length=60, verbose_name="target")),
                ("unit", models.CharField(blank=True, max_length=60, verbose_name="unit")),
                (
                    "durability",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("in_force", "In force"),
                            ("lapsed", "Lapsed"),
                            ("reversed", "Reversed"),
                            ("unknown", "Unknown"),
                        ],
                        max_length=24,
                        verbose_name="durability once delivered",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="What a reader should know about this record.", verbose_name="note"
                    ),
                ),
                (
                    "publication",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("changes_requested", "Changes requested"),
                            ("published", "Published"),
                            ("closed", "Closed"),
                            ("retracted", "Retracted"),
                        ],
                        default="draft",
                        max_length=24,
                        verbose_name="publication",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="published at"),
                ),
                (
                    "review_interval_days",
                    models.PositiveSmallIntegerField(default=180, verbose_name="review interval in days"),
                ),
                (
                    "last_checked_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="last checked on"),
                ),
                (
                    "next_check_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="next check due on"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("not_assessed", "Not assessed"),
                            ("no_evidence", "No evidence found"),
                            ("not_started", "Not started"),
                            ("in_progress", "In progress"),
                            ("stalled", "Stalled"),
                            ("partially_delivered", "Partially delivered"),
                            ("delivered", "Delivered"),
                            ("not_delivered", "Not delivered"),
                            ("withdrawn", "Withdrawn"),
                            ("superseded", "Superseded"),
                            ("not_verifiable", "Not verifiable"),
                        ],
                        default="not_assessed",
                        editable=False,
                        max_length=24,
                        verbose_name="status",
                    ),
                ),
                (
                    "status_since_start",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="status since"),
                ),
                (
                    "status_since_end",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="status since, until"),
                ),
                (
                    "status_since_precision",
                    models.CharField(
                        blank=True,
                        choices=[("day", "Day"), ("month", "Month"), ("quarter", "Quarter"), ("year", "Year")],
                        editable=False,
                        max_length=7,
                        verbose_name="date precision",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical commitment",
                "verbose_name_plural": "historical commitments",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDocument",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("publisher", models.CharField(max_length=200, verbose_name="publisher")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("joint_statement", "Joint statement"),
                            ("communique", "Communiqué"),
                            ("declaration", "Declaration"),
                            ("action_plan", "Action plan"),
                            ("memorandum", "Memorandum"),
                            ("fact_sheet", "Fact sheet"),
                            ("readout", "Readout"),
                            ("speech", "Speech"),
                            ("press_release", "Press release"),
                            ("news_report", "News report"),
                            ("opinion", "Opinion"),
                            ("assessment", "Assessment"),
                        ],
                        max_length=24,
                        verbose_name="document type",
                    ),
                ),
                (
                    "source_kind",
                    models.CharField(
                        choices=[
                            ("primary", "Primary"),
                            ("republished_primary", "Republished primary"),
                            ("secondary", "Secondary"),
                            ("opinion", "Opinion"),
                        ],
                        max_length=24,
                        verbose_name="source kind",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        default="en", help_text="BCP 47, such as en or ru.", max_length=12, verbose_name="language"
                    ),
                ),
                ("dated_start", models.DateField(blank=True, editable=False, null=True, verbose_name="dated from")),
                ("dated_end", models.DateField(blank=True, editable=False, null=True, verbose_name="dated until")),
                (
                    "dated_precision",
                    models.CharField(
                        blank=True,
                        choices=[("day", "Day"), ("month", "Month"), ("quarter", "Quarter"), ("year", "Year")],
                        editable=False,
                        max_length=7,
                        verbose_name="date precision",
                    ),
                ),
                (
                    "url",
                    models.URLField(
                        blank=True,
                        db_index=True,
                        error_messages={"unique": "A document with this address is already known: pick it instead."},
                        max_length=500,
                        null=True,
                        verbose_name="address",
                    ),
                ),
                ("archive_url", models.URLField(blank=True, max_length=500, verbose_name="archive address")),
                ("captured_on", models.DateField(blank=True, null=True, verbose_name="captured on")),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256 of the capture")),
                (
                    "link_health",
                    models.CharField(
                        choices=[
                            ("unchecked", "Not checked"),
                            ("ok", "Answers"),
                            ("unreachable", "Did not answer when last tried"),
                            ("gone", "Gone"),
                        ],
                        default="unchecked",
                        max_length=24,
                        verbose_name="link health",
                    ),
                ),
                ("gone_since", models.DateField(blank=True, null=True, verbose_name="gone since")),
                (
                    "caution",
                    models.CharField(
                        blank=True,
                        help_text="What a reader should know before trusting it.",
                        max_length=300,
                        verbose_name="caution",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical document",
                "verbose_name_plural": "historical documents",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPassage",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("paragraph", models.PositiveSmallIntegerField(verbose_name="paragraph")),
                ("sentence", models.PositiveSmallIntegerField(verbose_name="sentence")),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("commitment", "Commitment"),
                            ("request", "Request"),
                            ("reaffirmation", "Reaffirmation"),
                            ("advocacy", "Advocacy"),
                            ("topic", "Topic"),
                            ("position", "Position"),
                            ("context", "Context"),
                        ],
                        max_length=24,
                        verbose_name="classification",
                    ),
                ),
                ("summary", models.CharField(max_length=300, verbose_name="what it says, in our words")),
                ("reason", models.CharField(max_length=500, verbose_name="why it is classified so")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="commitments.commitment",
                        verbose_name="commitment",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="commitments.document",
                        verbose_name="document",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical passage",
                "verbose_name_plural": "historical passages",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSummitSeries",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("slug", models.SlugField(max_length=80, verbose_name="address name")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("summary", models.TextField(blank=True, verbose_name="summary")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical summit series",
                "verbose_name_plural": "historical summit series",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="address name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("country", "Country"),
                            ("institution", "Institution"),
                            ("bloc", "Bloc"),
                            ("company", "Company"),
                        ],
                        max_length=24,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_ru", models.CharField(blank=True, max_length=200, verbose_name="name in Russian")),
                (
                    "alpha2",
                    models.CharField(
                        blank=True, max_length=2, null=True, unique=True, verbose_name="ISO 3166-1 alpha-2"
                    ),
                ),
                (
                    "alpha3",
                    models.CharField(
                        blank=True, max_length=3, null=True, unique=True, verbose_name="ISO 3166-1 alpha-3"
                    ),
                ),
                ("m49", models.CharField(blank=True, max_length=3, null=True, unique=True, verbose_name="UN M49 code")),
                ("region", models.CharField(blank=True, max_length=60, verbose_name="region")),
                ("subregion", models.CharField(blank=True, max_length=60, verbose_name="subregion")),
                ("abolished_on", models.DateField(blank=True, null=True, verbose_name="abolished on")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        help_text="The country whose body or company it is. Its commitments are found under that country too.",
                        limit_choices_to={"kind": "country"},
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bodies",
                        to="commitments.party",
                        verbose_name="home country",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="commitments.party",
                        verbose_name="successor",
                    ),
                ),
            ],
            options={
                "verbose_name": "party",
                "verbose_name_plural": "parties",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["country", "institution", "bloc", "company"])),
                        name="party_kind_is_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("alpha2__isnull", False),
                                ("alpha3__isnull", False),
                                ("kind", "country"),
                                ("m49__isnull", False),
                            ),
                            models.Q(
                                models.Q(("kind", "country"), _negated=True),
                                ("alpha2__isnull", True),
                                ("alpha3__isnull", True),
                                ("m49__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="party_countries_have_codes",
                        violation_error_message="A country needs its alpha-2, alpha-3 and M49 codes; others have none.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("successor__isnull", True),
                            models.Q(("successor", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="party_is_not_its_own_successor",
                        violation_error_message="A party cannot succeed itself.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("successor__isnull", True), ("abolished_on__isnull", False), _connector="OR"
                        ),
                        name="party_with_successor_is_abolished",
                        violation_error_message="A party with a successor needs the day on which it was abolished.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("country__isnull", True), models.Q(("kind", "country"), _negated=True), _connector="OR"
                        ),
                        name="party_countries_have_no_home_country",
                        violation_error_message="A country has no home country.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Participation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("participant", "Participant"), ("host", "Host"), ("guest", "Guest")],
                        default="participant",
                        max_length=24,
                        verbose_name="role",
                    ),
                ),
                ("representative", models.CharField(blank=True, max_length=120, verbose_name="representative")),
                ("office", models.CharField(blank=True, max_length=120, verbose_name="office")),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to="commitments.party",
                        verbose_name="party",
                    ),
                ),
            ],
            options={
                "verbose_name": "participation",
                "verbose_name_plural": "participations",
                "ordering": ["party__name", "representative"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["participant", "host", "guest"])),
                        name="participation_role_is_a_code",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("joined_on", models.DateField(blank=True, null=True, verbose_name="member from")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="member until")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                (
                    "bloc",
                    models.ForeignKey(
                        limit_choices_to={"kind": "bloc"},
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="commitments.party",
                        verbose_name="bloc",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bloc_memberships",
                        to="commitments.party",
                        verbose_name="member",
                    ),
                ),
            ],
            options={
                "verbose_name": "membership",
                "verbose_name_plural": "memberships",
                "ordering": ["bloc", "member", "joined_on"],
                "constraints": [
                    models.UniqueConstraint(fields=("bloc", "member", "joined_on"), name="membership_is_unique"),
                    models.UniqueConstraint(
                        condition=models.Q(("joined_on__isnull", True)),
                        fields=("bloc", "member"),
                        name="membership_without_start_is_unique",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("bloc", models.F("member")), _negated=True),
                        name="membership_is_not_of_itself",
                        violation_error_message="A bloc cannot be a member of itself.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("joined_on__isnull", True),
                            ("left_on__isnull", True),
                            ("left_on__gte", models.F("joined_on")),
                            _connector="OR",
                        ),
                        name="membership_dates_in_order",
                        violation_error_message="A membership cannot end before it begins.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalParty",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("slug", models.SlugField(max_length=80, verbose_name="address name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("country", "Country"),
                            ("institution", "Institution"),
                            ("bloc", "Bloc"),
                            ("company", "Company"),
                        ],
                        max_length=24,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_ru", models.CharField(blank=True, max_length=200, verbose_name="name in Russian")),
                (
                    "alpha2",
                    models.CharField(
                        blank=True, db_index=True, max_length=2, null=True, verbose_name="ISO 3166-1 alpha-2"
                    ),
                ),
                (
                    "alpha3",
                    models.CharField(
                        blank=True, db_index=True, max_length=3, null=True, verbose_name="ISO 3166-1 alpha-3"
                    ),
                ),
                (
                    "m49",
                    models.CharField(blank=True, db_index=True, max_length=3, null=True, verbose_name="UN M49 code"),
                ),
                ("region", models.CharField(blank=True, max_length=60, verbose_name="region")),
                ("subregion", models.CharField(blank=True, max_length=60, verbose_name="subregion")),
                ("abolished_on", models.DateField(blank=True, null=True, verbose_name="abolished on")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The country whose body or company it is. Its commitments are found under that country too.",
                        limit_choices_to={"kind": "country"},
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="commitments.party",
                        verbose_name="home country",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="commitments.party",
                        verbose_name="successor",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical party",
                "verbose_name_plural": "historical parties",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalMembership",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("joined_on", models.DateField(blank=True, null=True, verbose_name="member from")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="member until")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "bloc",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        limit_choices_to={"kind": "bloc"},
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="commitments.party",
                        verbose_name="bloc",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="commitments.party",
                        verbose_name="member",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical membership",
                "verbose_name_plural": "historical memberships",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Development",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("development", "Development"),
                            ("check", "Check"),
                            ("reply", "Reply"),
                            ("correction", "Correction"),
                        ],
                        default="development",
                        max_length=24,
                        verbose_name="kind",
                    ),
                ),
                ("happened_start", models.DateField(editable=False, verbose_name="happened from")),
                ("happened_end", models.DateField(editable=False, verbose_name="happened until")),
                (
                    "happened_precision",
                    models.CharField(
                        blank=True,
                        choices=[("day", "Day"), ("month", "Month"), ("quarter", "Quarter"), ("year", "Year")],
                        editable=False,
                        max_length=7,
                        verbose_name="date precision",
                    ),
                ),
                ("summary", models.TextField(verbose_name="what happened")),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_assessed", "Not assessed"),
                            ("no_evidence", "No evidence found"),
                            ("not_started", "Not started"),
                            ("in_progress", "In progress"),
                            ("stalled", "Stalled"),
                            ("partially_delivered", "Partially delivered"),
                            ("delivered", "Delivered"),
                            ("not_delivered", "Not delivered"),
                            ("withdrawn", "Withdrawn"),
                            ("superseded", "Superseded"),
                            ("not_verifiable", "Not verifiable"),
                        ],
                        help_text="Leave empty when it changes nothing about where the commitment stands.",
                        max_length=24,
                        verbose_name="status it supports",
                    ),
                ),
                (
                    "reason_code",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_prioritised", "Not prioritised"),
                            ("changed_position", "Changed position"),
                            ("legal_block", "Legal or legislative block"),
                            ("funding_withdrawn", "Funding withdrawn"),
                            ("body_abolished", "Body abolished"),
                            ("other_party", "Other party did not act"),
                            ("condition_not_met", "Condition not met"),
                            ("force_majeure", "Security or force majeure"),
                            ("superseded", "Superseded"),
                            ("unknown", "Unknown"),
                        ],
                        max_length=24,
                        verbose_name="reason for non-delivery",
                    ),
                ),
                (
                    "searched",
                    models.TextField(
                        blank=True, help_text="For a check: which places were read.", verbose_name="where we looked"
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="What is uncertain about it, or why it was corrected.",
                        verbose_name="note",
                    ),
                ),
                ("entered_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                (
                    "published_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="published at"),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="approved by",
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="developments",
                        to="commitments.commitment",
                        verbose_name="commitment",
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="correction",
                        to="commitments.development",
                        verbose_name="corrects",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        blank=True,
                        help_text="The party it concerns. Leave empty when it concerns all.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="developments",
                        to="commitments.party",
                        verbose_name="party",
                    ),
                ),
            ],
            options={
                "verbose_name": "development",
                "verbose_name_plural": "developments",
                "ordering": ["-happened_start", "-pk"],
                "permissions": [
                    ("submit_development", "Can submit a draft for review"),
                    ("publish_development", "Can publish a development that is no verdict, and a check"),
                    ("review_development", "Can send a draft back, reject it or approve it"),
                    ("approve_verdict", "Can publish a verdict that somebody else entered"),
                ],
                "indexes": [
                    models.Index(fields=["commitment", "happened_start"], name="development_timeline"),
                    models.Index(fields=["-happened_start", "-id"], name="development_latest"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["development", "check", "reply", "correction"])),
                        name="development_kind_is_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "not_assessed",
                                    "no_evidence",
                                    "not_started",
                                    "in_progress",
                                    "stalled",
                                    "partially_delivered",
                                    "delivered",
                                    "not_delivered",
                                    "withdrawn",
                                    "superseded",
                                    "not_verifiable",
                                    "",
                                ],
                            )
                        ),
                        name="development_status_is_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "reason_code__in",
                                [
                                    "not_prioritised",
                                    "changed_position",
                                    "legal_block",
                                    "funding_withdrawn",
                                    "body_abolished",
                                    "other_party",
                                    "condition_not_met",
                                    "force_majeure",
                                    "superseded",
                                    "unknown",
                                    "",
                                ],
                            )
                        ),
                        name="development_reason_code_is_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("happened_end__gte", models.F("happened_start")),
                            ("happened_end__isnull", False),
                            ("happened_start__isnull", False),
                            ("happened_precision__in", ["day", "month", "quarter", "year"]),
                        ),
                        name="development_happened_is_whole",
                        violation_error_message="A date needs its first day, last day and precision together.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_by__isnull", True), ("published_at__isnull", True)),
                            models.Q(("approved_by__isnull", False), ("published_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="development_published_at_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("corrects__isnull", True), ("kind", "correction"), _connector="OR"),
                        name="development_only_a_correction_corrects",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "correction"), _negated=True),
                            models.Q(("corrects__isnull", False), models.Q(("note", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="development_correction_has_target_and_reason",
                        violation_error_message="A correction names what it corrects and says why.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("corrects__isnull", True),
                            models.Q(("corrects", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="development_does_not_correct_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "check"), _negated=True),
                            models.Q(("searched", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="development_check_says_where",
                        violation_error_message="A check says where somebody looked.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "reply"), _negated=True), ("party__isnull", False), _connector="OR"
                        ),
                        name="development_reply_names_its_party",
                        violation_error_message="A reply names the party that gave it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ("check", "reply")), _negated=True), ("status", ""), _connector="OR"
                        ),
                        name="development_check_or_reply_has_no_status",
                        violation_error_message="A check or a reply supports no status: log a development with evidence.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("status__in", ["delivered", "not_delivered", "withdrawn"]), _negated=True),
                            models.Q(("approved_by", models.F("entered_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="development_verdict_has_two_people",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CommitmentParty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("maker", "Maker"),
                            ("co_maker", "Co-maker"),
                            ("addressee", "Addressee"),
                            ("recipient", "Recipient"),
                            ("host", "Host"),
                            ("financier", "Financier"),
                            ("implementer", "Implementer"),
                        ],
                        max_length=24,
                        verbose_name="role",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("not_assessed", "Not assessed"),
                            ("no_evidence", "No evidence found"),
                            ("not_started", "Not started"),
                            ("in_progress", "In progress"),
                            ("stalled", "Stalled"),
                            ("partially_delivered", "Partially delivered"),
                            ("delivered", "Delivered"),
                            ("not_delivered", "Not delivered"),
                            ("withdrawn", "Withdrawn"),
                            ("superseded", "Superseded"),
                            ("not_verifiable", "Not verifiable"),
                        ],
                        default="not_assessed",
                        editable=False,
                        max_length=24,
                        verbose_name="status",
                    ),
                ),
                (
                    "status_since_start",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="status since"),
                ),
                (
                    "status_since_end",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="status since, until"),
                ),
                (
                    "status_since_precision",
                    models.CharField(
                        blank=True,
                        choices=[("day", "Day"), ("month", "Month"), ("quarter", "Quarter"), ("year", "Year")],
                        editable=False,
                        max_length=7,
                        verbose_name="date precision",
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parties",
                        to="commitments.commitment",
                        verbose_name="commitment",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitment_parties",
                        to="commitments.party",
                        verbose_name="party",
                    ),
                ),
            ],
            options={
                "verbose_name": "party to the commitment",
                "verbose_name_plural": "parties to the commitment",
                "ordering": ["party__name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                ["maker", "co_maker", "addressee", "recipient", "host", "financier", "implementer"],
                            )
                        ),
                        name="commitmentparty_role_is_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "not_assessed",
                                    "no_evidence",
                                    "not_started",
                                    "in_progress",
                                    "stalled",
                                    "partially_delivered",
                                    "delivered",
                                    "not_delivered",
                                    "withdrawn",
                                    "superseded",
                                    "not_verifiable",
                                ],
                            )
                        ),
                        name="commitmentparty_status_is_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status_since_end__gte", models.F("status_since_start")),
                                ("status_since_end__isnull", False),
                                ("status_since_start__isnull", False),
                                ("status_since_precision__in", ["day", "month", "quarter", "year"]),
                            ),
                            models.Q(
                                ("status_since_end__isnull", True),
                                ("status_since_precision", ""),
                                ("status_since_start__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="commitmentparty_status_since_is_whole",
                        violation_error_message="A date needs its first day, last day and precision together.",
                    ),
                    models.UniqueConstraint(
                        fields=("commitment", "party", "role"), name="commitment_party_role_is_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ("maker", "co_maker")), ("status", "not_assessed"), _connector="OR"
                        ),
                        name="commitment_party_status_is_for_makers",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CommitmentCountry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("maker", "Maker"),
                            ("co_maker", "Co-maker"),
                            ("addressee", "Addressee"),
                            ("recipient", "Recipient"),
                            ("host", "Host"),
                            ("financier", "Financier"),
                            ("implementer", "Implementer"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="countries",
                        to="commitments.commitment",
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="commitments.party"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["country", "role", "commitment"], name="commitment_country_by_role")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                ["maker", "co_maker", "addressee", "recipient", "host", "financier", "implementer"],
                            )
                        ),
                        name="commitmentcountry_role_is_a_code",
                    ),
                    models.UniqueConstraint(
                        fields=("commitment", "country", "role"), name="commitment_country_is_unique"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Passage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("paragraph", models.PositiveSmallIntegerField(verbose_name="paragraph")),
                ("sentence", models.PositiveSmallIntegerField(verbose_name="sentence")),
                (
                    "classification",
                    models.CharField(
                        choices=[
                            ("commitment", "Commitment"),
                            ("request", "Request"),
                            ("reaffirmation", "Reaffirmation"),
                            ("advocacy", "Advocacy"),
                            ("topic", "Topic"),
                            ("position", "Position"),
                            ("context", "Context"),
                        ],
                        max_length=24,
                        verbose_name="classification",
                    ),
                ),
                ("summary", models.CharField(max_length=300, verbose_name="what it says, in our words")),
                ("reason", models.CharField(max_length=500, verbose_name="why it is classified so")),
                (
                    "commitment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="passages",
                        to="commitments.commitment",
                        verbose_name="commitment",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="passages",
                        to="commitments.document",
                        verbose_name="document",
                    ),
                ),
                (
                    "reading",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="passages",
                        to="commitments.coveragesession",
                    ),
                ),
            ],
            options={
                "verbose_name": "passage",
                "verbose_name_plural": "passages",
                "ordering": ["document", "paragraph", "sentence"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "classification__in",
                                ["commitment", "request", "reaffirmation", "advocacy", "topic", "position", "context"],
                            )
                        ),
                        name="passage_classification_is_a_code",
                    ),
                    models.UniqueConstraint(fields=("document", "paragraph", "sentence"), name="passage_is_unique"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Relation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("restates", "Restates"),
                            ("supersedes", "Supersedes"),
                            ("part_of", "Is part of"),
                            ("depends_on", "Depends on"),
                            ("delivered_by", "Is delivered by"),
                        ],
                        max_length=24,
                        verbose_name="relation",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relations",
                        to="commitments.commitment",
                        verbose_name="this commitment",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="inverse_relations",
                        to="commitments.commitment",
                        verbose_name="other commitment",
                    ),
                ),
            ],
            options={
                "verbose_name": "relation",
                "verbose_name_plural": "relations",
                "ordering": ["source", "kind", "target"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["restates", "supersedes", "part_of", "depends_on", "delivered_by"])
                        ),
                        name="relation_kind_is_a_code",
                    ),
                    models.UniqueConstraint(fields=("source", "kind", "target"), name="relation_is_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("source", models.F("target")), _negated=True),
                        name="relation_is_not_to_itself",
                        violation_error_message="A commitment cannot be related to itself.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("submitted", "Submitted"),
                            ("changes_requested", "Changes requested"),
                            ("approved", "Approved"),
                            ("rejected", "Rejected"),
                        ],
                        max_length=24,
                        verbose_name="step",
                    ),
                ),
                ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
                ("comment", models.TextField(blank=True, verbose_name="comment")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "development",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="commitments.development",
                        verbose_name="development",
                    ),
                ),
            ],
            options={
                "verbose_name": "review",
                "verbose_name_plural": "reviews",
                "ordering": ["development", "pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["submitted", "changes_requested", "approved", "rejected"])),
                        name="review_kind_is_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ("changes_requested", "rejected")), _negated=True),
                            models.Q(("comment", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="review_that_sends_back_says_why",
                        violation_error_message="Say what is to be mended, or why it is rejected.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("snapshot", models.JSONField(verbose_name="snapshot")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                (
                    "previous_sha256",
                    models.CharField(blank=True, max_length=64, verbose_name="SHA-256 of the revision before"),
                ),
                ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="commitments.commitment",
                    ),
                ),
            ],
            options={
                "verbose_name": "revision",
                "verbose_name_plural": "revisions",
                "ordering": ["commitment", "number"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("commitment", "number"), name="revision_number_is_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number", 1), ("previous_sha256", "")),
                            models.Q(("number__gt", 1), models.Q(("previous_sha256", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="revision_is_chained",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="revision_has_a_hash"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalCommitment_sdg_targets",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "commitment",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="commitments.commitment",
                    ),
                ),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="commitments.historicalcommitment",
                    ),
                ),
                (
                    "sdgtarget",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="commitments.sdgtarget",
                    ),
                ),
            ],
            options={
                "verbose_name": "HistoricalCommitment_sdg_targets",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="commitment",
            name="sdg_targets",
            field=models.ManyToManyField(
                blank=True, related_name="commitments", to="commitments.sdgtarget", verbose_name="SDG targets"
            ),
        ),
        migrations.CreateModel(
            name="Sector",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=5, unique=True, verbose_name="DAC/CRS code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("short_label", models.CharField(blank=True, max_length=60, verbose_name="short label")),
                ("withdrawn", models.BooleanField(default=False, verbose_name="withdrawn by the DAC")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="purposes",
                        to="commitments.sector",
                        verbose_name="category",
                    ),
                ),
            ],
            options={
                "verbose_name": "sector",
                "verbose_name_plural": "sectors",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("code__regex", "^\\d{3}$"), ("parent__isnull", True)),
                            models.Q(("code__regex", "^\\d{5}$"), ("parent__isnull", False)),
                            _connector="OR",
                        ),
                        name="sector_code_fits_its_level",
                        violation_error_message="A category has three digits; a purpose has five and a category.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalCommitment_sectors",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "commitment",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="commitments.commitment",
                    ),
                ),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="commitments.historicalcommitment",
                    ),
                ),
                (
                    "sector",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="commitments.sector",
                    ),
                ),
            ],
            options={
                "verbose_name": "HistoricalCommitment_sectors",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="commitment",
            name="sectors",
            field=models.ManyToManyField(
                blank=True, related_name="commitments", to="commitments.sector", verbose_name="sectors"
            ),
        ),
        migrations.CreateModel(
            name="SeedRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.CharField(max_length=60, verbose_name="file")),
                ("key", models.CharField(max_length=200, verbose_name="key")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256 of the row")),
                ("object_id", models.BigIntegerField(verbose_name="record")),
                ("loaded_at", models.DateTimeField(verbose_name="loaded at")),
            ],
            options={
                "verbose_name": "seed row",
                "verbose_name_plural": "seed rows",
                "constraints": [models.UniqueConstraint(fields=("file", "key"), name="seed_row_is_unique")],
            },
        ),
        migrations.CreateModel(
            name="StatusChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "from_status",
                    models.CharField(
                        choices=[
                            ("not_assessed", "Not assessed"),
                            ("no_evidence", "No evidence found"),
                            ("not_started", "Not started"),
                            ("in_progress", "In progress"),
                            ("stalled", "Stalled"),
                            ("partially_delivered", "Partially delivered"),
                            ("delivered", "Delivered"),
                            ("not_delivered", "Not delivered"),
                            ("withdrawn", "Withdrawn"),
                            ("superseded", "Superseded"),
                            ("not_verifiable", "Not verifiable"),
                        ],
                        max_length=24,
                        verbose_name="from",
                    ),
                ),
                (
                    "to_status",
                    models.CharField(
                        choices=[
                            ("not_assessed", "Not assessed"),
                            ("no_evidence", "No evidence found"),
                            ("not_started", "Not started"),
                            ("in_progress", "In progress"),
                            ("stalled", "Stalled"),
                            ("partially_delivered", "Partially delivered"),
                            ("delivered", "Delivered"),
                            ("not_delivered", "Not delivered"),
                            ("withdrawn", "Withdrawn"),
                            ("superseded", "Superseded"),
                            ("not_verifiable", "Not verifiable"),
                        ],
                        max_length=24,
                        verbose_name="to",
                    ),
                ),
                ("effective_start", models.DateField(verbose_name="effective from")),
                ("effective_end", models.DateField(verbose_name="effective until")),
                (
                    "effective_precision",
                    models.CharField(
                        blank=True,
                        choices=[("day", "Day"), ("month", "Month"), ("quarter", "Quarter"), ("year", "Year")],
                        editable=False,
                        max_length=7,
                        verbose_name="date precision",
                    ),
                ),
                ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="status_changes",
                        to="commitments.commitment",
                    ),
                ),
                (
                    "development",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="status_changes",
                        to="commitments.development",
                        verbose_name="development",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="commitments.party",
                    ),
                ),
            ],
            options={
                "verbose_name": "status change",
                "verbose_name_plural": "status changes",
                "ordering": ["recorded_at", "pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["commitment", "party", "effective_start"], name="status_change_as_of")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "from_status__in",
                                [
                                    "not_assessed",
                                    "no_evidence",
                                    "not_started",
                                    "in_progress",
                                    "stalled",
                                    "partially_delivered",
                                    "delivered",
                                    "not_delivered",
                                    "withdrawn",
                                    "superseded",
                                    "not_verifiable",
                                ],
                            )
                        ),
                        name="statuschange_from_status_is_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "to_status__in",
                                [
                                    "not_assessed",
                                    "no_evidence",
                                    "not_started",
                                    "in_progress",
                                    "stalled",
                                    "partially_delivered",
                                    "delivered",
                                    "not_delivered",
                                    "withdrawn",
                                    "superseded",
                                    "not_verifiable",
                                ],
                            )
                        ),
                        name="statuschange_to_status_is_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("effective_end__gte", models.F("effective_start")),
                            ("effective_end__isnull", False),
                            ("effective_start__isnull", False),
                            ("effective_precision__in", ["day", "month", "quarter", "year"]),
                        ),
                        name="statuschange_effective_is_whole",
                        violation_error_message="A date needs its first day, last day and precision together.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_status", models.F("to_status")), _negated=True),
                        name="status_change_changes",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        default=commitments.models.suggestions.new_reference,
                        editable=False,
                        max_length=32,
                        unique=True,
                        verbose_name="reference",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("happened", "Something happened"), ("wrong", "Something is wrong")],
                        max_length=24,
                        verbose_name="kind",
                    ),
                ),
                ("text", models.CharField(max_length=2000, verbose_name="what it says")),
                (
                    "url",
                    models.URLField(
                        max_length=500,
                        validators=[django.core.validators.URLValidator(schemes=("http", "https"))],
                        verbose_name="source",
                    ),
                ),
                (
                    "happened_start",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="happened from"),
                ),
                (
                    "happened_end",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="happened until"),
                ),
                (
                    "happened_precision",
                    models.CharField(
                        blank=True,
                        choices=[("day", "Day"), ("month", "Month"), ("quarter", "Quarter"), ("year", "Year")],
                        editable=False,
                        max_length=7,
                        verbose_name="date precision",
                    ),
                ),
                ("credit", models.CharField(blank=True, max_length=100, verbose_name="name to thank")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="sent")),
                (
                    "state",
                    models.CharField(
                        choices=[("new", "Waiting"), ("accepted", "Accepted"), ("declined", "Declined")],
                        default="new",
                        max_length=24,
                        verbose_name="state",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                ("outcome", models.CharField(blank=True, max_length=1000, verbose_name="what the sender is told")),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suggestions",
                        to="commitments.commitment",
                        verbose_name="commitment",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "development",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="suggestion",
                        to="commitments.development",
                        verbose_name="development made from it",
                    ),
                ),
            ],
            options={
                "verbose_name": "suggestion",
                "verbose_name_plural": "suggestions",
                "ordering": ["created_at", "pk"],
                "indexes": [models.Index(fields=["state", "created_at"], name="suggestion_queue")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["happened", "wrong"])), name="suggestion_kind_is_a_code"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["new", "accepted", "declined"])),
                        name="suggestion_state_is_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("happened_end__gte", models.F("happened_start")),
                                ("happened_end__isnull", False),
                                ("happened_start__isnull", False),
                                ("happened_precision__in", ["day", "month", "quarter", "year"]),
                            ),
                            models.Q(
                                ("happened_end__isnull", True),
                                ("happened_precision", ""),
                                ("happened_start__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="suggestion_happened_is_whole",
                        violation_error_message="A date needs its first day, last day and precision together.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("outcome", ""),
                                ("state", "new"),
                            ),
                            models.Q(
                                models.Q(("state", "new"), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="suggestion_decided_at_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), _negated=True),
                            models.Q(("outcome", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="suggestion_declined_says_why",
                        violation_error_message="Say why it is declined: the sender reads it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("development__isnull", True), ("state", "accepted"), _connector="OR"),
                        name="suggestion_with_development_is_accepted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Summit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("leaders", "Leaders' summit"),
                            ("ministerial", "Ministerial"),
                            ("dialogue", "Dialogue"),
                            ("forum", "Forum"),
                            ("assembly", "Assembly"),
                        ],
                        max_length=24,
                        verbose_name="kind",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="place")),
                (
                    "setting",
                    models.CharField(
                        blank=True,
                        help_text="The larger event around it, as in: on the margins of the 78th UN General Assembly.",
                        max_length=200,
                        verbose_name="setting",
                    ),
                ),
                ("summary", models.TextField(blank=True, verbose_name="summary")),
                (
                    "host",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hosted_summits",
                        to="commitments.party",
                        verbose_name="host",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        help_text="The earlier meeting that called this one.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to="commitments.summit",
                        verbose_name="called by",
                    ),
                ),
                (
                    "participants",
                    models.ManyToManyField(
                        related_name="summits", through="commitments.Participation", to="commitments.party"
                    ),
                ),
            ],
            options={
                "verbose_name": "summit",
                "verbose_name_plural": "summits",
                "ordering": ["-starts_on", "code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["leaders", "ministerial", "dialogue", "forum", "assembly"])),
                        name="summit_kind_is_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="summit_dates_in_order",
                        violation_error_message="A summit cannot end before it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", True),
                            models.Q(("parent", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="summit_did_not_call_itself",
                        violation_error_message="A summit cannot be called by itself.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="participation",
            name="summit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="participations",
                to="commitments.summit",
                verbose_name="summit",
            ),
        ),
        migrations.AddField(
            model_name="historicalcommitment",
            name="summit",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="commitments.summit",
                verbose_name="summit",
            ),
        ),
        migrations.AddField(
            model_name="coveragesession",
            name="summit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="commitments.summit",
                verbose_name="summit",
            ),
        ),
        migrations.AddField(
            model_name="commitment",
            name="summit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="commitments",
                to="commitments.summit",
                verbose_name="summit",
            ),
        ),
        migrations.CreateModel(
            name="SummitSeries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="address name")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("summary", models.TextField(blank=True, verbose_name="summary")),
                (
                    "members",
                    models.ManyToManyField(
                        blank=True, related_name="series", to="commitments.party", verbose_name="members"
                    ),
                ),
            ],
            options={
                "verbose_name": "summit series",
                "verbose_name_plural": "summit series",
                "ordering": ["name"],
            },
        ),
        migrations.AddField(
            model_name="summit",
            name="series",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="summits",
                to="commitments.summitseries",
                verbose_name="series",
            ),
        ),
        migrations.CreateModel(
            name="HistoricalSummit",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("code", models.CharField(db_index=True, max_length=40, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("leaders", "Leaders' summit"),
                            ("ministerial", "Ministerial"),
                            ("dialogue", "Dialogue"),
                            ("forum", "Forum"),
                            ("assembly", "Assembly"),
                        ],
                        max_length=24,
                        verbose_name="kind",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="place")),
                (
                    "setting",
                    models.CharField(
                        blank=True,
                        help_text="The larger event around it, as in: on the margins of the 78th UN General Assembly.",
                        max_length=200,
                        verbose_name="setting",
                    ),
                ),
                ("summary", models.TextField(blank=True, verbose_name="summary")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="commitments.party",
                        verbose_name="host",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The earlier meeting that called this one.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="commitments.summit",
                        verbose_name="called by",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="commitments.summitseries",
                        verbose_name="series",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical summit",
                "verbose_name_plural": "historical summits",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("paragraph", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="paragraph")),
                ("sentence", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="sentence")),
                (
                    "locator",
                    models.CharField(
                        blank=True,
                        help_text="Where in the document, if not by paragraph number.",
                        max_length=100,
                        verbose_name="locator",
                    ),
                ),
                ("verb", models.CharField(blank=True, max_length=60, verbose_name="verb")),
                (
                    "strength",
                    models.CharField(
                        choices=[
                            ("committed", "Committed"),
                            ("pledged", "Pledged"),
                            ("announced", "Announced"),
                            ("agreed", "Agreed"),
                            ("intended", "Intended"),
                            ("proposed", "Proposed"),
                            ("requested", "Requested"),
                            ("advocated", "Advocated"),
                            ("reaffirmed", "Reaffirmed"),
                            ("discussed", "Discussed"),
                            ("explored", "Explored"),
                        ],
                        max_length=24,
                        verbose_name="strength",
                    ),
                ),
                ("language", models.CharField(default="en", max_length=12, verbose_name="language")),
                (
                    "quotation",
                    models.TextField(
                        blank=True, help_text="Only where quoting is permitted.", verbose_name="quotation"
                    ),
                ),
                ("translation", models.TextField(blank=True, verbose_name="translation")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wordings",
                        to="commitments.commitment",
                        verbose_name="commitment",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wordings",
                        to="commitments.document",
                        verbose_name="document",
                    ),
                ),
            ],
            options={
                "verbose_name": "wording",
                "verbose_name_plural": "wordings",
                "ordering": ["document", "paragraph", "sentence"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "strength__in",
                                [
                                    "committed",
                                    "pledged",
                                    "announced",
                                    "agreed",
                                    "intended",
                                    "proposed",
                                    "requested",
                                    "advocated",
                                    "reaffirmed",
                                    "discussed",
                                    "explored",
                                ],
                            )
                        ),
                        name="wording_strength_is_a_code",
                    ),
                    models.UniqueConstraint(
                        models.F("commitment"),
                        models.F("document"),
                        django.db.models.functions.comparison.Coalesce("paragraph", 0),
                        django.db.models.functions.comparison.Coalesce("sentence", 0),
                        models.F("locator"),
                        name="wording_is_unique",
                        violation_error_message="This document's wording at this place is already there.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Amount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("announced", "Announced"),
                            ("committed", "Committed"),
                            ("allocated", "Allocated"),
                            ("disbursed", "Disbursed"),
                        ],
                        max_length=24,
                        verbose_name="stage",
                    ),
                ),
                (
                    "qualifier",
                    models.CharField(
                        choices=[
                            ("exact", "exactly"),
                            ("about", "about"),
                            ("almost", "almost"),
                            ("up_to", "up to"),
                            ("over", "over"),
                            ("range", "between"),
                        ],
                        default="exact",
                        max_length=24,
                        verbose_name="qualifier",
                    ),
                ),
                ("value", models.DecimalField(decimal_places=2, max_digits=18, verbose_name="value")),
                (
                    "value_max",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=18, null=True, verbose_name="upper value"
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        max_length=3,
                        validators=[django.core.validators.RegexValidator("^[A-Z]{3}$", "Three capital letters.")],
                        verbose_name="currency (ISO 4217)",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="amounts",
                        to="commitments.commitment",
                        verbose_name="commitment",
                    ),
                ),
            ],
            options={
                "verbose_name": "amount",
                "verbose_name_plural": "amounts",
                "ordering": ["commitment", "stage", "value"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ["announced", "committed", "allocated", "disbursed"])),
                        name="amount_stage_is_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("qualifier__in", ["exact", "about", "almost", "up_to", "over", "range"])),
                        name="amount_qualifier_is_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("qualifier", "range"),
                                ("value_max__gt", models.F("value")),
                                ("value_max__isnull", False),
                            ),
                            models.Q(models.Q(("qualifier", "range"), _negated=True), ("value_max__isnull", True)),
                            _connector="OR",
                        ),
                        name="amount_range_has_an_upper_value",
                        violation_error_message="A range needs an upper value above the lower; other sums have none.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("value__gt", 0)),
                        name="amount_is_positive",
                        violation_error_message="A sum is above zero.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("locator", models.CharField(blank=True, max_length=100, verbose_name="where in the document")),
                (
                    "quotation",
                    models.TextField(
                        blank=True, help_text="Only where quoting is permitted.", verbose_name="quotation"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("establishes", "Establishes"),
                            ("shows_progress", "Shows progress"),
                            ("verifies_delivery", "Verifies delivery"),
                            ("contradicts", "Contradicts"),
                        ],
                        default="shows_progress",
                        max_length=24,
                        verbose_name="what it does",
                    ),
                ),
                (
                    "provenance",
                    models.CharField(
                        choices=[
                            ("self_reported", "Self-reported"),
                            ("counterpart_reported", "Counterpart-reported"),
                            ("third_party", "Third party"),
                            ("independently_verified", "Independently verified"),
                            ("official_record", "Official record"),
                        ],
                        default="third_party",
                        max_length=24,
                        verbose_name="who speaks",
                    ),
                ),
                (
                    "confidence",
                    models.CharField(
                        choices=[("high", "High"), ("medium", "Medium")],
                        default="high",
                        max_length=24,
                        verbose_name="confidence",
                    ),
                ),
                (
                    "development",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence",
                        to="commitments.development",
                        verbose_name="development",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="commitments.document",
                        verbose_name="document",
                    ),
                ),
            ],
            options={
                "verbose_name": "evidence",
                "verbose_name_plural": "evidence",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ["establishes", "shows_progress", "verifies_delivery", "contradicts"])
                        ),
                        name="evidence_role_is_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "provenance__in",
                                [
                                    "self_reported",
                                    "counterpart_reported",
                                    "third_party",
                                    "independently_verified",
                                    "official_record",
                                ],
                            )
                        ),
                        name="evidence_provenance_is_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confidence__in", ["high", "medium"])), name="evidence_confidence_is_a_code"
                    ),
                    models.UniqueConstraint(fields=("development", "document", "locator"), name="evidence_is_unique"),
                ],
            },
        ),
        migrations.CreateModel(
            name="LinkCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("url", models.URLField(max_length=500, verbose_name="address")),
                ("checked_at", models.DateTimeField(verbose_name="tried at")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("answered", "Answered"),
                            ("not_found", "Not found"),
                            ("no_answer", "No answer"),
                            ("refused", "Refused"),
                            ("not_tried", "Not tried"),
                        ],
                        max_length=24,
                        verbose_name="outcome",
                    ),
                ),
                ("http_status", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="HTTP status")),
                ("final_url", models.CharField(blank=True, max_length=500, verbose_name="address that it led to")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="link_checks",
                        to="commitments.document",
                        verbose_name="document",
                    ),
                ),
            ],
            options={
                "verbose_name": "try of a link",
                "verbose_name_plural": "tries of links",
                "ordering": ["checked_at", "pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["document", "checked_at"], name="link_check_of_document")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__in", ["answered", "not_found", "no_answer", "refused", "not_tried"])
                        ),
                        name="linkcheck_outcome_is_a_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("http_status__isnull", True), ("http_status__range", (100, 599)), _connector="OR"
                        ),
                        name="link_check_status_is_of_http",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.UniqueConstraint(
                fields=("summit", "party", "representative"), name="participation_is_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_at__isnull", True), ("published_by__isnull", True)),
                    models.Q(("published_at__isnull", False), ("published_by__isnull", False)),
                    _connector="OR",
                ),
                name="commitment_published_at_and_by",
            ),
        ),
    ]
