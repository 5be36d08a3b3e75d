"""What every page needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from core.navigation import links, nearby, sections


def site(request: HttpRequest) -> dict[str, Any]:
    """The site's name, its assets and its navigation."""
    return {
        "site_name": settings.SITE_NAME,
        "stylesheets": settings.STYLESHEETS,
        "icons": settings.ICONS,
        "navigation": nearby(request),
        "sections": sections(),
        "visitor_navigation": links("visitor_navigation"),
        "member_navigation": links("member_navigation"),
    }
