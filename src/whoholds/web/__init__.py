"""The web application.

Takes: requests.
Gives: pages and typed JSON.
Never: computes an answer, or writes without a token.
"""
