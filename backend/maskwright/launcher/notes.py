"""Lines that set-up leaves for the person at the terminal. The supervisor shows them at the end,
when the address is there and nothing scrolls them away any more."""

NOTE_MARK = "» "


def leave_note(text: str) -> None:
    print(f"{NOTE_MARK}{text}", flush=True)
