"""The JSON API: tokens (Flask-Security) and documents (flask-smorest)."""

from datetime import timedelta

from app.settings.base import SITE_NAME

SECURITY_TOKEN_MAX_AGE = timedelta(days=30)

API_TITLE = SITE_NAME
API_VERSION = "v1"
OPENAPI_VERSION = "3.1.0"
OPENAPI_URL_PREFIX = "/api"
OPENAPI_SWAGGER_UI_PATH = "/docs/"
OPENAPI_SWAGGER_UI_URL = "/static/swagger-ui/"
API_SPEC_OPTIONS = {
    "components": {"securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}},
    "security": [{}, {"bearer": []}],
}
