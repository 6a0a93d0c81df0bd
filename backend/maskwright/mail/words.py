"""Letters in the language of who reads them: English stands where a letter is written, other
languages here, by their English."""

GERMAN: dict[str, str] = {
    "Somebody": "Jemand",
    "an organisation": "einer Organisation",
    "{who} invites you to {name}": "{who} lädt Sie zu {name} ein",
    "{who} invites you to work on image labels with {name}, in Maskwright.": (
        "{who} lädt Sie ein, bei {name} an Bildlabels zu arbeiten, in Maskwright."
    ),
    "The link works until {end} UTC, and once.": "Der Link gilt bis {end} UTC, und einmal.",
    "Accept the invitation": "Einladung annehmen",
    "If you do not know what this is about, do nothing: nothing happens then.": (
        "Wenn Sie nicht wissen, worum es geht: nichts tun, dann geschieht nichts."
    ),
    "Set a new password": "Neues Passwort setzen",
    "Hello {name},": "Guten Tag, {name},",
    "somebody asked to set a new password for your account. Was it you?": (
        "jemand möchte für Ihr Konto ein neues Passwort setzen. Waren Sie das?"
    ),
    "The link below lets you choose one. It works for an hour, and once.": (
        "Mit dem Link unten lässt sich eines wählen. Er gilt eine Stunde, und einmal."
    ),
    "Choose a new password": "Neues Passwort wählen",
    "If it was not you, do nothing: your password stays as it is.": (
        "Wenn nicht: nichts tun. Ihr Passwort bleibt, wie es ist."
    ),
    "{sender} sent {asset} back to you.": "{sender} hat Ihnen {asset} zurückgegeben.",
    "{sender} answered your question about {asset}.": (
        "{sender} hat Ihre Frage zu {asset} beantwortet."
    ),
    "{sender} replied on {asset}.": "{sender} hat zu {asset} geantwortet.",
    "{sender} asks about {asset}.": "{sender} hat eine Frage zu {asset}.",
    "Work on {project} is paused. What you drew is kept.": (
        "Die Arbeit an {project} pausiert. Gezeichnetes bleibt erhalten."
    ),
    "Your export from {project} is ready.": "Ihr Export aus {project} ist fertig.",
    "Your export from {project} failed.": "Ihr Export aus {project} ist fehlgeschlagen.",
    "Images of {project} could not be read.": "Bilder von {project} waren nicht lesbar.",
    "A batch of {project} is done.": "Ein Stapel von {project} ist fertig.",
    "A batch of {project} will miss its deadline.": (
        "Ein Stapel von {project} wird nicht rechtzeitig fertig."
    ),
    "A rule of quality was met in {project}.": "In {project} griff eine Regel zur Qualität.",
    "You are paused in {project}. What you drew is kept.": (
        "Sie pausieren in {project}. Gezeichnetes bleibt erhalten."
    ),
    "You can go on with {project}.": "Bei {project} geht es für Sie weiter.",
    "{sender} accepted your invitation.": "{sender} hat Ihre Einladung angenommen.",
    "an image": "ein Bild",
    "a project": "einem Projekt",
    "Open in Maskwright": "In Maskwright öffnen",
    "You get this letter because you work with Maskwright.": (
        "Sie bekommen diesen Brief, weil Sie mit Maskwright arbeiten."
    ),
    "1 thing in Maskwright": "1 Neuigkeit in Maskwright",
    "{count} things in Maskwright": "{count} Neuigkeiten in Maskwright",
    "Open Maskwright": "Maskwright öffnen",
    "You get this letter at most once a day.": (
        "Diesen Brief bekommen Sie höchstens einmal am Tag."
    ),
    "To get no more letters of this kind: {address}": (
        "Um keine solchen Briefe mehr zu bekommen: {address}"
    ),
    "Get no more letters of this kind": "Keine solchen Briefe mehr bekommen",
}
