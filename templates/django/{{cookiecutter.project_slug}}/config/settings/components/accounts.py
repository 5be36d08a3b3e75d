"""Users, passwords, sessions."""

from config.settings.environment import TESTING, env

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "UserAttributeSimilarityValidator": {},
        "MinimumLengthValidator": {"min_length": 10},
        "CommonPasswordValidator": {},
        "NumericPasswordValidator": {},
    }.items()
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher"  # tests make many users
    if TESTING
    else "django.contrib.auth.hashers.Argon2PasswordHasher",
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "core:home"
LOGOUT_REDIRECT_URL = "core:home"
LOGIN_FAILURES = env.int("LOGIN_FAILURES", default=10)  # wrong passwords before a pause …
LOGIN_PAUSE = env.int("LOGIN_PAUSE", default=300)  # … of so many seconds
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)  # that append to X-Forwarded-For
