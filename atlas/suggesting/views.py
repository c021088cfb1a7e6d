from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from atlas.published.keeper import keeper
from sources.models import Claim, Record, Suggestion
from sources.models.suggestions import ANSWERED_WITHIN_DAYS

from . import guards
from .forms import SuggestionForm


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request: HttpRequest) -> HttpResponse:
    """The form for readers; origin and signed token stand in for a CSRF cookie."""
    record, claim = _about(request)
    status = 200
    if request.method == "POST":
        form = SuggestionForm(request.POST)
        sender = guards.sender(request)
        verdict = guards.judge(sender)
        if not guards.same_origin(request):
            form.add_error(None, _("The form can only be sent from the atlas itself."))
            status = 403
        elif verdict is guards.Verdict.REFUSED:
            form.add_error(
                None, _("Too many suggestions came from your network; please try again in an hour.")
            )
            status = 429
        elif form.is_valid():
            before = guards.sent_already(sender, form.cleaned_data["sentence"], form.cleaned_data["address"])
            if before:
                return redirect("suggestion", token=before.token)
            suggestion: Suggestion = form.save(commit=False)
            suggestion.subject, suggestion.claim = record, claim
            suggestion.sender, suggestion.network = sender.address, sender.network
            suggestion.held = verdict is guards.Verdict.HELD
            suggestion.save()
            guards.forget_senders()
            return redirect("suggestion", token=suggestion.token)
        form.renewed()
    else:
        kind = Suggestion.Kind.ERROR if record or claim else Suggestion.Kind.FACT
        form = SuggestionForm(initial={"kind": kind})
    return render(
        request,
        "suggesting/suggest.html",
        {"form": form, "record": record, "claim": claim, "days": ANSWERED_WITHIN_DAYS},
        status=status,
    )


@never_cache
def outcome(request: HttpRequest, token: str) -> HttpResponse:
    """What became of a suggestion, for whoever has its secret address."""
    suggestion = get_object_or_404(Suggestion.objects.select_related("made_claim"), token=token)
    made = suggestion.made_claim
    published = made if made and made.published_tick and not made.suppressed_at else None
    context = {"suggestion": suggestion, "published": published}
    response = render(request, "suggesting/outcome.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def _about(request: HttpRequest) -> tuple[Record | None, Claim | None]:
    """The public record or claim that the address names; 404 for anything else."""
    record_id, claim_id = request.GET.get("record", ""), request.GET.get("claim", "")
    record: Record | None = None
    claim: Claim | None = None
    if claim_id:
        if not _is_number(claim_id):
            raise Http404
        claim = get_object_or_404(
            Claim, pk=int(claim_id), published_tick__isnull=False, suppressed_at__isnull=True
        )
        record_id = str(claim.subject_id)
    if record_id:
        record = keeper.newest().record(int(record_id)) if _is_number(record_id) else None
        if record is None:
            raise Http404
    return (Record(id=record.pk, kind=record.kind, name=record.name) if record else None), claim


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19
