"""Jobs about accounts: another system is told of each new one."""

from datetime import timedelta

from celery import shared_task
from celery.schedules import crontab
from flask import current_app
from sqlalchemy import select

from app.blueprints.accounts.models import User
from app.core.columns import utc_now
from app.core.db import db
from app.core.webhooks import WebhookUnavailable, post

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
    user = db.session.get(User, user_id)
    if user:
        values = {"id": user.id, "email": user.email}
        post(current_app.config["ACCOUNT_WEBHOOK"], values, key=f"account-{user.id}")


@shared_task
def announce_new_accounts() -> None:
    """Queue a job for each recent account, so that one that fails holds up no other."""
    if current_app.config["ACCOUNT_WEBHOOK"]:
        since = utc_now() - RECENT
        for user_id in db.session.scalars(select(User.id).where(User.created_at >= since)):
            announce_account.delay(user_id)
