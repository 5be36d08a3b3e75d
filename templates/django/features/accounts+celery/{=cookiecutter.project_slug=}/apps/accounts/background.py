from typing import Any

from allauth.core import context as allauth_context
from django.contrib.sites.shortcuts import get_current_site
from django.db.transaction import on_commit

from apps.accounts.adapter import AccountAdapter
from apps.accounts.tasks import send_message


class BackgroundAccountAdapter(AccountAdapter):
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Let a worker send the mail; go on while the broker is away (`robust`)."""
        request = allauth_context.request
        site = get_current_site(request)
        context = {"request": request, "email": email, "current_site": site, **context}
        message = self.render_mail(template_prefix, email, context)
        html = next((str(content) for content, _ in getattr(message, "alternatives", [])), "")

        def enqueue() -> None:
            send_message.delay(message.subject, message.body, message.to, html)

        on_commit(enqueue, robust=True)
