"""What every page needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from core.discovery import navigation


def site(request: HttpRequest) -> dict[str, Any]:
    """The site's name, its assets and its navigation."""
    return {
        "site_name": settings.SITE_NAME,
        "stylesheets": settings.STYLESHEETS,
        "icons": settings.ICONS,
        "navigation": navigation(),
        "visitor_navigation": navigation("visitor_navigation"),
        "member_navigation": navigation("member_navigation"),
    }
