"""Jobs of accounts. Each gets an id and reads the row when it runs; it may run twice."""

from celery import shared_task
from flask import current_app
from flask_mailman import EmailMessage

from app.blueprints.accounts.models import User
from app.extensions import db


@shared_task(autoretry_for=(OSError,), retry_backoff=True, max_retries=8)
def send_welcome(user_id: int) -> None:
    """Welcome somebody by mail; tried again, ever later, while the mail server is away."""
    user = db.session.get(User, user_id)
    if user is not None and user.active:
        site = current_app.config["SITE_NAME"]
        body = f"Hello {user},\n\nyour account at {site} is ready.\n"
        EmailMessage(f"Welcome to {site}", body, to=[user.email]).send()
