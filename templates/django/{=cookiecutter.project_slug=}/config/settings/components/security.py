"""Content security policy."""

# % if cookiecutter._slots.django
from django.utils.csp import CSP

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.SELF],
    "form-action": [CSP.SELF],  # social login: add the provider, such as "https://github.com"
    "frame-ancestors": [CSP.NONE],
}
# % else
from csp.constants import NONE, SELF

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],  # social login: add the provider, such as "https://github.com"
        "frame-ancestors": [NONE],
    },
}
# % endif
