"""Sets of resources that together hold every type, every flag and every kind of reference."""

from scaffold.errors import UsageError
from scaffold.inputs.resolve import DEFAULT_APPS
from scaffold.model.fields import TYPES, parse_resource

ARGUMENTS = {"enum": "(draft,on-hold,published)"}
RELATIONS = {
    "library": [
        "Author: full_name:str(80)! bio:text mentor:ref(Author,null)? favourite:ref(Book,null)?",
        "Book: title:str(200)!# author:ref(Author,cascade) editor:ref(Author,protect)"
        " keeper:ref(accounts.User)@owner tags:m2m(Tag) related:m2m(Author) isbn:str(13)^",
        "Tag: label:slug^",
        "Reading: minutes:int score:float? taken_on:date",
    ],
    "order_desk": [
        "Order: number:int^ book:ref(library.Book) buyer:ref(accounts.User,null)?"
        " paid:bool total:decimal(12,3) placed_at:datetime#",
        "OrderLine: order:ref(Order,cascade) book:ref(library.Book,protect) count:int",
    ],
}


def every_type() -> dict[str, list[str]]:
    """One resource per flag, with a field of every type that the grammar allows to carry it."""
    lines = []
    for name, flag in {"Plain": "", "Must": "!", "May": "?", "Only": "^", "Ranked": "#"}.items():
        fields = []
        for kind in TYPES:
            if kind in ("ref", "m2m"):
                continue
            text = f"{kind}_value:{kind}{ARGUMENTS.get(kind, '')}{flag}"
            try:
                parse_resource(f"{name}: {text}")
            except UsageError:
                continue
            fields.append(text)
        lines.append(f"{name}: {' '.join(fields)}")
    return {"kinds": lines}


RESOURCE_SETS: dict[str, dict[str, list[str]]] = {
    "none": {},
    "default": DEFAULT_APPS,
    "types": every_type(),
    "relations": RELATIONS,
}
