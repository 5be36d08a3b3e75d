# % for name in cookiecutter._slots.celery
from {= name =} import app as celery_app

__all__ = ["celery_app"]
# % endfor
