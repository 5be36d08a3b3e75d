"""Values that look real, for the factories and the demo data of generated projects."""

from types import SimpleNamespace as Part

# By resource and field, then by field alone.
EXAMPLES: dict[str, tuple[str, ...]] = {
    "title": (
        "A field guide to city birds",
        "Baking bread with almost no equipment",
        "How the pencil got its eraser",
        "Notes from a winter of bicycle repairs",
        "Ten walks that start at a train station",
        "What lighthouse keepers wrote down",
        "The quiet mathematics of knitting",
        "Why cities number their houses",
    ),
    "product.name": (
        "Canvas tote bag",
        "Cast iron pan",
        "Desk lamp",
        "Enamel mug",
        "Linen notebook",
        "Oak cutting board",
        "Rain jacket",
        "Wool blanket",
    ),
    "tag.name": (
        "Featured",
        "Handmade",
        "Kitchen",
        "New",
        "Office",
        "Outdoor",
        "Sale",
        "Seasonal",
    ),
    "category.name": (
        "Books",
        "Clothing",
        "Electronics",
        "Garden",
        "Home",
        "Music",
        "Sports",
        "Toys",
    ),
    "project.name": (
        "Annual report",
        "Customer portal",
        "Data migration",
        "Mobile app",
        "Office move",
        "Onboarding",
        "Spring campaign",
        "Website relaunch",
    ),
    "task.name": (
        "Book a meeting room",
        "Call the supplier",
        "Check the invoices",
        "Order new chairs",
        "Plan the workshop",
        "Review the contract",
        "Send the newsletter",
        "Update the handbook",
    ),
    "subject": (
        "Cannot log in",
        "Change of address",
        "Delivery is late",
        "Invoice is missing",
        "Question about my order",
        "Refund request",
        "Thank you",
        "Wrong item received",
    ),
    "color": ("Black", "Blue", "Brown", "Green", "Grey", "Red", "White", "Yellow"),
    "status": ("New", "Open", "Waiting", "Closed"),
}
EXAMPLES["task.title"] = EXAMPLES["task.name"]
EXAMPLES["ticket.title"] = EXAMPLES["subject"]

# Arguments of `factory.Faker`, by field.
PROVIDERS = {
    "address": '"street_address"',
    "author": '"name"',
    "bio": '"paragraph"',
    "city": '"city"',
    "company": '"company"',
    "country": '"country"',
    "currency": '"currency_code"',
    "description": '"paragraph"',
    "first_name": '"first_name"',
    "iban": '"iban"',
    "isbn": '"isbn13"',
    "job": '"job"',
    "language": '"language_name"',
    "last_name": '"last_name"',
    "location": '"city"',
    "organisation": '"company"',
    "organization": '"company"',
    "phone": '"phone_number"',
    "postcode": '"postcode"',
    "publisher": '"company"',
    "street": '"street_address"',
    "supplier": '"company"',
    "zip": '"postcode"',
}
PEOPLE = frozenset(
    {
        "author",
        "contact",
        "customer",
        "driver",
        "employee",
        "guest",
        "member",
        "patient",
        "person",
        "player",
        "student",
        "teacher",
        "visitor",
    }
)
COMPANIES = frozenset({"brand", "client", "company", "organisation", "organization", "supplier"})


def examples(resource: Part, field: Part) -> tuple[str, ...]:
    """Return realistic texts for a `str` field, as many as fit its length; may be empty."""
    if field.type != "str":
        return ()
    known = EXAMPLES.get(f"{resource.snake}.{field.name}") or EXAMPLES.get(field.name, ())
    return known if all(len(text) <= field.length for text in known) else ()


def provider(resource: Part, field: Part) -> str:
    """Return the arguments of `factory.Faker` for a text field that has a known name, or ""."""
    if field.type not in {"str", "text"}:
        return ""
    if field.name == "name" and resource.snake in PEOPLE:
        return '"name"'
    if field.name == "name" and resource.snake in COMPANIES:
        return '"company"'
    return PROVIDERS.get(field.name, "")
