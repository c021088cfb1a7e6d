from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from unfold.admin import ModelAdmin
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from . import pages, second_factor
from .forms import SignInForm
from .models import User

admin.site.login_form = SignInForm
admin.site.unregister(Group)
# Secrets are nobody's to read or set: a second factor is set up by its owner, and reset as a whole.
admin.site.unregister([TOTPDevice, StaticDevice])


def _with_pages(urls: Any) -> Any:
    """The desk's addresses, those of the second factor first."""
    return lambda: [*pages.pages(), *urls()]


admin.site.get_urls = _with_pages(admin.site.get_urls)  # type: ignore[method-assign]


@admin.register(User)
class UserAdmin(DjangoUserAdmin, ModelAdmin):
    """Accounts are opened and closed here, never deleted: what they did stays signed."""

    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    list_display = ("username", "public_name", "groups_held", "is_active", "is_demonstration", "last_login")
    list_filter = ("is_active", "groups", "is_system", "is_demonstration")
    search_fields = ("username", "public_name", "first_name", "last_name", "email")
    readonly_fields = ("is_system", "is_demonstration", "last_login", "date_joined")
    filter_horizontal = ()
    warn_unsaved_form = True
    change_form_template = "accounts/account_form.html"
    fieldsets = (
        (None, {"fields": ("username", "public_name", "password")}),
        (_("Person"), {"fields": (("first_name", "last_name"), "email")}),
        (
            _("May do"),
            {
                "fields": ("is_active", "is_staff", "groups"),
                "description": _(
                    "Close an account by taking “active” away. “Staff status” opens the desk; the group says "
                    "what may be done there."
                ),
            },
        ),
        (_("Account"), {"fields": (("is_system", "is_demonstration"), ("last_login", "date_joined"))}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "public_name", "password1", "password2", "is_staff", "groups")}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("groups"))
    def groups_held(self, user: User) -> str:
        return ", ".join(group.name for group in user.groups.all())

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A superuser's account is a superuser's affair."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not obj.is_superuser or bool(request.user.is_superuser))

    # The second factor

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(require_POST(self.reset_second_factor))
        name = "accounts_user_reset_second_factor"
        return [path("<int:number>/reset-second-factor/", view, name=name), *super().get_urls()]

    def reset_second_factor(self, request: HttpRequest, number: int) -> HttpResponse:
        """Let a colleague who lost theirs set up another; one's own is looked after on one's own page."""
        user = get_object_or_404(User, pk=number)
        if not self.has_change_permission(request, user) or user.pk == request.user.pk:
            raise PermissionDenied
        pages.reset(request, user)
        self.message_user(request, _("The second factor is reset."), messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:accounts_user_change", args=[number]))

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        user = context.get("original")
        if user is not None:
            context["second_factor"] = second_factor.device_of(user)
            context["second_factor_owed"] = second_factor.must_have(user)
            context["may_reset"] = self.has_change_permission(request, user) and user.pk != request.user.pk
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(Group)
class GroupAdmin(DjangoGroupAdmin, ModelAdmin):
    """What each group may do; set by the program after every migrate, so it is only shown."""

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("permissions__content_type")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
