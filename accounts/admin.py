from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from .forms import SignInForm
from .models import User

admin.site.login_form = SignInForm
admin.site.unregister(Group)


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
