import type { Entries } from '../catalogue'

export const instructions = {
  'Opening the instructions': 'Anleitung wird geöffnet',
  'Labelers see them in the project and beside the image. Markdown: # headings, - lists, **bold**, tables, links.':
    'Beim Labeln ist sie im Projekt und neben dem Bild zu sehen. Markdown: # Überschriften, - Listen, **fett**, Tabellen, Links.',
  'Add a picture': 'Bild einfügen',
  'Hide the preview': 'Vorschau ausblenden',
  'Preview of the instructions': 'Vorschau der Anleitung',
} as const satisfies Entries
