"""Access rules: who may see and write the rows of a resource."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from scaffold.model.fields.model import App, Field, GrammarError, Resource
from scaffold.model.fields.reverse_names import ResourceKey, references


@dataclass(frozen=True)
class Access:
    """The access rule of one resource.

    Args:
        kind: `staff`: everyone reads, staff write; `owner`: everyone reads, the owner and staff
            write; `private`: only the owner and staff read and write; `follows`: those who see
            the row that `parent` refers to read and write.
        parent: the reference that decides, for `follows`.
        owner_path: the references from the row to its owner, such as `("order", "customer")`.
    """

    kind: Literal["staff", "owner", "private", "follows"]
    parent: Field | None = None
    owner_path: tuple[str, ...] = ()

    @property
    def is_private(self) -> bool:
        """Whether only some users may see a row."""
        return self.kind in {"private", "follows"}


def find_access(apps: Sequence[App]) -> dict[ResourceKey, Access]:
    """Return the access rule of each resource, by app and name.

    The apps must have passed `check_apps`: required references never form a circle.
    """
    resources = {(app.name, one.name): one for app in apps for one in app.resources}
    found: dict[ResourceKey, Access] = {}
    for key in resources:
        _find(key, resources, found)
    return found


def check_access(apps: Sequence[App]) -> None:
    """Refuse references that would show a private row to users who may not see it.

    Raises:
        GrammarError: a public resource refers to a private one.
    """
    found = find_access(apps)
    for reference in references(apps):
        target = found.get(reference.target)
        if (
            target
            and target.is_private
            and not found[reference.app, reference.resource.name].is_private
        ):
            field = reference.field
            remedy = f"give {reference.resource.name} an owner: author:ref(accounts.User)"
            if not reference.resource.owner and field.type == "ref":
                remedy = f"make {field.name} required, or {remedy}"
            raise GrammarError(
                f"{reference} refers to {reference.target[1]}, which is private, "
                f"but anyone reads {reference.resource.name}",
                str(reference.resource),
                reference.resource.position(field),
                f"{remedy}@owner(private)",
            )


def _find(
    key: ResourceKey, resources: Mapping[ResourceKey, Resource], found: dict[ResourceKey, Access]
) -> Access:
    if key in found:
        return found[key]
    resource = resources[key]
    access = Access("staff")
    if owner := resource.owner:
        access = Access("private" if owner.private else "owner", owner_path=(owner.name,))
    else:
        for field in resource.fields:
            if field.type != "ref" or field.optional or field.target is None:
                continue
            target = (field.target.app or key[0], field.target.name)
            if target not in resources:
                continue
            parent = _find(target, resources, found)
            if parent.is_private:
                access = Access("follows", field, (field.name, *parent.owner_path))
                break
    found[key] = access
    return access
