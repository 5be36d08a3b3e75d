"""Jobs about accounts: another system is told of each new one."""

from datetime import timedelta

from celery import shared_task
from celery.schedules import crontab
from django.conf import settings
from django.utils import timezone

from apps.accounts.models import User
from core.webhooks import WebhookUnavailable, post

RETRIES = 8  # after 2, 4, 8 … seconds, or less: in all less than nine minutes
RECENT = timedelta(hours=2)  # twice the time between two runs: none is missed, some come twice
SCHEDULE = {
    "announce new accounts": {
        "task": f"{__name__}.announce_new_accounts",
        "schedule": crontab(minute="0"),
    }
}


@shared_task(autoretry_for=(WebhookUnavailable,), max_retries=RETRIES, retry_backoff=2)
def announce_account(user_id: int) -> None:
    """Tell `ACCOUNT_WEBHOOK` of an account; tried again, ever later, while nobody is there.

    Args:
        user_id: an id, not the user: what the job does is decided by what is stored when it runs.
    """
    user = User.objects.filter(id=user_id).first()
    if user:
        values = {"id": user.pk, "email": user.email}
        post(settings.ACCOUNT_WEBHOOK, values, key=f"account-{user.pk}")


@shared_task
def announce_new_accounts() -> None:
    """Queue a job for each recent account, so that one that fails holds up no other."""
    if settings.ACCOUNT_WEBHOOK:
        recent = User.objects.filter(date_joined__gte=timezone.now() - RECENT)
        for user_id in recent.values_list("id", flat=True):
            announce_account.delay(user_id)
