"""How the admin shows tokens: to be seen, shortened and revoked, not to be made or handed on."""

from app.blueprints.auth.models import Token
from app.core.admin import ModelAdmin


class TokenAdmin(ModelAdmin):
    """Tokens."""

    model_class = Token
    form_columns = ("expires_at",)
