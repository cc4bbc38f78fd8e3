"""What the end-to-end tests share: a server process, credentials, and requests signed by hand."""

from .credentials import Credentials, new_account
from .server import Server, binary

__all__ = ["Credentials", "Server", "binary", "new_account"]
