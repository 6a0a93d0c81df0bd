import type { Entries } from '../catalogue'

export const quality = {
  'Agreement of each two people': 'Übereinstimmung je zweier Personen',
  'Mean IoU over the images that both labelled, in %':
    'Mittlere IoU über die Bilder, die beide gelabelt haben, in %',
  All: 'Alle',
  '{n} images, the worst {worst} %': {
    one: '{n} Bild, das schlechteste {worst} %',
    other: '{n} Bilder, das schlechteste {worst} %',
  },
  Agreement: 'Übereinstimmung',
  Kappa: 'Kappa',
  Disputed: 'Strittig',
  'Images by agreement': 'Bilder nach Übereinstimmung',
  'No label was reviewed during this time.': 'In dieser Zeit wurde kein Label geprüft.',
  'Verdicts by labeler': 'Entscheidungen nach Labeler',
  'Who agrees with whom': 'Wer mit wem übereinstimmt',
  'No image was labelled by several people during this time.':
    'In dieser Zeit wurde kein Bild von mehreren gelabelt.',
  'sent back': 'zurückgegeben',
  'labels reviewed': 'geprüfte Labels',
  'Agreement by class': 'Übereinstimmung nach Klasse',
  'mean IoU, %': 'mittlere IoU, %',
  '{record}: IoU {iou} %, kappa {kappa}, {things} objects on {images} images':
    '{record}: IoU {iou} %, Kappa {kappa}, {things} Objekte auf {images} Bildern',
  'approved|labels': 'freigegeben',
  'corrected|labels': 'korrigiert',
} as const satisfies Entries
