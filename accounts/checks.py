from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register

from . import demonstration


@register(Tags.security, deploy=True)
def no_demonstration_accounts(**kwargs: Any) -> list[CheckMessage]:
    """No account with a printed password is open on a site that others can reach."""
    fault = demonstration.complaint()
    return [Error(fault, id="accounts.E001")] if fault else []
