import type { Entries } from '../catalogue'

export const reviews = {
  Majority: 'Mehrheit',
  'What more than half of them marked.': 'Was mehr als die Hälfte markiert hat.',
  Reliability: 'Verlässlichkeit',
  'The same, weighted by how near each was to earlier results.':
    'Dasselbe, gewichtet danach, wie nah jeder früheren Ergebnissen war.',
  'Truth and performance estimated together.': 'Wahrheit und Leistung gemeinsam geschätzt.',
  'Several opinions': 'Mehrere Meinungen',
  'Their labels are made one before the review; where they differ is kept.':
    'Die Labels werden vor der Prüfung zu einem; wo sie abweichen, bleibt festgehalten.',
  'Several people label the same image': 'Mehrere Personen labeln dasselbe Bild',
  'People for each': 'Personen je Bild',
  'At most, while it is disputed': 'Höchstens, solange es strittig ist',
  'Disputed from': 'Strittig ab',
  '% of the pixels': '% der Pixel',
  'What counts': 'Was zählt',
  'Ask one more person only about the disputed part':
    'Weitere Personen nur nach dem strittigen Teil fragen',
  'Nobody is asked after the first {people} people: raise “At most, while it is disputed” to use this.':
    'Nach den ersten {people} Personen wird niemand mehr gefragt: Dazu „Höchstens, solange es strittig ist“ erhöhen.',
  'Whoever comes after the first people gets a frame around what they disagree about, and the rest of the image locked.':
    'Wer nach den ersten Personen kommt, erhält einen Rahmen um das Strittige; der Rest des Bildes ist gesperrt.',
  'Where it covers at most': 'Wenn er höchstens so viel umfasst',
  'If more is disputed, the whole image is asked about.':
    'Ist mehr strittig, wird nach dem ganzen Bild gefragt.',
  '% of the image': '% des Bildes',
  'Every image is labelled by {people} people.': 'Jedes Bild wird von {people} Personen gelabelt.',
  '{percent} % of the images are labelled by {people} people.':
    '{percent} % der Bilder werden von {people} Personen gelabelt.',
  'Every image is labelled by {people} people, and by up to {most} while they disagree.':
    'Jedes Bild wird von {people} Personen gelabelt, und von bis zu {most}, solange sie uneins sind.',
  '{percent} % of the images are labelled by {people} people, and by up to {most} while they disagree.':
    '{percent} % der Bilder werden von {people} Personen gelabelt, und von bis zu {most}, solange sie uneins sind.',
  'All steps': 'Alle Stufen',
  'Labels that wait for a second pair of eyes, those that were asked for first at the top.':
    'Labels, die auf ein zweites Augenpaar warten, die am frühesten gewünschten oben.',
  'No label that waits fits these filters.': 'Kein wartendes Label passt zu diesen Filtern.',
  'Nothing waits for review': 'Nichts wartet auf Prüfung',
  'Labels come here when they are handed in and a step of the workflow wants them.':
    'Labels kommen hierher, wenn sie abgegeben sind und eine Stufe des Ablaufs sie will.',
  'Labels are not reviewed in this project': 'In diesem Projekt werden Labels nicht geprüft',
  'Add a review step': 'Prüfstufe hinzufügen',
  'What is handed in is done. A review step lets somebody else look at all labels, or at some of them.':
    'Was abgegeben ist, ist fertig. Mit einer Prüfstufe sieht jemand anders alle oder einige Labels an.',
  'None selected': 'Nichts ausgewählt',
  'Approve selected': 'Auswahl freigeben',
  'Approve {n} labels unopened?': {
    one: '{n} Label ungeöffnet freigeben?',
    other: '{n} Labels ungeöffnet freigeben?',
  },
  'Approve {n} labels': { one: '{n} Label freigeben', other: '{n} Labels freigeben' },
  'They go on as if you had looked at each. Your own labels, and those that somebody looks at now, stay in the list.':
    'Sie gehen weiter, als wäre jedes angesehen. Eigene Labels und solche, die gerade jemand ansieht, bleiben in der Liste.',
  '{n} labels approved': { one: '{n} Label freigegeben', other: '{n} Labels freigegeben' },
  '{words}, {asked} left for somebody else': '{words}, {asked} für jemand anderen übrig',
  'Step {place}': 'Stufe {place}',
  'Step {place} of {count}': 'Stufe {place} von {count}',
  'Remove step': 'Stufe entfernen',
  'A step needs a name.': 'Eine Stufe braucht einen Namen.',
  'Only labels with': 'Nur Labels mit',
  'The ontology has no classes yet.': 'Die Ontologie hat noch keine Klassen.',
  'Only work by': 'Nur Arbeit von',
  'There are no people yet.': 'Es gibt noch keine Personen.',
  'Only work of teams': 'Nur Arbeit der Teams',
  'There are no teams yet.': 'Es gibt noch keine Teams.',
  'Share that is looked at': 'Anteil, der angesehen wird',
  'Reviewers need the skill': 'Zum Prüfen nötige Fähigkeit',
  'Not there any more': 'Nicht mehr da',
  'Step {step}': 'Stufe {step}',
  With: 'Bei',
  'Nobody yet': 'Noch niemand',
  'Labels that wait for review': 'Labels, die auf Prüfung warten',
  'Select all that nobody looks at now': 'Alle auswählen, die gerade niemand ansieht',
  'The way of a label': 'Der Weg eines Labels',
  'Consensus of {people} ({percent} %)': 'Konsens von {people} ({percent} %)',
  'No name': 'Kein Name',
  'Add review step': 'Prüfstufe hinzufügen',
  'What follows a label that is handed in. Nobody reviews his own.':
    'Was auf ein abgegebenes Label folgt. Niemand prüft seine eigenen.',
  'Workflow saved': 'Ablauf gespeichert',
  'What will happen': 'Was geschehen wird',
  'Several opinions:': 'Mehrere Meinungen:',
  'What is handed in is done. Nobody looks at it.':
    'Was abgegeben ist, ist fertig. Niemand sieht es an.',
  'What is sent back goes to its labeler first, and then to the reviewer who sent it. All else is done.':
    'Zurückgegebenes geht zuerst an seinen Labeler und dann an den Reviewer, der es zurückgab. Alles andere ist fertig.',
  'Save workflow': 'Ablauf speichern',
  'Undo changes': 'Änderungen zurücknehmen',
  'Labels that are in review stay where they are, and go on by the new steps.':
    'Labels in Prüfung bleiben, wo sie sind, und gehen nach den neuen Stufen weiter.',
  'Somebody else changed the workflow meanwhile.':
    'Jemand anders hat den Ablauf inzwischen geändert.',
  'Show theirs': 'Den anderen zeigen',
  'Save mine instead': 'Stattdessen meinen speichern',
  'Yours is not saved yet. Showing theirs drops what you changed here.':
    'Ihrer ist noch nicht gespeichert. Den anderen zu zeigen verwirft die Änderungen hier.',
  'Review {n}': 'Prüfung {n}',
  'Several people': 'Mehrere Personen',
  'Review {name}': '{name} prüfen',
  you: 'Ihnen',
  'a class that is gone': 'einer entfernten Klasse',
  'somebody who left': 'jemandem, der ging',
  'a team that is gone': 'einem entfernten Team',
  'All labels': 'Alle Labels',
  '{percent} % of the labels': '{percent} % der Labels',
  'with {classes}': 'mit {classes}',
  'by {people}': 'von {people}',
  'while in {teams}': 'und in {teams}',
  'by {teams}': 'von {teams}',
  'are looked at': 'werden angesehen',
  'by people with the skill “{skill}”': 'von Personen mit der Fähigkeit „{skill}“',
  'Only where there is doubt': 'Nur bei Zweifel',
  'People agree too little': 'Personen stimmen zu wenig überein',
  'Agreement below': 'Übereinstimmung unter',
  'A class differs from the model': 'Eine Klasse weicht vom Modell ab',
  'Overlap below': 'Überlappung unter',
  'of people who agree less than': 'von Personen, die weniger übereinstimmen als',
  'whose overlap with what a model drew is less than':
    'deren Überlappung mit einem Modell geringer ist als',
  '(any)': '(alle)',
} as const satisfies Entries
