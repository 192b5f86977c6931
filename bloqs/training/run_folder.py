"""The folder of a run: new, or one that a run goes on in."""

from pathlib import Path


def prepared(out: Path, is_resumed: bool, mark: str) -> bool:
    """Whether there is something to go on with; makes the folder.

    Args:
        out: folder.
        is_resumed: whether that was asked for.
        mark: name of a file that only we write there.

    Raises:
        ValueError: if the folder exists and nobody wants to go on, or holds something else.
    """
    if out.exists() and not out.is_dir():
        raise ValueError(f"--out must be a folder, got the file {out}; name another")
    has_content = out.exists() and any(x for x in out.iterdir() if x.suffix != ".tmp")
    if has_content and not is_resumed:
        raise ValueError(f"the folder {out} exists; name another, or go on with --resume")
    if has_content and not (out / mark).exists():
        raise ValueError(f"the folder {out} holds no {mark} to resume; name another folder")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ValueError(f"the folder {out} cannot be made: {error.strerror}") from None
    return has_content
