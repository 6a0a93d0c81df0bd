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
  'People may take it, and get the skill by passing':
    'Kann abgelegt werden; wer besteht, bekommt die Fähigkeit',
  'Remove course': 'Kurs entfernen',
  'Exam for “{skill}”': 'Prüfung für „{skill}“',
  'Training for “{skill}”': 'Training für „{skill}“',
  'Courses for a skill': 'Kurse für eine Fähigkeit',
  'Images that need a skill wait for who has it. Whoever wants them takes the course; who fails goes on with all other images.':
    'Bilder, die eine Fähigkeit brauchen, warten auf Leute, die sie haben. Wer sie möchte, legt den Kurs ab; wer nicht besteht, arbeitet an allen anderen Bildern weiter.',
  '{n} images need the skill.': {
    one: '{n} Bild braucht die Fähigkeit.',
    other: '{n} Bilder brauchen die Fähigkeit.',
  },
  '{n} people have it.': { one: '{n} Person hat sie.', other: '{n} Personen haben sie.' },
  'No gold is kept for this course: choose some under Gold, “Used in”.':
    'Für diesen Kurs ist keine Referenz da: Sie werden unter Referenzen bei „Verwendet für“ gewählt.',
  '{n} golds are kept for this course.': {
    one: '{n} Referenz ist für diesen Kurs da.',
    other: '{n} Referenzen sind für diesen Kurs da.',
  },
  'There is a course for it already.': 'Dafür gibt es schon einen Kurs.',
  'Add course': 'Kurs hinzufügen',
  'Go on with it': 'Damit weitermachen',
  'Take the exam': 'Prüfung ablegen',
  'Take the training': 'Training machen',
  '{n} images need the skill “{skill}”.': {
    one: '{n} Bild braucht die Fähigkeit „{skill}“.',
    other: '{n} Bilder brauchen die Fähigkeit „{skill}“.',
  },
  'You did not pass.': 'Nicht bestanden.',
  'You did not pass. The next try is from {time}; all other images are yours as before.':
    'Nicht bestanden. Der nächste Versuch ist ab {time} möglich; alle anderen Bilder sind da wie bisher.',
  'You did not pass and have no tries left. Ask a manager for another one; all other images are yours as before.':
    'Nicht bestanden, und alle Versuche sind aufgebraucht. Die Leitung kann einen weiteren geben; alle anderen Bilder sind da wie bisher.',
  'You have begun the course. Its images come before all others.':
    'Der Kurs ist begonnen. Seine Bilder kommen vor allen anderen.',
  'To get them, pass {needed} of {n} images.': {
    one: 'Um sie zu bekommen, muss {needed} von {n} Bild bestanden werden.',
    other: 'Um sie zu bekommen, müssen {needed} von {n} Bildern bestanden werden.',
  },
  '{n} images wait behind it; all others are yours as before.': {
    one: '{n} Bild wartet dahinter; alle anderen sind da wie bisher.',
    other: '{n} Bilder warten dahinter; alle anderen sind da wie bisher.',
  },
  'A manager can give you another try.': 'Die Leitung kann einen weiteren Versuch geben.',
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
  'Try {number}, to pass: {needed} of {n} images.': {
    one: 'Versuch {number}, zum Bestehen: {needed} von {n} Bild.',
    other: 'Versuch {number}, zum Bestehen: {needed} von {n} Bildern.',
  },
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
  'Choose files with masks first.': 'Bitte zuerst Dateien mit Masken wählen.',
  'No mask was found in these files.': 'In diesen Dateien wurde keine Maske gefunden.',
  'Say above what the unknown classes are.':
    'Bitte oben angeben, was die unbekannten Klassen sind.',
  'None of these files can become a gold; the table says why.':
    'Aus keiner dieser Dateien kann eine Referenz werden; die Tabelle sagt, warum.',
  'Everyday work': 'Tägliche Arbeit',
  'Course for “{skill}”': 'Kurs für „{skill}“',
} as const satisfies Entries
