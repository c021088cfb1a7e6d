from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from sources.models import Suggestion

from . import guards


class WebAddressField(forms.URLField):
    """An http or https address; a host typed without a scheme is taken for https."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", **kwargs)


class SuggestionForm(forms.ModelForm):
    """An address and a sentence; the rest guards against robots."""

    website = forms.CharField(
        required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})
    )
    served = forms.CharField(widget=forms.HiddenInput)

    class Meta:
        model = Suggestion
        fields = ("kind", "address", "sentence")
        labels = {
            "kind": _("What is it?"),
            "address": _("Address where it can be read"),
            "sentence": _("What should the atlas know?"),
        }
        help_texts = {
            "kind": "",
            "address": _(
                "Begins with http:// or https://; needed unless you write about something wrong here."
            ),
            "sentence": _("One or two sentences, at most 1,000 characters. No personal data, please."),
        }
        widgets = {"sentence": forms.Textarea(attrs={"rows": 5})}
        field_classes = {"address": WebAddressField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["served"] = guards.token()

    def clean_website(self) -> str:
        """People do not see this field."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("This looks like a robot's form."))
        return ""

    def clean_served(self) -> str:
        if not guards.plausible(self.cleaned_data["served"]):
            raise forms.ValidationError(
                _("The form was sent too quickly or is too old: please send it again.")
            )
        return str(self.cleaned_data["served"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if (
            cleaned.get("kind") == Suggestion.Kind.FACT
            and not cleaned.get("address")
            and "address" not in self.errors
        ):
            self.add_error("address", _("A fact needs the address of a source."))
        return cleaned

    def renewed(self) -> "SuggestionForm":
        """The same form, with what was typed, for sending again: with its token while that can be used."""
        served = self.data.get("served", "")
        kept = served if guards.usable(served) else guards.token()
        self.data = {**self.data.dict(), "served": kept}  # type: ignore[attr-defined]
        return self
