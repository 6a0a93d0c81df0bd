import type { Entries } from '../catalogue'

export const engine = {
  'Fill holes': 'Löcher füllen',
  'Fill all unlabelled': 'Alles Ungelabelte füllen',
  'Merge selected': 'Auswahl vereinen',
  'Separate into parts': 'In Teile trennen',
  'Add the part under the cursor': 'Teil unter dem Zeiger hinzunehmen',
  'Subtract from the first selected': 'Vom zuerst Gewählten abziehen',
  'Select all': 'Alles auswählen',
  'Select all of the active class': 'Alle der aktiven Klasse auswählen',
  'Next unlabelled region': 'Nächste ungelabelte Stelle',
  'Show the layer of the active class alone': 'Nur die Ebene der aktiven Klasse zeigen',
  'Show the image as it is': 'Bild unverändert zeigen',
  'Outlines only': 'Nur Umrisse',
  'Next way of colouring masks': 'Nächste Art der Maskenfarben',
  Crosshair: 'Fadenkreuz',
  'Pixel grid from 800 %': 'Pixelraster ab 800 %',
  Minimap: 'Übersichtskarte',
  'Image beside its labels': 'Bild neben seinen Labels',
  'Smaller brush': 'Kleinerer Pinsel',
  'Larger brush': 'Größerer Pinsel',
  'Draw over, behind or inside': 'Darüber, dahinter oder innerhalb zeichnen',
  'Square brush': 'Eckiger Pinsel',
  'Pen pressure changes the size': 'Stiftdruck ändert die Größe',
  'Simplify the outline to its points': 'Umriss auf seine Punkte vereinfachen',
  'Snap to borders': 'An Grenzen einrasten',
  Undo: 'Rückgängig',
  Redo: 'Wiederholen',
  'Cancel or deselect': 'Abbrechen oder Auswahl aufheben',
  'New object': 'Neues Objekt',
  'Delete object': 'Objekt löschen',
  'Next object': 'Nächstes Objekt',
  'Previous object': 'Voriges Objekt',
  'Hide or show object': 'Objekt aus- oder einblenden',
  'Lock or unlock object': 'Objekt sperren oder entsperren',
  'Lock or unlock class': 'Klasse sperren oder entsperren',
  Grow: 'Wachsen',
  Shrink: 'Schrumpfen',
  Smooth: 'Glätten',
  'Drop islands': 'Inseln entfernen',
  Duplicate: 'Duplizieren',
  Paste: 'Einfügen',
  Select: 'Auswählen',
  Pan: 'Verschieben',
  Brush: 'Pinsel',
  Eraser: 'Radierer',
  Pen: 'Stift',
  Fill: 'Füllen',
  'Magic wand': 'Zauberstab',
  Threshold: 'Schwellwert',
  Superpixels: 'Superpixel',
  Polygon: 'Polygon',
  'Move a shared border': 'Gemeinsame Grenze verschieben',
  'Relate by a line': 'Durch eine Linie verbinden',
  'Drag from one object to another to relate them':
    'Von einem Objekt zum anderen ziehen, um sie zu verbinden',
  'Release on the other object · Esc cancels': 'Auf dem anderen Objekt loslassen · Esc bricht ab',
  'Begin on an object: there is none here.': 'Auf einem Objekt beginnen: Hier ist keines.',
  'Release on another object to relate the two.':
    'Auf einem anderen Objekt loslassen, um beide zu verbinden.',
  'Split along a line': 'Entlang einer Linie teilen',
  Ruler: 'Lineal',
  'Fit the image': 'Bild einpassen',
  'Zoom to 100 %': 'Zoom auf 100 %',
  'Zoom to object': 'Auf Objekt zoomen',
  'Zoom in': 'Vergrößern',
  'Zoom out': 'Verkleinern',
  'An object is here already. Click where nothing is labelled.':
    'Hier ist schon ein Objekt. Dort klicken, wo nichts gelabelt ist.',
  'There is no selected object here to take a part from.':
    'Hier ist kein gewähltes Objekt, von dem ein Teil zu nehmen wäre.',
  'Clear part': 'Teil leeren',
  'Select the object whose holes are to be filled.':
    'Das Objekt wählen, dessen Löcher gefüllt werden sollen.',
  'What is selected is locked or hidden.': 'Die Auswahl ist gesperrt oder ausgeblendet.',
  'There is no empty hole to fill.': 'Es gibt kein leeres Loch zu füllen.',
  'Fill unlabelled': 'Ungelabeltes füllen',
  'There is nothing left to fill.': 'Es ist nichts mehr zu füllen.',
  'Nothing is unlabelled.': 'Nichts ist ungelabelt.',
  'Copied. Paste it on this image or another one.':
    'Kopiert. Auf diesem oder einem anderen Bild einfügen.',
  '{n} objects copied. Paste them on this image or another one.':
    '{n} Objekte kopiert. Auf diesem oder einem anderen Bild einfügen.',
  'Select an object first.': 'Bitte zuerst ein Objekt wählen.',
  'There is nothing to undo.': 'Es gibt nichts rückgängig zu machen.',
  'There is nothing to redo.': 'Es gibt nichts zu wiederholen.',
  'It is locked. Unlock it first.': 'Gesperrt. Bitte zuerst entsperren.',
  'Locked objects that stay: {n}': 'Gesperrte Objekte, die bleiben: {n}',
  'Nothing new is in this range.': 'In diesem Bereich liegt nichts Neues.',
  'All that is selected is in this range.': 'Alles Gewählte liegt in diesem Bereich.',
  'That changes nothing. Set another number.':
    'Das ändert nichts. Bitte eine andere Zahl einstellen.',
  'No island is smaller than that.': 'Keine Insel ist kleiner.',
  'The image cannot be read, so its colours are not known.':
    'Das Bild ist nicht lesbar, daher sind seine Farben unbekannt.',
  'Select the object that the range is to trim.':
    'Das Objekt wählen, das der Bereich beschneiden soll.',
  'Erase by colour': 'Nach Farbe radieren',
  'The image could not be had in 16 bits. It is shown in 8.':
    'Das Bild war nicht in 16 Bit zu bekommen. Es wird in 8 gezeigt.',
  'A part of the image could not be equalised.': 'Ein Teil des Bilds ließ sich nicht angleichen.',
  'Drawn by hand': 'Von Hand gezeichnet',
  'Copy|of an object': 'Kopie',
  'Grow, shrink or smooth': 'Wachsen, schrumpfen oder glätten',
  '{maker}, corrected': '{maker}, korrigiert',
  'Select one object to simplify its outline.':
    'Ein Objekt wählen, um seinen Umriss zu vereinfachen.',
  'Nothing would be left. Choose a smaller tolerance.':
    'Es bliebe nichts übrig. Eine kleinere Toleranz wählen.',
  'Simplify outline': 'Umriss vereinfachen',
  'Several objects are selected. Select the one to split.':
    'Mehrere Objekte sind gewählt. Das zu teilende wählen.',
  'Select the object to split, then draw a line across it.':
    'Das zu teilende Objekt wählen, dann eine Linie hindurch ziehen.',
  'This object is locked or hidden.': 'Dieses Objekt ist gesperrt oder ausgeblendet.',
  'All of this class is one object: it cannot be split.':
    'Diese Klasse ist insgesamt ein Objekt: teilen geht nicht.',
  'The line does not cut the object in two. Draw it from edge to edge.':
    'Die Linie teilt das Objekt nicht. Von Rand zu Rand ziehen.',
  Split: 'Teilen',
  'Delete {n} objects': '{n} Objekte löschen',
  'Change class': 'Klasse ändern',
  Answer: 'Antwort',
  'Answer about the image': 'Antwort zum Bild',
  'Relate objects': 'Objekte verbinden',
  'Remove relationship': 'Beziehung entfernen',
  'Fill region': 'Stelle füllen',
  'Erase stray pixels': 'Verstreute Pixel radieren',
  'Arrows move, Shift: 10 px · Space or Enter sets a point · Enter again closes':
    'Pfeile bewegen, Umschalt: 10 px · Leertaste oder Eingabe setzt einen Punkt · noch einmal Eingabe schließt',
  'Arrows move, Shift: 10 px · Enter begins and ends the stroke · Space clicks':
    'Pfeile bewegen, Umschalt: 10 px · Eingabe beginnt und beendet den Strich · Leertaste klickt',
  'Move to layer': 'In die Ebene verschieben',
  'Select two or more objects to merge them.': 'Zum Vereinen mindestens zwei Objekte wählen.',
  'Merge {n} objects': '{n} Objekte vereinen',
  'Select the object to separate.': 'Das zu trennende Objekt wählen.',
  'It is one connected part already.': 'Es hängt schon ganz zusammen.',
  'That would make {count} objects. Drop small islands first.':
    'Das gäbe {count} Objekte. Zuerst kleine Inseln entfernen.',
  'All of this class is one object: it cannot be separated.':
    'Diese Klasse ist insgesamt ein Objekt: trennen geht nicht.',
  'Separate parts': 'Teile trennen',
  'Select the object that is to get the part.': 'Das Objekt wählen, das den Teil bekommen soll.',
  'Several objects are selected. Select the one that is to get the part.':
    'Mehrere Objekte sind gewählt. Das wählen, das den Teil bekommen soll.',
  'Point at the part of another object, then press the key.':
    'Auf den Teil eines anderen Objekts zeigen, dann die Taste drücken.',
  'The object under the cursor is locked or hidden.':
    'Das Objekt unter dem Zeiger ist gesperrt oder ausgeblendet.',
  'Add part': 'Teil hinzunehmen',
  'Select the object to cut, then with Shift those to cut from it.':
    'Das zu beschneidende Objekt wählen, dann mit Umschalt die abzuziehenden.',
  'The object to cut is locked or hidden.':
    'Das zu beschneidende Objekt ist gesperrt oder ausgeblendet.',
  'They share no pixel, so there is nothing to cut.':
    'Sie teilen kein Pixel, also ist nichts abzuziehen.',
  Subtract: 'Abziehen',
  'Select what is to be copied.': 'Wählen, was kopiert werden soll.',
  'Nothing has been copied yet.': 'Es wurde noch nichts kopiert.',
  'Select what is to be duplicated.': 'Wählen, was dupliziert werden soll.',
  'It lay outside of the image, so nothing was drawn.':
    'Es lag außerhalb des Bilds, daher wurde nichts gezeichnet.',
  'That could not be computed. Nothing was changed.':
    'Das ließ sich nicht berechnen. Geändert wurde nichts.',
  'Select the objects whose shape is to change.':
    'Die Objekte wählen, deren Form sich ändern soll.',
  'The image cannot be shown.': 'Das Bild lässt sich nicht anzeigen.',
  'The image cannot be read, so there are no superpixels.':
    'Das Bild ist nicht lesbar, daher gibt es keine Superpixel.',
  'Several objects are selected. Select one to draw into it.':
    'Mehrere Objekte sind gewählt. Zum Zeichnen eines wählen.',
  'Select one object to change its outline.': 'Ein Objekt wählen, um seinen Umriss zu ändern.',
  'One of the two is locked: its border stays.':
    'Eines der beiden ist gesperrt: die Grenze bleibt.',
  'One of the two is hidden. Show it to move its border.':
    'Eines der beiden ist ausgeblendet. Einblenden, um die Grenze zu verschieben.',
  'Move border': 'Grenze verschieben',
  'The selected object is locked or hidden.': 'Das gewählte Objekt ist gesperrt oder ausgeblendet.',
  'All objects are protected. Select the one to erase from.':
    'Alle Objekte sind geschützt. Das wählen, an dem radiert werden soll.',
  'This object is locked.': 'Dieses Objekt ist gesperrt.',
  'This object is hidden. Show it to draw into it.':
    'Dieses Objekt ist ausgeblendet. Zum Zeichnen einblenden.',
  'Select the object to draw inside of, then press D.':
    'Das Objekt wählen, in dem gezeichnet werden soll, dann D drücken.',
  'Nothing is there to draw inside of. Choose another object or class.':
    'Da ist nichts, worin zu zeichnen wäre. Ein anderes Objekt oder eine andere Klasse wählen.',
  'This is the object to draw inside of. Esc begins a new one.':
    'In diesem Objekt wird gezeichnet. Esc beginnt ein neues.',
  'What you draw inside of is locked or hidden.':
    'Worin gezeichnet wird, ist gesperrt oder ausgeblendet.',
  'Choose a class first.': 'Zuerst eine Klasse wählen.',
  'The class {activeClass} is locked.': 'Die Klasse {activeClass} ist gesperrt.',
  'Drag the border between two objects · [ ] how far around it follows':
    'Die Grenze zwischen zwei Objekten ziehen · [ ] wie weit die Umgebung folgt',
  'Press on the border between two objects.': 'Auf der Grenze zwischen zwei Objekten drücken.',
  'Release to leave the border here · Esc takes it back':
    'Loslassen lässt die Grenze hier · Esc nimmt zurück',
  'Drag to paint · Shift-click for a straight line · Alt erases · Esc deselects':
    'Ziehen malt · Umschalt-Klick für eine gerade Linie · Alt radiert · Esc hebt die Auswahl auf',
  'Drag to erase · Shift-click for a straight line':
    'Ziehen radiert · Umschalt-Klick für eine gerade Linie',
  Erase: 'Radieren',
  'Release to finish · Esc takes the stroke back':
    'Loslassen beendet · Esc nimmt den Strich zurück',
  'Click an empty area to fill it · Alt-click takes a part away':
    'Leere Fläche anklicken, um sie zu füllen · Alt-Klick nimmt einen Teil weg',
  'An outline needs three points.': 'Ein Umriss braucht drei Punkte.',
  'Release to go on with straight lines · return to the start to close':
    'Loslassen, um gerade weiterzuzeichnen · zurück zum Anfang schließt',
  'Click to add · Enter or the first point closes · drag points · Backspace takes back · Esc':
    'Klick fügt hinzu · Eingabe oder erster Punkt schließt · Punkte ziehbar · Rücktaste nimmt zurück · Esc',
  'Release to set the point · Shift keeps to 45° steps':
    'Loslassen setzt den Punkt · Umschalt hält 45°-Schritte',
  'Erase with pen': 'Mit dem Stift radieren',
  'Drag to draw freehand · click for straight lines · Alt erases · Ctrl: no snapping':
    'Ziehen zeichnet frei · Klicken zieht Geraden · Alt radiert · Strg: kein Einrasten',
  'Drag to move · Enter or double-click sets it down · Esc cancels':
    'Ziehen verschiebt · Eingabe oder Doppelklick setzt ab · Esc bricht ab',
  'Erase with polygon': 'Mit dem Polygon radieren',
  'Drag a point or an edge · Alt-click or Delete removes a point · click elsewhere adds a part':
    'Punkt oder Kante ziehen · Alt-Klick oder Entf entfernt einen Punkt · Klick daneben fügt einen Teil hinzu',
  'Click the corners of the object · Alt erases · Ctrl: no snapping':
    'Die Ecken des Objekts anklicken · Alt radiert · Strg: kein Einrasten',
  'Remove point': 'Punkt entfernen',
  'Release to set the point · Ctrl: no snapping · Esc leaves it where it was':
    'Loslassen setzt den Punkt · Strg: kein Einrasten · Esc lässt ihn, wo er war',
  'Add point': 'Punkt hinzufügen',
  'Move point': 'Punkt verschieben',
  'Set the number in the bar or with [ ] · Enter applies · Esc cancels':
    'Zahl in der Leiste oder mit [ ] einstellen · Eingabe wendet an · Esc bricht ab',
  'Drag to measure length and angle · Shift keeps to 45° steps · Esc clears':
    'Ziehen misst Länge und Winkel · Umschalt hält 45°-Schritte · Esc leert',
  'Release to keep the line · Shift keeps to 45° steps · Esc cancels':
    'Loslassen behält die Linie · Umschalt hält 45°-Schritte · Esc bricht ab',
  'Click an object, or drag around several · Shift adds':
    'Objekt anklicken oder um mehrere ziehen · Umschalt nimmt hinzu',
  'Release to select · drag to select several': 'Loslassen wählt aus · Ziehen wählt mehrere',
  'Release to select what lies at least half inside · Esc cancels':
    'Loslassen wählt, was mindestens halb darin liegt · Esc bricht ab',
  'Drag to pan · wheel zooms': 'Ziehen verschiebt · Mausrad zoomt',
  'Release to stop': 'Loslassen hält an',
  'Drag right for larger, left for smaller · Esc takes it back':
    'Nach rechts ziehen für größer, nach links für kleiner · Esc nimmt zurück',
  'Drag a line across the object · or click its points, then Enter':
    'Eine Linie durch das Objekt ziehen · oder ihre Punkte klicken, dann Eingabe',
  'Release beyond the object to split it · Esc cancels':
    'Jenseits des Objekts loslassen, um es zu teilen · Esc bricht ab',
  'Click to go on · Enter or a double click splits · Shift: 45° steps · Esc cancels':
    'Klick setzt fort · Eingabe oder Doppelklick teilt · Umschalt: 45°-Schritte · Esc bricht ab',
  'Click or drag to paint segments · painted ones or Alt: erase · [ ] size':
    'Klicken oder ziehen malt Segmente · auf gemalten oder mit Alt: radieren · [ ] Größe',
  'The segments are being computed.': 'Die Segmente werden berechnet.',
  'Erase superpixels': 'Superpixel radieren',
  'Drag over more segments · release to finish · Esc takes all back':
    'Über weitere Segmente ziehen · Loslassen beendet · Esc nimmt alles zurück',
  'Set the range in the bar · Enter applies it · Esc goes back':
    'Bereich in der Leiste einstellen · Eingabe wendet an · Esc geht zurück',
  'Click adds what is shown · Alt-click takes it away · [ ] tolerance':
    'Klick nimmt das Gezeigte hinzu · Alt-Klick nimmt weg · [ ] Toleranz',
  Follow: 'Folgen',
  'Finish the stroke first.': 'Zuerst den Strich beenden.',
  'This object goes on outside of the frame: draw it inside, the rest of it stays as it is.':
    'Dieses Objekt reicht über den Rahmen hinaus: innen lässt es sich zeichnen, außen bleibt es, wie es ist.',
  'Outside of the frame nothing changes.': 'Außerhalb des Rahmens ändert sich nichts.',
} as const satisfies Entries
