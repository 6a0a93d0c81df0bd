import type { Entries } from '../catalogue'

export const attachments = {
  'Attach a report, a photograph or a video, and labelers see it beside the image.':
    'Bericht, Foto oder Video anhängen: beim Labeln ist es neben dem Bild zu sehen.',
  'Attach a file': 'Datei anhängen',
  'Add an overlay': 'Überlagerung hinzufügen',
  overlay: 'Überlagerung',
  'Open {name} in a tab of its own': '{name} in eigenem Tab öffnen',
  'Loading…': 'Wird geladen …',
  'Reference images': 'Beispielbilder',
  'Save the ontology first, then add images here.':
    'Zuerst die Ontologie speichern, dann hier Bilder hinzufügen.',
  'Labelers see these images when they press F2 with this class chosen.':
    'Beim Labeln sind diese Bilder mit F2 zu sehen, wenn die Klasse gewählt ist.',
  'Add an image': 'Bild hinzufügen',
  'The text could not be loaded.': 'Der Text ließ sich nicht laden.',
} as const satisfies Entries
