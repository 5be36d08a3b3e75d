"""How the admin shows accounts. People sign up or are made by a command, never here."""

from app.blueprints.accounts.models import User
from app.core.admin import ModelAdmin


class UserAdmin(ModelAdmin):
    """Users: whom staff may let in, promote and lock out."""

    model_class = User
    can_delete = False  # lock people out instead: what they have written stays theirs
    column_list = ("id", "email", "name", "is_staff", "is_active", "created_at")
