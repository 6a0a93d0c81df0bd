import type { Entries } from '../catalogue'

export const assets = {
  '{asset} deleted': '{asset} gelöscht',
  'Delete image': 'Bild löschen',
  'Delete {asset}?': '{asset} löschen?',
  'It has no labels yet. It leaves the queue and all later exports.':
    'Es hat noch keine Labels. Es verlässt die Warteschlange und alle späteren Exporte.',
  'Its label with {n} objects goes with it, from all later exports too.': {
    one: 'Sein Label mit {n} Objekt geht mit, auch aus allen späteren Exporten.',
    other: 'Sein Label mit {n} Objekten geht mit, auch aus allen späteren Exporten.',
  },
  'The image could not be read.': 'Das Bild war nicht lesbar.',
  'Image details': 'Angaben zum Bild',
  'Previous image': 'Voriges Bild',
  'Close details': 'Angaben schließen',
  'About this image': 'Über dieses Bild',
  Details: 'Angaben',
  'Label history': 'Verlauf des Labels',
  Ready: 'Bereit',
  'Drop JPEG, PNG, WebP, TIFF or BMP files anywhere on this page; whole folders and zips work too.':
    'JPEG, PNG, WebP, TIFF oder BMP irgendwo auf dieser Seite ablegen; auch ganze Ordner und Zips.',
  'As soon as images are uploaded, they appear here.':
    'Sobald Bilder hochgeladen sind, erscheinen sie hier.',
  'No image matches': 'Kein Bild passt',
  'Show all images': 'Alle Bilder zeigen',
  'Search names': 'Namen suchen',
  'Show version {number} on the image': 'Version {number} auf dem Bild zeigen',
  Shown: 'Gezeigt',
  '{duration} of work': '{duration} Arbeit',
  '{kind} by {author}': '{kind} von {author}',
  'No labels yet.': 'Noch keine Labels.',
  'Compare two versions': 'Zwei Versionen vergleichen',
  '{n} objects of version {number}': {
    one: '{n} Objekt von Version {number}',
    other: '{n} Objekte von Version {number}',
  },
  Question: 'Frage',
  'drawn by hand': 'von Hand gezeichnet',
  File: 'Datei',
  Uploaded: 'Hochgeladen',
  'External id': 'Externe Kennung',
  Id: 'Kennung',
} as const satisfies Entries
