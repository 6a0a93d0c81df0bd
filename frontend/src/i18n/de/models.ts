/** The page of models and their predictions. */
export const models = {
  Models: 'Modelle',
  Model: 'Modell',
  'Labelers begin with it': 'Damit wird begonnen',
  'Least certain object': 'Unsicherstes Objekt',
  'Last sent': 'Zuletzt gesendet',
  Predictions: 'Vorhersagen',
  Delete: 'Löschen',
  Save: 'Speichern',
  'What models predict, to begin labels with and to compare them with.':
    'Was Modelle vorhersagen: als Anfang von Labels und zum Vergleich mit ihnen.',
  'The least certain object of each image, averaged, tells how sure a model is of itself.':
    'Das unsicherste Objekt jedes Bilds, im Mittel, sagt, wie sicher sich ein Modell ist.',
  'No model has sent predictions yet. A script can send them as shown below.':
    'Noch kein Modell hat Vorhersagen gesendet. Unten steht, wie ein Skript sie sendet.',
  'Send predictions': 'Vorhersagen senden',
  'From a script': 'Aus einem Skript',
  'A line for each image': 'Eine Zeile je Bild',
  'The answer counts what was added and says of each refused line why. Sending the same again changes nothing. Create a token under Account.':
    'Die Antwort zählt, was dazukam, und sagt zu jeder abgelehnten Zeile den Grund. Dasselbe noch einmal zu senden ändert nichts. Einen Token gibt es unter Konto.',
  'Name the image by name, external_id or id, and the class by name or id. An object is a mask (COCO run lengths), a polygon or a box.':
    'Das Bild wird mit name, external_id oder id benannt, die Klasse mit Name oder id. Ein Objekt ist eine Maske (Lauflängen nach COCO), ein Polygon oder ein Kasten.',
  'Labelers begin with': 'Womit begonnen wird',
  'Images that nobody began yet are opened with these objects. In the editor, colour by who or what made it tells them apart.':
    'Bilder, die niemand angefangen hat, öffnen sich mit diesen Objekten. Im Editor zeigt die Farbe nach Herkunft, welche das sind.',
  'Objects of': 'Objekte von',
  'An empty image': 'Ein leeres Bild',
  'At least so certain': 'Mindestens so sicher',
  'Labelers begin so from their next image on.': 'So beginnt das nächste Bild aller.',
  'Delete {name}?': '{name} löschen?',
  'Delete predictions': 'Vorhersagen löschen',
  'Its predictions of {n} images are deleted. What people made of them stays.': {
    one: 'Die Vorhersagen zu {n} Bild werden gelöscht. Was Menschen daraus gemacht haben, bleibt.',
    other:
      'Die Vorhersagen zu {n} Bildern werden gelöscht. Was Menschen daraus gemacht haben, bleibt.',
  },
} as const
