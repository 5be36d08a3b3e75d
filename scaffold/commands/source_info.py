"""`scaffold list` and `scaffold info SOURCE`: what there is elsewhere, and what it would do."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from scaffold.errors import ScaffoldError, UsageError
from scaffold.packs.catalog import find_source, pack_of, templates_folder
from scaffold.packs.checkout import Checkout, fetch, fetched, is_pack, versions
from scaffold.packs.features import Feature
from scaffold.packs.manifest import read_json
from scaffold.packs.pack_files import CONTEXT, PackFiles
from scaffold.packs.sources import FOLDER, parse_source
from scaffold.packs.trust import Code, code_of, is_trusted
from scaffold.packs.user_config import read_user_config
from scaffold.policies import binding_policy
from scaffold.policies.policy import PACK as POLICY_PACK

PACK, TEMPLATE = "pack", "template"


@dataclass(frozen=True)
class SourceListing:
    """A source that the user or a policy names.

    Args:
        name: the user's name for it, or the policy's name.
        source: the source.
        owner: who decided for it, as in "the platform team"; empty for the user.
        kind: `PACK` or `TEMPLATE`; empty where it was never fetched.
        version: what is at hand: a pack's version, or the commit.
        versions: the tags that are known, the newest first.
    """

    name: str
    source: str
    owner: str = ""
    kind: str = ""
    version: str = ""
    versions: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Plain values for `--json`."""
        return {**vars(self), "versions": list(self.versions)}


@dataclass(frozen=True)
class SourceInfo:
    """What a source holds.

    Args:
        source: the source.
        kind: `PACK` or `TEMPLATE`.
        label: what it is called.
        version: a pack's version.
        commit: the commit; empty for a folder.
        versions: the tags, the newest first.
        questions: the variables with their defaults, as they are written.
        features: what a pack can add.
        code: what of a template would run.
        trusted: the kinds of code that the user trusts.
        files: how many files it has.
        size: how many bytes they have.
    """

    source: str
    kind: str
    label: str
    version: str = ""
    commit: str = ""
    versions: tuple[str, ...] = ()
    questions: Mapping[str, Any] = field(default_factory=dict)
    features: tuple[Feature, ...] = ()
    code: tuple[Code, ...] = ()
    trusted: tuple[str, ...] = ()
    files: int = 0
    size: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Plain values for `--json`."""
        code = [
            {"kind": one.kind, "names": one.names, "trusted": one.kind in self.trusted}
            for one in self.code
        ]
        features = [{"name": one.name, "label": one.label, "why": one.why} for one in self.features]
        return {**vars(self), "features": features, "code": code}


def list_sources() -> tuple[SourceListing, ...]:
    """Return the sources of the user's configuration and the policy's pack, as far as fetched.

    Raises:
        ScaffoldError: the configuration or the policy cannot be read.
    """
    found = [SourceListing(name, text) for name, text in read_user_config().sources.items()]
    policy = binding_policy("")
    if policy and (pack := policy.settings.get(POLICY_PACK)):
        found.append(SourceListing(pack.policy, pack.text, pack.owner))
    return tuple(_with_versions(one) for one in found)


def source_info(word: str, directory: str = "") -> SourceInfo:
    """Fetch a source, and tell what it holds; nothing of it runs.

    Args:
        word: the source, or a name for it.
        directory: the sub-directory, where it was given apart.

    Raises:
        UsageError: it is not a source.
        ScaffoldError: it cannot be fetched, or is broken.
    """
    source = find_source(word, directory)
    if isinstance(source, str):
        source = parse_source(str(templates_folder() / source))
    if source is None:
        raise UsageError(f"{word} is not a source", "for example gh:owner/name")
    checkout = fetch(source)
    files = [path for path in _files(checkout.folder) if path.is_file()]
    common: dict[str, Any] = {
        "source": str(source) if source.kind != FOLDER else word,
        "commit": checkout.commit,
        "versions": tuple(versions(source)),
        "files": len(files),
        "size": sum(path.stat().st_size for path in files),
    }
    if is_pack(checkout):
        pack = pack_of(checkout)
        return SourceInfo(
            kind=PACK,
            label=pack.label,
            version=pack.version,
            questions=_questions(pack.context),
            features=tuple(pack.features.values()),
            **common,
        )
    return _template(checkout, common)


def _template(checkout: Checkout, common: Mapping[str, Any]) -> SourceInfo:
    settings = read_json(checkout.folder / CONTEXT, PackFiles((checkout.root,)))
    code = code_of(checkout.root, checkout.folder, {})
    return SourceInfo(
        kind=TEMPLATE,
        label=checkout.source.name,
        questions=_questions(settings),
        code=code,
        trusted=tuple(one.kind for one in code if is_trusted(checkout, one)),
        **common,
    )


def _questions(settings: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in settings.items() if not key.startswith("_")}


def _files(folder: Path) -> list[Path]:
    found = folder.rglob("*")
    return [path for path in found if ".git" not in path.relative_to(folder).parts]


def _with_versions(listing: SourceListing) -> SourceListing:
    """Add what is known of a source without the network."""
    source = parse_source(listing.source)
    with suppress(ScaffoldError, OSError):
        if checkout := fetched(source):
            pack = pack_of(checkout) if is_pack(checkout) else None
            return replace(
                listing,
                kind=PACK if pack else TEMPLATE,
                version=pack.version if pack else checkout.commit[:12],
                versions=tuple(versions(source)),
            )
    return listing
