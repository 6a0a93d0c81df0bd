import type { Entries } from '../catalogue'

export const courses = {
  'My results': 'Meine Ergebnisse',
  'What you handed in is being scored': 'Ihre Antworten werden gewertet',
  'See my results': 'Meine Ergebnisse ansehen',
  'The next try is from {time}.': 'Der nächste Versuch ist ab {time} möglich.',
  'Until a labeler has passed, only images of the course are handed out. Both use golds that are kept for training and exam: choose them under Gold.':
    'Bis zum Bestehen werden nur Bilder des Kurses ausgegeben. Beide nutzen Referenzen, die für Training und Prüfung zurückgehalten werden: Sie werden unter Referenzen gewählt.',
  '{n} golds are kept for them.': {
    one: '{n} Referenz ist dafür da.',
    other: '{n} Referenzen sind dafür da.',
  },
  'After each image, people see how it went.': 'Nach jedem Bild sieht man, wie es war.',
  'People see how it went when all images are done.':
    'Wie es war, sieht man nach dem letzten Bild.',
  Saved: 'Gespeichert',
  'Required of everybody who labels': 'Pflicht für alle, die labeln',
  'Of them to be passed': 'Davon zu bestehen',
  Tries: 'Versuche',
  '0: as many as one likes': '0: beliebig viele',
  'Wait before the next try': 'Wartezeit bis zum nächsten Versuch',
  'Skill that passing gives': 'Fähigkeit, die das Bestehen gibt',
  'Whoever has it need not take this. Empty: none.': 'Wer sie hat, braucht das nicht. Leer: keine.',
  Course: 'Kurs',
  Day: 'Tag',
  Try: 'Versuch',
  Decide: 'Entscheiden',
  'Another try': 'Noch ein Versuch',
  'Let pass': 'Bestehen lassen',
  'How people do in them': 'Wie die Leute dabei abschneiden',
  'Nobody began yet.': 'Noch hat niemand angefangen.',
  'Training and exam': 'Training und Prüfung',
  'To pass: {needed} of {n} images.': {
    one: 'Zum Bestehen: {needed} von {n} Bild.',
    other: 'Zum Bestehen: {needed} von {n} Bildern.',
  },
  '{n} tries left.': { one: 'Noch {n} Versuch.', other: 'Noch {n} Versuche.' },
  'Try {n}: {result}': 'Versuch {n}: {result}',
  passed: 'bestanden',
  running: 'läuft',
  'not begun': 'nicht begonnen',
  'not passed': 'nicht bestanden',
  'next try from {time}': 'nächster Versuch ab {time}',
  'not passed, no tries left': 'nicht bestanden, keine Versuche mehr',
  Training: 'Training',
  Exam: 'Prüfung',
  'passed by the word of {name}': 'bestanden laut {name}',
  'running, {done} of {n} images done': {
    one: 'läuft, {done} von {n} Bild fertig',
    other: 'läuft, {done} von {n} Bildern fertig',
  },
  'passed, {passed} of {n} images': {
    one: 'bestanden, {passed} von {n} Bild',
    other: 'bestanden, {passed} von {n} Bildern',
  },
  'not passed, {passed} of {n} images': {
    one: 'nicht bestanden, {passed} von {n} Bild',
    other: 'nicht bestanden, {passed} von {n} Bildern',
  },
  cancelled: 'abgebrochen',
  'Training: after each image you see how it went.':
    'Training: nach jedem Bild sehen Sie, wie es war.',
  'Exam: you see how it went when all images are done.':
    'Prüfung: wie es war, sehen Sie nach dem letzten Bild.',
  'No results yet': 'Noch keine Ergebnisse',
  'Some images have a known answer. How you do on them appears here.':
    'Bei manchen Bildern ist die Antwort bekannt. Wie Sie dabei abschneiden, steht dann hier.',
  'Some images have a known answer. How you do on them appears here the day after.':
    'Bei manchen Bildern ist die Antwort bekannt. Wie Sie dabei abschneiden, steht am Tag danach hier.',
  'On images with a known answer': 'Bei Bildern mit bekannter Antwort',
  'To pass, an image needs an IoU of {iou}.': 'Zum Bestehen braucht ein Bild eine IoU von {iou}.',
  '{passed} of {all}': '{passed} von {all}',
  Score: 'Wertung',
  'The last ones': 'Die letzten',
  'Used in': 'Verwendet für',
  'What {image} is used in': 'Wofür {image} verwendet wird',
  'Everyday work': 'Tägliche Arbeit',
} as const satisfies Entries
