"""Coming in, going out, and one's own password."""

from typing import Any, cast

from django.contrib.auth import logout as leave
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yinfeng.core.errors import Invalid
from yinfeng.core.http import ActorRequest
from yinfeng.org import actions
from yinfeng.org.access import signed_in
from yinfeng.org.forms import LoginForm, PasswordForm
from yinfeng.org.models import User
from yinfeng.org.scope import actor_for
from yinfeng.ui.rendering import INVALID, done, invalid, page


class Login(LoginView):
    """The login page; a wrong password is answered with 422, too many with the page that says how long to wait."""

    template_name = "org/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Let the person in, and write it down."""
        user = form.get_user()
        answer = super().form_valid(form)
        actor = actor_for(user, address=self.request.META.get("REMOTE_ADDR", ""))
        actions.record_login(actor=actor, user=user)
        return answer

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Show the form again with what is wrong."""
        answer: HttpResponse = self.render_to_response(self.get_context_data(form=form), status=INVALID)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form and where to go afterwards."""
        return super().get_context_data(**kwargs) | {"next": self.get_redirect_url()}


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """Leave; the session ends."""
    leave(request)
    return redirect("org:login")


@signed_in
def password(request: ActorRequest) -> HttpResponse:
    """Change one's own password; whoever came in with a first one cannot pass by here."""
    user = cast(User, request.user)
    form = PasswordForm(request.POST or None)
    context = {"form": form, "first": user.must_change_password}
    if request.method != "POST":
        return page(request, "org/password.html", context)
    if not form.is_valid():
        return invalid(request, "org/password.html", context)
    try:
        changed = actions.change_own_password(
            actor=request.actor, current=form.cleaned_data["current"], new=form.cleaned_data["new"]
        )
    except Invalid as errors:
        form.apply(errors)
        return invalid(request, "org/password.html", context)
    update_session_auth_hash(request, changed)
    return done(request, reverse("home"), _("密码已修改。"))
