import type { Entries } from '../catalogue'

export const exports = {
  'It could not be made.': 'Er ließ sich nicht machen.',
  'Waiting for the worker': 'Wartet auf den Worker',
  '{done} of {n} images': { one: '{done} von {n} Bild', other: '{done} von {n} Bildern' },
  'Export deleted': 'Export gelöscht',
  'with images': 'mit Bildern',
  'Progress of {name}': 'Fortschritt von {name}',
  'Download {name}': '{name} herunterladen',
  Download: 'Herunterladen',
  'Delete export {name}': 'Export {name} löschen',
  Format: 'Format',
  'Include the images': 'Mit den Bildern',
  Export: 'Exportieren',
  'Export {n} labeled images': {
    one: '{n} gelabeltes Bild exportieren',
    other: '{n} gelabelte Bilder exportieren',
  },
  'Nothing is submitted yet, so there is nothing to export.':
    'Noch ist nichts abgegeben, also gibt es nichts zu exportieren.',
  'The same from a script': 'Dasselbe aus einem Skript',
  "It answers with the export's id; ask GET /api/v1/exports/{id} until its state is done. Create a token under Account.":
    'Die Antwort enthält die Kennung des Exports; GET /api/v1/exports/{id} fragen, bis sein Stand done ist. Ein Token gibt es unter Konto.',
  'Exports made': 'Fertige Exporte',
  'No exports yet.': 'Noch keine Exporte.',
  'Every submitted label, exactly as it was drawn, in one zip with a manifest.':
    'Jedes abgegebene Label, genau wie gezeichnet, in einem Zip mit Verzeichnis.',
  'COCO instances': 'COCO-Instanzen',
  'One JSON with every object as run lengths. For Mask R-CNN, Detectron2, pycocotools.':
    'Ein JSON mit jedem Objekt als Lauflängen. Für Mask R-CNN, Detectron2, pycocotools.',
  'COCO panoptic': 'COCO panoptisch',
  'A JSON and one PNG per image in which each pixel belongs to one segment.':
    'Ein JSON und ein PNG je Bild, in dem jedes Pixel zu einem Segment gehört.',
  'Semantic PNG': 'Semantische PNG',
  'One PNG per image whose pixel values are class numbers, with classes.json.':
    'Ein PNG je Bild, dessen Pixelwerte Klassennummern sind, mit classes.json.',
  'Instance PNG': 'Instanz-PNG',
  'One PNG per image whose pixel values are object numbers, with classes.json.':
    'Ein PNG je Bild, dessen Pixelwerte Objektnummern sind, mit classes.json.',
  'One line per object with everything: class, mask, attributes, author. For your own scripts.':
    'Eine Zeile je Objekt mit allem: Klasse, Maske, Attribute, Autor. Für eigene Skripte.',
  'YOLO segmentation': 'YOLO-Segmentierung',
  'One text file per image with outlines as polygons. Holes and thin parts get lost.':
    'Eine Textdatei je Bild mit Umrissen als Polygonen. Löcher und dünne Teile gehen verloren.',
  'Labels of people': 'Labels von Personen',
  'Predictions of {each} {version}': 'Vorhersagen von {each} {version}',
  'Export {n} images': { one: '{n} Bild exportieren', other: '{n} Bilder exportieren' },
} as const satisfies Entries
