"""The sign-in form."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """User name and password; the answer to a wrong one never says which was wrong."""

    error_messages = {
        "invalid_login": _("That user name and password do not go together. Check both."),
        "inactive": _("That user name and password do not go together. Check both."),
    }
    username = forms.CharField(
        label=_("User name"),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
