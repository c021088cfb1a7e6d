from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..fields import PartialDateField, partial_date_check
from ..territories import check_country
from .records import Record, record_link


class Publisher(Record):
    """A house that publishes sources: an agency, a ministry, a company, a journal."""

    KIND = "publisher"
    PUBLIC_FIELDS = ("country",)

    record_ptr = record_link()

    country = models.CharField(
        _("country"), max_length=2, blank=True, help_text=_("ISO 3166-1 alpha-2 code of its seat, if known.")
    )

    class Meta:
        verbose_name = _("publisher")
        verbose_name_plural = _("publishers")

    def clean(self) -> None:
        super().clean()
        check_country(self.country)


class Source(Record):
    """A publication that states things: an article, a report, a dataset, an official notice.

    Reliability is the Admiralty (NATO AJP-2.1) source grade; blank shows as "not graded".
    """

    KIND = "source"
    PUBLIC_FIELDS = (
        "publisher",
        "author",
        "published",
        "url",
        "language",
        "type",
        "accessed",
        "inferred",
        "reliability",
        "copy_of",
        "archive_url",
    )

    record_ptr = record_link()
    #: When its address was last found gone, on sources read from a snapshot; None while it answers.
    gone_since: datetime | None = None

    class Type(models.TextChoices):
        NEWS = "news", _("news")
        GOVERNMENT = "government", _("government")
        COMPANY = "company", _("company")
        IGO = "igo", _("international organisation")
        REPORT = "report", _("report")
        DATABASE = "database", _("database")
        ACADEMIC = "academic", _("academic")
        REFERENCE = "reference", _("reference work")

    class Reliability(models.TextChoices):
        A = "A", _("A: completely reliable")
        B = "B", _("B: usually reliable")
        C = "C", _("C: fairly reliable")
        D = "D", _("D: not usually reliable")
        E = "E", _("E: unreliable")
        F = "F", _("F: reliability cannot be judged")

    publisher = models.ForeignKey(
        Publisher,
        verbose_name=_("publisher"),
        on_delete=models.PROTECT,
        related_name="sources",
        help_text=_("The house that published it."),
    )
    author = models.CharField(
        _("author"), max_length=300, blank=True, help_text=_("As signed; blank if unsigned.")
    )
    published = PartialDateField(
        _("published"), help_text=_("As exactly as known: 2025, 2025-04 or 2025-04-02; blank if undated.")
    )
    url = models.URLField(_("address"), max_length=1000, help_text=_("Where it can be read (http or https)."))
    language = models.CharField(_("language"), max_length=10, help_text=_("ISO 639-1 code of its language."))
    type = models.CharField(_("type"), max_length=12, choices=Type.choices, help_text=_("What it is."))
    accessed = PartialDateField(_("accessed"), help_text=_("When it was last read for the atlas."))
    inferred = models.JSONField(
        _("inferred"),
        default=list,
        blank=True,
        help_text=_(
            "What could not be seen on the publication itself and is our inference: title, published, …"
        ),
    )
    reliability = models.CharField(
        _("reliability"),
        max_length=1,
        blank=True,
        choices=Reliability.choices,
        help_text=_("Admiralty grade of the source, A to F; blank: not graded."),
    )
    copy_of = models.ForeignKey(
        "self",
        verbose_name=_("copy of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="copies",
        help_text=_("The original of which this is a reprint or copy; agreement credits the original."),
    )
    archive_url = models.URLField(
        _("archived copy"), max_length=1000, blank=True, help_text=_("Where a dated copy of it is kept.")
    )

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            partial_date_check("published", "sources_source_published_is_a_date"),
            models.CheckConstraint(
                condition=~models.Q(copy_of=models.F("record_ptr")), name="sources_source_not_its_own_copy"
            ),
        ]
