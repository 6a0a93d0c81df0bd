import type { Entries } from '../catalogue'

export const differences = {
  'What changed': 'Was sich geändert hat',
  'Pixels that are {meaning}': 'Pixel: {meaning}',
  '{pixels} px': '{pixels} px',
  'Slide A/B': 'A/B schieben',
  Added: 'Hinzugekommen',
  'labelled now, and not before': 'jetzt gelabelt, vorher nicht',
  Removed: 'Entfernt',
  'labelled before, and not now': 'vorher gelabelt, jetzt nicht',
  Relabelled: 'Andere Klasse',
  'of another class now': 'jetzt von einer anderen Klasse',
} as const satisfies Entries
