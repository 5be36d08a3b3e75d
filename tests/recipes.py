"""The domains that the suites run on."""

BLOG = [
    "Post: title:str(200) slug:slug^ body:text? status:enum(draft,published)"
    " author:ref(accounts.User)@owner published_at:datetime?"
]
CATALOG = [
    "Product: name:str(120) price:decimal(10,2) tags:m2m(Tag)",
    "Tag: name:str(200)^",
]
ORDERS = [
    "Order: number:str(20)^ customer:ref(accounts.User)@owner(private)"
    " status:enum(open,paid)@readonly total:decimal(10,2)@readonly placed_at:datetime",
    "OrderLine: order:ref(Order,cascade) product:ref(catalog.Product) quantity:int(1..)",
]
# Every type, required and optional, and every flag; references to itself and in a circle.
DEPOT = [
    "Shelf: code:str(20)^ position:int(1..999) keeper:ref(accounts.User,null)?"
    " newest:ref(Article,null)?",
    "Article: name:str(80)# summary:text stock:int(0..1000) views:bigint weight:float"
    " price:decimal(8,2,0..) active:bool released_on:date opens_at:time checked_at:datetime"
    " code:uuid contact:email^ website:url handle:slug details:json size:enum(small_box,large_box)"
    " shelf:ref(Shelf,cascade) related:m2m(Article) rank:int@readonly secret:str(40)?@hidden",
    "Draft: name:str(80)? summary:text? stock:int? views:bigint? weight:float?"
    " price:decimal(8,2)? active:bool released_on:date? opens_at:time? checked_at:datetime?"
    " code:uuid? contact:email? website:url? handle:slug? details:json? size:enum(small,large)?"
    " shelf:ref(Shelf,null)? parent:ref(Draft,null)?",
]
BOOKSTALL = {"blog": BLOG, "catalog": CATALOG, "orders": ORDERS}
SHOP = {**BOOKSTALL, "depot": DEPOT}
