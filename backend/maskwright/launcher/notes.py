"""Lines for the person at the terminal.

A note is left by set-up and shown at the end, when the address is there and nothing scrolls it away
any more. A command that can't go on ends with one sentence under our name.
"""

NOTE_MARK = "» "
OWN_PREFIX = "maskwright: "


def leave_note(text: str) -> None:
    print(f"{NOTE_MARK}{text}", flush=True)
