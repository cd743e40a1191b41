"""The server that bounds what strangers may take up, alone: without an office behind it."""

import threading
from contextlib import contextmanager

from ostiary.faces.server.serving import listening


@contextmanager
def served(bounds, pages):
    """Serve pages, a WSGI program, within these bounds; give the port."""
    server = listening(pages, bounds, host="127.0.0.1", port=0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield server.effective_listen[0][1]
    finally:
        server.close()
        thread.join(5)
