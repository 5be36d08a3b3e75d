import logging

from celery import shared_task
from django.core.mail import send_mail

logger = logging.getLogger(__name__)


@shared_task(autoretry_for=(OSError,), max_retries=10, retry_backoff=10)
def send_message(subject: str, body: str, to: list[str], html: str = "") -> None:
    """Send a mail; again, ever later, while the mail server is away."""
    try:
        send_mail(subject, body, None, to, html_message=html or None)
    except OSError as error:
        logger.error("A mail of the accounts could not be sent: %r", error)
        raise
