"""Counts queries of a generated Flask project; run with its Python, in its folder."""

import counted
import sqlalchemy as sa
from app import create_app
from app.blueprints.accounts.models import User
from app.blueprints.accounts.services import create_user
from app.blueprints.blog.models import Post
from app.blueprints.shop.models import Category, Product, Review, Tag
from app.core.db import Base, db

ADMIN = {
    "search": "search", "blog/posts": "blog/post", "shop/categories": "shop/category",
    "shop/products": "shop/product", "shop/reviews": "shop/review",
}  # fmt: skip
SETTINGS = {"TESTING": True, "RATELIMIT_ENABLED": False, "SESSION_COOKIE_SECURE": False,
            "WTF_CSRF_ENABLED": False, "LOG_LEVEL": "ERROR", "LAZY_LOADING": "off"}  # fmt: skip
FORWARDED = {"X-Forwarded-Proto": "https"}
PASSWORD = "correct-horse-battery"


def fill(word, rows):
    """Rows that a search for a word finds, each with related rows of its own."""
    for number in range(rows):
        mine = f"own-{rows}-{number}"
        user = User(email=f"{mine}@example.com", name=mine, password_hash="x")
        parent = Category(name=f"{mine}-parent")
        product = Product(
            name=f"{mine}-product", price=1, stock=1, category=Category(name=f"{mine}-category")
        )
        shown = Product(
            name=word, price=1, stock=1, category=parent, tags=[Tag(name=f"{mine}-tag-{n}")
                                                               for n in range(2)]
        )  # fmt: skip
        db.session.add_all([
            Post(title=word, slug=mine.replace("own", "slug"), body="b", status="draft",
                 author=user),
            Category(name=word, parent=parent),
            shown,
            Review(body=word, product=product, writer=user),
        ])  # fmt: skip
    tags = [Tag(name=f"own-detail-{rows}-{n}") for n in range(rows)]
    detail = Product(name="d", price=1, stock=1, category=Category(name="c"), tags=tags)
    db.session.add(detail)
    db.session.commit()
    return detail.id


app = create_app(SETTINGS)
with app.app_context():
    Base.metadata.create_all(db.engine)
    create_user("staff@example.com", PASSWORD, is_staff=True)
    details = {"shop/products": (fill("few", counted.FEW), fill("many", counted.MANY))}
    engine = db.engine
client = app.test_client()
signed = client.post(
    "/accounts/login/",
    data={"email": "staff@example.com", "password": PASSWORD},
    headers=FORWARDED,
)
assert signed.status_code == 302, signed.text


def request(path):
    answer = client.get(path, headers=FORWARDED)
    return answer.status_code, answer.text


def count(act):
    statements = []

    def record(_connection, _cursor, statement, *_):
        statements.append(statement)

    sa.event.listen(engine, "before_cursor_execute", record)
    answer = act()
    sa.event.remove(engine, "before_cursor_execute", record)
    return answer, statements


counted.report(request, count, counted.paths(ADMIN, details))
