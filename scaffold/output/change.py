"""What was done to a project, or would be."""

from collections import Counter
from typing import TYPE_CHECKING

from scaffold.errors import printable
from scaffold.output.console import console, counted, styled, table
from scaffold.output.file_tree import STATUS_STYLES

if TYPE_CHECKING:
    from scaffold.commands.change import ChangeResult
    from scaffold.commands.diff import FileDiff
    from scaffold.commands.info import Info
    from scaffold.commands.undo import UndoResult

QUIET = ("identical", "skip")  # counted, not listed


def change(done: "ChangeResult", *, dry_run: bool = False) -> None:
    """Say what happened to each file, which conflicts there are, and what to type next.

    Args:
        done: the result.
        dry_run: nothing was written; the list is what was asked for, on standard output.
    """
    out = console(data=dry_run)
    words = done.words
    for path, word in words.items():
        if word not in QUIET:
            note = done.files[path].note
            beside = f"  ({note})" if note and word != "conflict" else ""
            row = styled((f"{word:>10}", STATUS_STYLES[word]), f"  {path}", (beside, "quiet"))
            out.print(row, soft_wrap=True)
    counts = Counter(words.values())
    told = ", ".join(f"{counts[word]} {word}" for word in STATUS_STYLES if counts[word])
    changed = sum(counts.values()) - sum(counts[word] for word in QUIET)
    head = "would be " if dry_run else ""
    if changed:
        out.print(styled((f"\n{done.name}: ", "strong"), f"{head}{told}"), soft_wrap=True)
    else:
        out.print(styled((f"{done.name}: ", "strong"), "nothing to change in the files"))
    _rest(done)


def change_as_dict(done: "ChangeResult") -> dict[str, object]:
    """Return the result for programs, in the shape that JSON holds."""
    words = done.words
    return {
        "path": str(done.root),
        "operation": done.name,
        "changed": done.changed,
        "recipe": done.recipe.as_dict(),
        "pack": {
            "name": done.source.name,
            "from": done.source.since,
            "to": done.source.until,
        },
        "release_notes": [vars(note) for note in done.release_notes],
        "files": {
            path: {
                "status": words[path],
                "template_path": file.template_path,
                "old_path": file.old_path,
                "note": file.note,
            }
            for path, file in done.files.items()
        },
        "conflicts": [
            {"path": one.path, "kind": str(one.kind), "message": one.message}
            for one in done.conflicts
        ],
        "steps": [vars(step) for step in done.steps],
        "commands": list(done.commands),
        "notes": list(done.notes),
    }


def _rest(done: "ChangeResult") -> None:
    out = console()
    for conflict in done.conflicts:
        row = styled(
            ("\nconflict", "bad"), f" ({conflict.kind})  {conflict.path}\n  ", conflict.message
        )
        out.print(row, soft_wrap=True)
    for version in done.release_notes:
        head = (f"\nNew in {version.version}", "strong")
        out.print(styled(head, f"\n{printable(version.text)}"), soft_wrap=True)
    for step in done.steps:
        if step.problem:
            out.print(styled(("\n! ", "careful"), step.problem), soft_wrap=True)
        elif step.name == "check":
            out.print(styled(("\nThe quick checks of the project pass.", "good")))
    for note in done.notes:
        out.print(styled(("\n→ ", "careful"), note), soft_wrap=True)
    if done.conflicts:
        out.print(
            styled(
                "\nResolve them, then git add the files; or take it all back: ",
                ("scaffold undo --abort", "name"),
            ),
            soft_wrap=True,
        )
    if done.commands:
        out.print(styled(("\nNext", "strong")))
        for command in done.commands:
            out.print(styled("  ", (command, "name")), soft_wrap=True)


def undone(done: "UndoResult") -> None:
    """Say what was taken back, on standard error."""
    console().print(
        styled(("Undone: ", "good"), f"{done.name} ({counted(len(done.files), 'file')})"),
        soft_wrap=True,
    )


def diff(found: "list[FileDiff]", *, stat: bool) -> None:
    """Show how a project differs from the template, on standard output."""
    out = console(data=True)
    if not found:
        console().print("no file of the template was changed")
    elif stat:
        table(
            out,
            [[one.change, (_place(one), "name"), f"+{one.added} -{one.removed}"] for one in found],
            indent=0,
        )
    else:
        styles = {"+": "good", "-": "bad", "@": "name"}
        for one in found:
            for row in one.lines or (f"{one.change}: {_place(one)}",):
                text = styled((printable(row), styles.get(row[:1], "")))
                out.print(text, soft_wrap=True)


def info(found: "Info") -> None:
    """Show what a project was made of, on standard output."""
    out = console(data=True)
    recipe, pack = found.project.recipe, found.project.pack
    policy = found.project.state.policy
    newer = pack.version != recipe.pack_version
    version = f"{recipe.pack_version}{f', {pack.version} is available' if newer else ''}"
    rows = [
        ["Project", f"{recipe.name} ({recipe.slug})"],
        ["Folder", str(found.root)],
        ["Description", recipe.description],
        ["Template", f"{pack.label} {version}"],
        ["Features", ", ".join(recipe.features) or "none"],
        *([["Policy", f"{policy.source} {policy.commit[:7]}".strip()]] if policy else []),
        *(["Moved", f"{old} → {new}"] for old, new in found.project.state.moves.items()),
        *([["Undo", found.undoable]] if found.undoable else []),
    ]
    table(out, [[(label, "quiet"), text] for label, text in rows], indent=0)
    for app in recipe.apps:
        out.print(styled((f"\n{app.name}", "strong")))
        table(out, [[str(resource)] for resource in app.resources])
    if found.history:
        out.print(styled(("\nHistory", "strong")))
        table(out, [[day, message] for day, message in found.history])


def _place(one: "FileDiff") -> str:
    return one.path if one.path == one.template_path else f"{one.template_path} → {one.path}"
