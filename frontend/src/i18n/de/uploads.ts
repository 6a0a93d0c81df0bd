import type { Entries } from '../catalogue'

export const uploads = {
  'Drop images, folders or zips to upload': 'Bilder, Ordner oder Zips zum Hochladen ablegen',
  'Images or zips to upload': 'Bilder oder Zips zum Hochladen',
  'Upload folder': 'Ordner hochladen',
  'Folder to upload': 'Ordner zum Hochladen',
  'Uploading {done} of {total}': 'Lädt {done} von {total} hoch',
  'about {n} s left': 'noch etwa {n} s',
  'about {n} min left': 'noch etwa {n} min',
  'Uploading {done} of {n} files': {
    one: 'Lädt {done} von {n} Datei hoch',
    other: 'Lädt {done} von {n} Dateien hoch',
  },
  '{n} images added': { one: '{n} Bild hinzugefügt', other: '{n} Bilder hinzugefügt' },
  '{n} already here': '{n} schon hier',
  '{n} could not be added': '{n} ließen sich nicht hinzufügen',
  'Upload of {file}': 'Hochladen von {file}',
  'Cancel {file}': '{file} abbrechen',
  'Files that could not be added': 'Dateien, die sich nicht hinzufügen ließen',
  'Try {name} again': '{name} noch einmal versuchen',
  '{sent} of {total}': '{sent} von {total}',
  Uploads: 'Uploads',
  'The connection was lost. Files are kept here and will be sent.':
    'Die Verbindung ist abgebrochen. Dateien bleiben hier und werden gesendet.',
  'Cancel the rest': 'Den Rest abbrechen',
  'All uploads': 'Alle Uploads',
  'The file could not be read.': 'Die Datei war nicht lesbar.',
  'The server gave no reason.': 'Der Server nannte keinen Grund.',
} as const satisfies Entries
