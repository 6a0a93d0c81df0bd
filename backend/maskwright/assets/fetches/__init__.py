"""Images that are named by their addresses: a worker fetches them, each with a result of its own.

queries    every statement
schemas    shapes on the wire
service    asking for them, looking at what became of them
run        what the worker does
routes     `…/asset-fetches`; they are asked for at `…/assets`
"""
