"""Values that look real, for the factories and the demo data of generated projects."""

from scaffold.rendering.contexts import FieldContext, ResourceContext

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
        "Bestseller",
        "Gift idea",
        "Handmade",
        "Last chance",
        "Local",
        "New",
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
    "book.title": (
        "A Room above the Harbour",
        "Letters from the Weather Station",
        "The Cartographer's Daughter",
        "The Clockmaker of Graz",
        "The Glass Orchard",
        "The Last Ferry",
        "Twelve Winters",
        "What the River Kept",
    ),
    "event.title": (
        "Bicycle repair evening",
        "Book club",
        "Choir rehearsal",
        "Flea market",
        "Open day",
        "Summer concert",
        "Wine tasting",
        "Winter lecture",
    ),
    "course.title": (
        "Bookkeeping for beginners",
        "Drawing from life",
        "First aid",
        "French conversation",
        "Introduction to statistics",
        "Pottery",
        "Public speaking",
        "Woodworking basics",
    ),
    "genre": ("Biography", "Crime", "Essay", "History", "Novel", "Poetry", "Science", "Travel"),
    "department": (
        "Design",
        "Finance",
        "Legal",
        "Logistics",
        "Marketing",
        "People",
        "Sales",
        "Support",
    ),
    "color": ("Black", "Blue", "Brown", "Green", "Grey", "Red", "White", "Yellow"),
    "status": ("New", "Open", "Waiting", "Closed"),
}
for _name, _same in {
    "book.name": "book.title",
    "event.name": "event.title",
    "course.name": "course.title",
    "genre.name": "genre",
    "department.name": "department",
    "headline": "title",
}.items():
    EXAMPLES[_name] = EXAMPLES[_same]
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
    "full_name": '"name"',
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

# Texts by what `PROVIDERS` calls them; `thing` is for every other name.
SAMPLES: dict[str, tuple[str, ...]] = {
    "thing": (
        "Blue harbour",
        "Green valley",
        "Morning star",
        "Northern light",
        "Open door",
        "Quiet corner",
        "Silver birch",
        "Stone bridge",
    ),
    "name": (
        "Ada Lindqvist",
        "Ben Okafor",
        "Carla Moreno",
        "Daniel Weiss",
        "Elif Kaya",
        "Farid Haddad",
        "Grace Campbell",
        "Hana Sato",
    ),
    "first_name": (
        "Ada",
        "Ben",
        "Carla",
        "Daniel",
        "Elif",
        "Farid",
        "Grace",
        "Hana",
    ),
    "last_name": (
        "Lindqvist",
        "Okafor",
        "Moreno",
        "Weiss",
        "Kaya",
        "Haddad",
        "Campbell",
        "Sato",
    ),
    "company": (
        "Alder & Sons",
        "Brightwater Ltd",
        "Copper Lane",
        "Delta Foods",
        "Eastgate Books",
        "Fern Works",
        "Granite Bikes",
        "Harbour Tools",
    ),
    "city": (
        "Bergen",
        "Cork",
        "Ghent",
        "Graz",
        "Lyon",
        "Porto",
        "Turku",
        "Utrecht",
    ),
    "country": (
        "Austria",
        "Belgium",
        "Finland",
        "France",
        "Ireland",
        "Netherlands",
        "Norway",
        "Portugal",
    ),
    "street_address": (
        "1 Mill Lane",
        "12 Station Road",
        "14 Market Square",
        "2 Harbour Street",
        "27 Church Hill",
        "3 Garden Row",
        "48 Bridge Street",
        "9 Park View",
    ),
    "postcode": (
        "1010",
        "2517",
        "3500",
        "4051",
        "5003",
        "6020",
        "7042",
        "8010",
    ),
    "job": (
        "Accountant",
        "Baker",
        "Carpenter",
        "Designer",
        "Electrician",
        "Gardener",
        "Nurse",
        "Teacher",
    ),
    "phone_number": (
        "+1 202 555 0101",
        "+1 202 555 0112",
        "+1 202 555 0123",
        "+1 202 555 0134",
        "+1 202 555 0145",
        "+1 202 555 0156",
        "+1 202 555 0167",
        "+1 202 555 0178",
    ),
    "currency_code": (
        "CHF",
        "DKK",
        "EUR",
        "GBP",
        "JPY",
        "NOK",
        "SEK",
        "USD",
    ),
    "language_name": (
        "Danish",
        "Dutch",
        "English",
        "Finnish",
        "French",
        "German",
        "Italian",
        "Spanish",
    ),
    "isbn13": (
        "9780306406157",
        "9780131103627",
        "9780262033848",
        "9780596517748",
        "9781449355739",
        "9780201633610",
        "9780134685991",
        "9781491950357",
    ),
    "iban": (
        "DE89370400440532013000",
        "GB29NWBK60161331926819",
        "FR1420041010050500013M02606",
        "NL91ABNA0417164300",
        "BE68539007547034",
        "AT611904300234573201",
        "FI2112345600000785",
        "NO9386011117947",
    ),
}

PARAGRAPHS = (
    "It began with a small question and a long walk. Nobody had written the answer down.",
    "What they told us was simpler than we expected: start early, and write things down.",
    "The first attempt failed in an interesting way. The second one is still in use.",
    "There is a long version of this story. This is the short one.",
)


def examples(resource: ResourceContext, field: FieldContext) -> tuple[str, ...]:
    """Return realistic texts for a `str` field, as many as fit its length; may be empty."""
    if field.type != "str":
        return ()
    known = EXAMPLES.get(f"{resource.snake}.{field.name}") or EXAMPLES.get(field.name, ())
    return known if all(len(text) <= field.length for text in known) else ()


def provider(resource: ResourceContext, field: FieldContext) -> str:
    """Return the arguments of `factory.Faker` for a text field that has a known name, or ""."""
    if field.type not in {"str", "text"}:
        return ""
    if field.name == "name" and resource.snake in PEOPLE:
        return '"name"'
    if field.name == "name" and resource.snake in COMPANIES:
        return '"company"'
    return PROVIDERS.get(field.name, "")
