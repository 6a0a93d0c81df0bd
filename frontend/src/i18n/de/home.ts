import type { Entries } from '../catalogue'

export const home = {
  '{n} in review': '{n} in Prüfung',
  'Street scenes, spring': 'Straßenszenen, Frühling',
  'One line for your team. You can change both later.':
    'Eine Zeile für das Team. Beides lässt sich später ändern.',
  'Create project': 'Projekt anlegen',
  'Continue labeling': 'Weiter labeln',
  'Submitted today': 'Heute abgegeben',
  'Time on submitted images': 'Zeit an abgegebenen Bildern',
  Unfinished: 'Unfertig',
  '{submitted} of {n} images submitted': {
    one: '{submitted} von {n} Bild abgegeben',
    other: '{submitted} von {n} Bildern abgegeben',
  },
  'Paused by a manager': 'Angehalten',
  'You have done as many as one person may': 'Die Grenze je Person ist erreicht',
  'Your team has done as many as it may': 'Die Grenze des Teams ist erreicht',
  'Your work on {image} came late and is kept.':
    'Die Arbeit an {image} kam zu spät und ist noch da.',
  'Go on with {image}': 'Mit {image} weitermachen',
  'Nothing to label right now': 'Gerade nichts zu labeln',
  'Hello, {name}': 'Hallo, {name}',
  'Your projects': 'Ihre Projekte',
  'No projects yet': 'Noch keine Projekte',
  'As soon as a manager starts a project, it appears here with its images to label.':
    'Sobald ein Projekt beginnt, erscheint es hier mit seinen Bildern.',
  '{n} images could not be read': {
    one: '{n} Bild war nicht lesbar',
    other: '{n} Bilder waren nicht lesbar',
  },
  '{n} images skipped': { one: '{n} Bild übersprungen', other: '{n} Bilder übersprungen' },
  'No ontology yet': 'Noch keine Ontologie',
  '{submitted} of {n} images': {
    one: '{submitted} von {n} Bild',
    other: '{submitted} von {n} Bildern',
  },
  'Changed {when}': 'Geändert {when}',
  'Nothing is archived': 'Nichts ist archiviert',
  'A project you archive in its settings rests here, with all its labels, until you restore or delete it.':
    'Ein in seinen Einstellungen archiviertes Projekt ruht hier mit allen Labels, bis es wiederhergestellt oder gelöscht wird.',
  'Create your first project': 'Das erste Projekt anlegen',
  'A project holds the images, the classes to draw and the people who draw them.':
    'Ein Projekt umfasst die Bilder, die Klassen und die Personen, die sie zeichnen.',
  'Which projects': 'Welche Projekte',
  'No input for a minute': 'Eine Minute keine Eingabe',
  'Tab not visible': 'Tab nicht sichtbar',
  'Another tab counted': 'Anderer Tab zählte',
  'More than had passed': 'Mehr als vergangen war',
  'My time': 'Meine Zeit',
  'Time counts while an image is open and visible, and there was input in the last minute.':
    'Zeit zählt, solange ein Bild offen und sichtbar ist und in der letzten Minute etwas eingegeben wurde.',
  'Say what to draw': 'Sagen, was zu zeichnen ist',
  'An ontology names the classes, their colours and keys.':
    'Eine Ontologie nennt die Klassen, ihre Farben und Tasten.',
  'Drop photographs, folders or zips anywhere on the project.':
    'Fotos, Ordner oder Zips irgendwo auf dem Projekt ablegen.',
  'Label and export': 'Labeln und exportieren',
  'Masks leave as COCO, PNG or NDJSON, pixel for pixel.':
    'Masken gehen als COCO, PNG oder NDJSON hinaus, Pixel für Pixel.',
  Welcome: 'Willkommen',
  'Welcome to Maskwright': 'Willkommen bei Maskwright',
  'Your team draws segmentation masks here; everything stays on your own machines.':
    'Hier zeichnet das Team Segmentierungsmasken; alles bleibt auf den eigenen Maschinen.',
  'Dismiss welcome': 'Begrüßung ausblenden',
  'Try it on {demo}': 'Mit {demo} ausprobieren',
  'Create your own project': 'Eigenes Projekt anlegen',
} as const satisfies Entries
