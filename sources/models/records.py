"""What has a page of its own, what it is called, and how its card read at every tick."""

from functools import lru_cache
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..folding import fold
from .choices import WordedChoices


@lru_cache(maxsize=8192)
def _slug(name: str) -> str:
    return slugify(name)[:60].strip("-")


class Record(WordedChoices):
    """A thing with a page of its own; each kind (deposit, partner, source, …) is a child table.

    What the public sees of a record is its `Version` rows, one a change: editing this row alone
    changes nothing in public until `sources.recording.publish_record` writes the new version.
    """

    KIND: ClassVar[str] = ""
    #: Column names that the public card carries, besides `name` and `note`.
    PUBLIC_FIELDS: ClassVar[tuple[str, ...]] = ()
    #: Many-to-many fields that the public card carries as lists of record ids.
    PUBLIC_LINKS: ClassVar[tuple[str, ...]] = ()

    kind = models.CharField(_("kind"), max_length=20, editable=False, help_text=_("The kind of record."))
    key = models.CharField(
        _("key"),
        max_length=120,
        blank=True,
        help_text=_("Permanent key in the project's data files; blank for records made in the desk."),
    )
    name = models.CharField(_("name"), max_length=500, help_text=_("What pages call it in English."))
    note = models.TextField(_("note"), blank=True, help_text=_("A remark for readers, in our own words."))
    is_public = models.BooleanField(
        _("public"), default=False, editable=False, help_text=_("Has a public page (or had one once).")
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="merged",
        help_text=_("The record that stands for this one; the old address redirects there."),
    )
    withdrawn_because = models.TextField(
        _("withdrawn because"),
        blank=True,
        editable=False,
        help_text=_("Why the record was taken off the atlas; its address then answers 410 with this."),
    )

    class Meta:
        verbose_name = _("record")
        verbose_name_plural = _("records")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"], condition=~models.Q(key=""), name="sources_record_key_unique"
            ),
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("id")), name="sources_record_not_merged_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.KIND:
            self.kind = self.KIND
        super().save(*args, **kwargs)

    @property
    def slug(self) -> str:
        """The readable part of the address; the id before it decides."""
        return _slug(self.name) or self.kind

    @property
    def all_names(self) -> "list[Name]":
        """Every name row; records read from a version carry theirs with them."""
        if not hasattr(self, "_all_names"):
            self._all_names = list(self.names.all()) if self.pk else []
        return self._all_names

    @all_names.setter
    def all_names(self, names: "list[Name]") -> None:
        self._all_names = names

    def label_in(self, language: str) -> tuple[str, str]:
        """(name, language it is in): the reader's language where a name is known, else English."""
        for name in self.all_names:
            if name.language == language and name.kind == Name.Kind.NAME:
                return name.text, language
        return self.name, "en"

    @property
    def label(self) -> str:
        """The name in the active language, else in English."""
        return self.label_in(get_language() or "en")[0]

    @property
    def label_language(self) -> str:
        """The language `label` is in: pages mark it where it is not their own."""
        return self.label_in(get_language() or "en")[1]

    def referred_records(self) -> set[int]:
        """Ids of the records that the public card refers to: a deposit's country, a source's publisher."""
        referred: set[int] = set()
        for name in self.PUBLIC_FIELDS:
            field = self._meta.get_field(name)
            if isinstance(field, models.ForeignKey) and getattr(self, field.attname):
                referred.add(getattr(self, field.attname))
        for link in self.PUBLIC_LINKS:
            referred |= set(getattr(self, link).values_list("pk", flat=True))
        return referred

    def document(self) -> dict[str, Any]:
        """The public card as plain data: what a `Version` keeps."""
        card: dict[str, Any] = {"name": self.name, "note": self.note, "key": self.key}
        for field in self.PUBLIC_FIELDS:
            card[field] = getattr(self, self._meta.get_field(field).attname)  # type: ignore[union-attr]
        for link in self.PUBLIC_LINKS:
            card[link] = sorted(getattr(self, link).values_list("pk", flat=True))
        card["names"] = [[n.text, n.language, n.kind] for n in self.names.all()]
        if self.merged_into_id:
            card["merged_into"] = self.merged_into_id
        if self.withdrawn_because:
            card["withdrawn_because"] = self.withdrawn_because
        return card


def record_link() -> models.OneToOneField:
    """The link from a kind's table to its record, without an accessor that would clash with its fields."""
    return models.OneToOneField(
        Record,
        on_delete=models.CASCADE,
        parent_link=True,
        primary_key=True,
        related_name="+",
        help_text=_("The record this is."),
    )


class Name(models.Model):
    """One spelling of one record's name in one language."""

    class Kind(models.TextChoices):
        NAME = "name", _("name in that language")
        OFFICIAL = "official", _("official long form")
        SPELLING = "spelling", _("other spelling or transliteration")
        FORMER = "former", _("former name")

    record = models.ForeignKey(
        Record,
        verbose_name=_("record"),
        on_delete=models.CASCADE,
        related_name="names",
        help_text=_("Whose name."),
    )
    text = models.CharField(_("text"), max_length=500, help_text=_("The name as written in that language."))
    language = models.CharField(
        _("language"), max_length=10, help_text=_("ISO 639-1 code: en, ru, kk, ky, tg, tk, uz, zh, …")
    )
    kind = models.CharField(
        _("kind"),
        max_length=12,
        choices=Kind.choices,
        default=Kind.NAME,
        help_text=_("Pages show the “name in that language”; search finds all kinds."),
    )
    search_key = models.CharField(
        _("search key"),
        max_length=500,
        editable=False,
        db_index=True,
        help_text=_("The name folded for search."),
    )

    class Meta:
        verbose_name = _("name")
        verbose_name_plural = _("names")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "text", "language"], name="sources_name_once_per_record"
            ),
            models.UniqueConstraint(
                fields=["record", "language"],
                condition=models.Q(kind="name"),
                name="sources_one_name_in_a_language",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_key = fold(self.text)[:500]
        super().save(*args, **kwargs)


class Version(models.Model):
    """A record's public card from one tick to another: the base of every as-of view."""

    record = models.ForeignKey(
        Record,
        verbose_name=_("record"),
        on_delete=models.PROTECT,
        related_name="versions",
        help_text=_("Whose card this is."),
    )
    from_tick = models.PositiveBigIntegerField(
        _("from tick"), help_text=_("The tick that brought this card.")
    )
    until_tick = models.PositiveBigIntegerField(
        _("until tick"),
        null=True,
        blank=True,
        help_text=_("The tick that replaced it; blank while it stands."),
    )
    document = models.JSONField(_("card"), help_text=_("Fields, names and links, as the public saw them."))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        related_name="versions",
        help_text=_("Who made the change."),
    )

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["record_id", "from_tick"]
        constraints = [
            models.UniqueConstraint(fields=["record", "from_tick"], name="sources_version_once_a_tick"),
            models.UniqueConstraint(
                fields=["record"],
                condition=models.Q(until_tick__isnull=True),
                name="sources_one_version_stands",
            ),
            models.CheckConstraint(
                condition=models.Q(until_tick__isnull=True) | models.Q(until_tick__gt=models.F("from_tick")),
                name="sources_version_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["from_tick", "until_tick"])]

    def __str__(self) -> str:
        return f"{self.record_id} @ {self.from_tick}"
