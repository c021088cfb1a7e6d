"""Changes in words: one line for a feed's title or a list."""

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from atlas.pages.statements import Statement

from .history import Change, Kind

#: Longest value in a title: findings are sentences.
_LONGEST = 140


def what(statement: Statement) -> str:
    """What a statement is about on its record: "resource estimate, lithium"; of a finding its topic."""
    parts = [statement.kind]
    if statement.claim.kind == "finding":
        parts = [str(statement.claim.get_topic_display())]
    if statement.object is not None:
        parts.append(statement.object.label)
    return ", ".join(parts)


def title(change: Change) -> str:
    """A change in one line, the record first."""
    if change.kind == Kind.LOADED:
        return ngettext("%(count)d new claim: %(why)s", "%(count)d new claims: %(why)s", change.count) % {
            "count": change.count,
            "why": _(change.reason),
        }
    name = change.record.label if change.record else ""
    if change.kind == Kind.CARD:
        return f"{name}: {', '.join(field.label for field in change.fields)}"
    if change.statement is None:
        return name
    return f"{name}: {what(change.statement)}: {_values(change)}"


def _values(change: Change) -> str:
    old = Truncator(change.old.value).chars(_LONGEST) if change.old else ""
    new = Truncator(change.new.value).chars(_LONGEST) if change.new else ""
    match change.kind:
        case Kind.REPLACED if new:
            return f"{old} → {new}"
        case Kind.REPLACED | Kind.RETRACTED:
            return _("%(value)s withdrawn") % {"value": old}
        case Kind.CHOSEN:
            return _("%(value)s is shown first") % {"value": new}
        case Kind.CHOICE_ENDED:
            return _("%(value)s is no longer chosen to be shown first") % {"value": old}
        case Kind.CHECKED if change.check:
            return _("%(value)s compared with its source: %(outcome)s") % {
                "value": new,
                "outcome": change.check.get_outcome_display(),
            }
        case _:
            return new
