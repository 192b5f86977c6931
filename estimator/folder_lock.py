"""A folder that one process at a time writes in."""

import fcntl


def is_ours(handle: int) -> bool:
    """Whether nobody else has the lock of an open folder, which is then ours until it is closed.

    The lock is the system's and ends with the process; on file systems without locks there is none.

    Args:
        handle: of the folder.
    """
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # no locks here
    return True
