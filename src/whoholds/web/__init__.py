"""The web application.

Takes: requests.
Gives: pages and typed JSON.
Never: computes an answer, or writes without a token.
"""

from whoholds.web.app import make_app
from whoholds.web.serving import Serving, serve

__all__ = ["Serving", "make_app", "serve"]
