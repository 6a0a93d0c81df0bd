/**
 * What the server says, by its English: holes are numbered in their order, and what stands in one is
 * looked up as well. `server-words.ts` finds the sentence; a problem that has a code of its own has
 * its title in `problems.ts`.
 */
export const serverSentences: Readonly<Record<string, string>> = {
  'There is no such member in your organisation.': 'Diese Person ist nicht in Ihrer Organisation.',
  'There is no such organisation, or you are not a member of it.':
    'Diese Organisation gibt es nicht, oder Sie gehören nicht dazu.',
  'This invitation is not valid: it was used, withdrawn, or it expired. Ask for another.':
    'Diese Einladung gilt nicht mehr: sie wurde benutzt, zurückgezogen oder ist abgelaufen. Bitte um eine neue bitten.',
  'There is no such token, or it was revoked already.':
    'Dieses Token gibt es nicht, oder es wurde schon widerrufen.',
  'There is no account with this e-mail.': 'Zu dieser E-Mail gibt es kein Konto.',
  'There is no such role in your organisation.': 'Diese Rolle gibt es in Ihrer Organisation nicht.',
  'This link was used, or it expired. Ask for another one on the page to sign in.':
    'Dieser Link wurde schon benutzt oder ist abgelaufen. Auf der Anmeldeseite lässt sich ein neuer anfordern.',
  'The time of expiry has passed already.': 'Der Ablauf liegt schon in der Vergangenheit.',
  'A token lasts a hundred years at most. Leave the expiry out for one that stays.':
    'Ein Token gilt höchstens hundert Jahre. Für ein bleibendes den Ablauf weglassen.',
  'Nobody is owner of a single project.': 'Niemand ist Inhaber eines einzelnen Projekts.',
  'Name either a built-in role, or one of your own by its id.':
    'Entweder eine vorgegebene Rolle nennen oder die Kennung einer eigenen.',
  'At most {1} people at once. This list has {2}.':
    'Höchstens {1} Personen auf einmal. Diese Liste hat {2}.',
  'At most {1} characters of JSON are kept per object.':
    'Je Objekt werden höchstens {1} Zeichen JSON behalten.',
  "A text holds characters that can't be kept.":
    'Ein Text enthält Zeichen, die sich nicht speichern lassen.',
  "An object can't stand in a relationship to itself.":
    'Ein Objekt kann in keiner Beziehung zu sich selbst stehen.',
  'The object it leads to is not in this label.':
    'Das Objekt, zu dem sie führt, ist nicht in diesem Label.',
  'The ontology has no such relation.': 'Diese Beziehung gibt es in der Ontologie nicht.',
  "“{1}” can't hold between objects of these classes.":
    '„{1}“ ist zwischen Objekten dieser Klassen nicht möglich.',
  "This entry of the zip file is damaged and can't be unpacked.":
    'Dieser Eintrag der Zip-Datei ist beschädigt und lässt sich nicht entpacken.',
  'This entry of the zip file is a link, not a file.':
    'Dieser Eintrag der Zip-Datei ist eine Verknüpfung und keine Datei.',
  'This entry of the zip file is encrypted.': 'Dieser Eintrag der Zip-Datei ist verschlüsselt.',
  'This entry is compressed by a method other than deflate. Make the zip file anew.':
    'Dieser Eintrag ist anders als mit Deflate gepackt. Bitte die Zip-Datei neu erstellen.',
  'The zip file claims to unpack to implausibly much data. Nothing of it was read.':
    'Die Zip-Datei soll sich zu unglaubhaft viel entpacken. Nichts davon wurde gelesen.',
  'The zip file has more than {1} entries. Split it.':
    'Die Zip-Datei hat mehr als {1} Einträge. Bitte teilen.',
  "Browsers can't show {1} images. Attach it as PNG or JPEG.":
    'Bilder der Art {1} zeigt kein Browser. Bitte als PNG oder JPEG anhängen.',
  "The project's ontology has no such class.":
    'Diese Klasse gibt es in der Ontologie des Projekts nicht.',
  'This has to be an image: PNG, JPEG or WebP.': 'Das muss ein Bild sein: PNG, JPEG oder WebP.',
  '`role` is `beside` or `overlay`.': '`role` ist `beside` oder `overlay`.',
  'There is no such image, or you have no access to it.':
    'Dieses Bild gibt es nicht, oder der Zugriff fehlt.',
  'This form of the image does not exist (yet). It is made once the image is ready.':
    'Diese Form des Bilds gibt es (noch) nicht. Sie entsteht, wenn das Bild bereit ist.',
  'There is no such attachment, or you have no access to it.':
    'Diesen Anhang gibt es nicht, oder der Zugriff fehlt.',
  'The file is {1}, whatever its name says. Upload JPEG, PNG, WebP, TIFF or BMP images, or a zip of them.':
    'Die Datei ist kein Bild, das sich verwenden lässt ({1}), wie auch immer sie heißt. Hochladen lassen sich JPEG-, PNG-, WebP-, TIFF- und BMP-Bilder oder eine Zip-Datei davon.',
  'The image measures {1} × {2} px; at most {3} megapixels and {4} px a side are taken.':
    'Das Bild misst {1} × {2} px; angenommen werden höchstens {3} Megapixel und {4} px je Seite.',
  'Send {urls: [address, …]}, or the images as a form.':
    'Bitte {urls: [Adresse, …]} senden oder die Bilder als Formular.',
  'The image has no such tile.': 'Diese Kachel hat das Bild nicht.',
  'The image was changed by somebody else meanwhile. Try again.':
    'Jemand anders hat das Bild inzwischen geändert. Bitte noch einmal versuchen.',
  'No file arrived: send the images as `files`.':
    'Es kam keine Datei an: bitte die Bilder als `files` senden.',
  'This entry is a zip file inside a zip file. Upload it by itself.':
    'Dieser Eintrag ist eine Zip-Datei in einer Zip-Datei. Bitte für sich hochladen.',
  '{1} A pin has both x and y.': '{1} Eine Nadel hat x und y.',
  'The image is {1} × {2} pixels.': 'Das Bild hat {1} × {2} Pixel.',
  "`needed` can't be more than `tasks`.": '`needed` kann nicht mehr sein als `tasks`.',
  'There is no such export, or you have no access to it.':
    'Diesen Export gibt es nicht, oder der Zugriff fehlt.',
  "The server's disk is full. Free some space on it, then export again.":
    'Auf dem Server ist kein Platz mehr. Bitte dort Platz schaffen und noch einmal exportieren.',
  "The export failed on our side. Nothing was changed; try again, and tell your administrator the export's id if it stays.":
    'Der Export ist auf dem Server fehlgeschlagen. Geändert wurde nichts; bitte noch einmal versuchen und, wenn es bleibt, der Administration die Kennung des Exports nennen.',
  'This project has no such class.': 'Diese Klasse gibt es in diesem Projekt nicht.',
  'This project has no such model.': 'Dieses Modell gibt es in diesem Projekt nicht.',
  'The bound is {1} bytes.': 'Die Grenze liegt bei {1} Bytes.',
  'Send the body as it is, or packed with gzip.':
    'Bitte die Daten ungepackt oder mit gzip gepackt senden.',
  "Send files as they are: a form that holds files can't be packed.":
    'Bitte Dateien ungepackt senden: ein Formular mit Dateien kann nicht gepackt sein.',
  "The body's gzip is damaged. Send it again.":
    'Die gepackten Daten sind beschädigt. Bitte noch einmal senden.',
  'The body is not packed with gzip, or it is damaged.':
    'Die Daten sind nicht mit gzip gepackt, oder sie sind beschädigt.',
  'What was sent is larger than this server takes: the bound is {1} bytes, unpacked.':
    'Das ist mehr, als der Server annimmt: die Grenze liegt bei {1} Bytes, ausgepackt.',
  'This cursor is not one of ours. Start again without a cursor.':
    'Diesen Cursor kennt der Server nicht. Bitte ohne Cursor neu beginnen.',
  'The mask is {1} pixels wide and {2} high, its image {3} wide and {4} high.':
    'Die Maske ist {1} Pixel breit und {2} hoch, ihr Bild {3} breit und {4} hoch.',
  'No image is {1} pixels wide and {2} high.': 'Kein Bild ist {1} Pixel breit und {2} hoch.',
  'A mask is an object with `size` and `counts`.':
    'Eine Maske ist ein Objekt mit `size` und `counts`.',
  '`size` is a list of height and width.': '`size` ist eine Liste aus Höhe und Breite.',
  '`size` is a list of two positive integers.':
    '`size` ist eine Liste aus zwei positiven ganzen Zahlen.',
  "`counts` is a string: COCO's compressed run lengths.":
    '`counts` ist ein Text: die gepackten Lauflängen von COCO.',
  '`counts` is empty.': '`counts` ist leer.',
  '`counts` ends inside a number.': '`counts` endet mitten in einer Zahl.',
  'The number at character {1} of `counts` is longer than any image needs.':
    'Die Zahl bei Zeichen {1} von `counts` ist länger, als irgendein Bild sie braucht.',
  "`counts` holds {1}, which is no part of COCO's alphabet.":
    '`counts` enthält {1}, was nicht zum Alphabet von COCO gehört.',
  'Run {1} of the mask has the length {2}.': 'Lauf {1} der Maske hat die Länge {2}.',
  'The runs of the mask cover {1} pixels, the image has {2}.':
    'Die Läufe der Maske bedecken {1} Pixel, das Bild hat {2}.',
  'An answer is required.': 'Eine Antwort ist Pflicht.',
  'This attribute is not asked of this object.': 'Danach wird bei diesem Objekt nicht gefragt.',
  'The answer must be the id of one of the options.':
    'Die Antwort muss die Kennung einer der Optionen sein.',
  "The answer must be a list of the options' ids.":
    'Die Antwort muss eine Liste von Kennungen der Optionen sein.',
  'The answer must be a text of at most {1} characters.':
    'Die Antwort muss ein Text von höchstens {1} Zeichen sein.',
  'The answer must be a number.': 'Die Antwort muss eine Zahl sein.',
  'The answer must be a number that is not endless.': 'Die Antwort muss eine endliche Zahl sein.',
  'The answer must be at least {1}.': 'Die Antwort muss mindestens {1} sein.',
  'The answer must be at most {1}.': 'Die Antwort darf höchstens {1} sein.',
  'The answer must be in steps of {1}{2}.': 'Die Antwort muss in Schritten von {1}{2} liegen.',
  'A hotkey is one visible character.': 'Eine Taste ist ein einzelnes sichtbares Zeichen.',
  'Name a class that stays in the ontology.':
    'Bitte eine Klasse nennen, die in der Ontologie bleibt.',
  'Two attributes or options have one id.': 'Zwei Attribute oder Optionen haben dieselbe Kennung.',
  '{1} attributes and options are more than the {2} allowed.':
    '{1} Attribute und Optionen sind mehr als die erlaubten {2}.',
  '{1} relations are more than the {2} allowed.':
    '{1} Beziehungen sind mehr als die erlaubten {2}.',
  '“{1}” is there twice.': '„{1}“ gibt es doppelt.',
  'Two relations have this id.': 'Zwei Beziehungen haben diese Kennung.',
  '“{1}” names a class that is not in the ontology.':
    '„{1}“ nennt eine Klasse, die nicht in der Ontologie ist.',
  '{1} classes are more than the {2} allowed.': '{1} Klassen sind mehr als die erlaubten {2}.',
  'Classes may be nested {1} levels deep at most.':
    'Klassen lassen sich höchstens {1} Ebenen tief schachteln.',
  '“{1}” stands here twice.': '„{1}“ steht hier doppelt.',
  'The key {1} is taken by “{2}”.': 'Die Taste {1} ist mit „{2}“ belegt.',
  'Two nodes have this id. Leave it out of the new one.':
    'Zwei Knoten haben diese Kennung. Beim neuen bitte weglassen.',
  'No class of this project has this id. Leave it out.':
    'Keine Klasse dieses Projekts hat diese Kennung. Bitte weglassen.',
  'Two attributes or options of “{1}” have one id.':
    'Zwei Attribute oder Optionen von „{1}“ haben dieselbe Kennung.',
  'Attributes may be nested {1} levels deep at most.':
    'Attribute lassen sich höchstens {1} Ebenen tief schachteln.',
  '“{1}” is asked twice.': 'Nach „{1}“ wird doppelt gefragt.',
  '“{1}” needs at least one option.': '„{1}“ braucht mindestens eine Option.',
  'Only a radio or a checklist has options.': 'Optionen haben nur Auswahl und Mehrfachauswahl.',
  'The smallest value is above the largest.': 'Der kleinste Wert liegt über dem größten.',
  'The default must be the id of one of the options.':
    'Die Vorgabe muss die Kennung einer der Optionen sein.',
  "The default must be a list of the options' ids.":
    'Die Vorgabe muss eine Liste von Kennungen der Optionen sein.',
  'The default must be a number.': 'Die Vorgabe muss eine Zahl sein.',
  'The default must be a text.': 'Die Vorgabe muss ein Text sein.',
  '{1} could not be read: {2}.': '{1} war nicht lesbar: {2}.',
  'There were more than {1} redirects.': 'Es gab mehr als {1} Weiterleitungen.',
  'This is no address of an image.': 'Das ist keine Adresse eines Bilds.',
  'Only http and https addresses are fetched.': 'Geholt wird nur von Adressen mit http oder https.',
  'An address with a password in it is not fetched.':
    'Von einer Adresse mit Passwort wird nichts geholt.',
  'An address has no spaces in it; they are written as %20.':
    'In einer Adresse stehen keine Leerzeichen; sie werden als %20 geschrieben.',
  "{1} is not on this server's list of hosts.":
    '{1} steht nicht auf der Liste der Hosts dieses Servers.',
  '{1} was not found.': '{1} wurde nicht gefunden.',
  '{1} is in a private network, which is not fetched from.':
    '{1} liegt in einem privaten Netz, aus dem nichts geholt wird.',
  'It redirects to nowhere.': 'Die Weiterleitung führt nirgendwohin.',
  'It redirects from https to something else.':
    'Es wird von https auf etwas anderes weitergeleitet.',
  'The server there answered {1} {2}.': 'Der Server dort antwortete {1} {2}.',
  'The server there packs its answer, which nobody asked for.':
    'Der Server dort packt seine Antwort, worum niemand bat.',
  'It is larger than {1} bytes.': 'Es ist größer als {1} Bytes.',
  'It took too long.': 'Es dauerte zu lange.',
  'The connection ended before the image did.': 'Die Verbindung endete vor dem Bild.',
  'The body is larger than {1} bytes: send it in parts.':
    'Die Daten sind größer als {1} Bytes: bitte in Teilen senden.',
  'The line is longer than {1} bytes.': 'Die Zeile ist länger als {1} Bytes.',
  'Say which model this is from: `model`.': 'Bitte sagen, von welchem Modell das ist: `model`.',
  'Several images have this name: use `id` or `external_id`.':
    'Mehrere Bilder heißen so: bitte `id` oder `external_id` verwenden.',
  'The project has no such image.': 'Dieses Bild gibt es im Projekt nicht.',
  'The image is still being processed, or failed: send this again later.':
    'Das Bild wird noch verarbeitet oder ist fehlgeschlagen: bitte später noch einmal senden.',
  'Object {1}: several classes are named “{2}”; use the id.':
    'Objekt {1}: mehrere Klassen heißen „{2}“; bitte die Kennung verwenden.',
  'Object {1}: the ontology has no class “{2}”.':
    'Objekt {1}: eine Klasse „{2}“ hat die Ontologie nicht.',
  'A label has at most {1} objects.': 'Ein Label hat höchstens {1} Objekte.',
  'Object {1}: “{2}” lies on layer {3}.': 'Objekt {1}: „{2}“ liegt auf Ebene {3}.',
  'The connection ended before the body did.': 'Die Verbindung endete vor den Daten.',
  'Name the image by one of `id`, `external_id` and `name`.':
    'Bitte das Bild mit einem von `id`, `external_id` und `name` nennen.',
  'Give one of `mask`, `polygon` and `box`.':
    'Bitte eines von `mask`, `polygon` und `box` angeben.',
  'Object {1}: a ring is [x1, y1, x2, y2, …] with three corners or more.':
    'Objekt {1}: ein Ring ist [x1, y1, x2, y2, …] mit mindestens drei Ecken.',
  'Object {1}: a box is [x, y, width, height], and not empty.':
    'Objekt {1}: ein Rechteck ist [x, y, Breite, Höhe] und nicht leer.',
  'Object {1} reaches out of the image, which is {2} by {3} px.':
    'Objekt {1} ragt aus dem Bild, das {2} mal {3} px misst.',
  'Say either `last` or `days`.': 'Bitte entweder `last` oder `days` angeben.',
  "`at_least` can't be more than `last`.": '`at_least` kann nicht mehr sein als `last`.',
  "This metric's threshold is a share of 1.": 'Die Schwelle dieser Kennzahl ist ein Anteil von 1.',
  'Say `review_percent`.': 'Bitte `review_percent` angeben.',
  'A gold of everyday work is for no course: leave out `for_skill`.':
    'Eine Referenz der täglichen Arbeit gehört zu keinem Kurs: Bitte `for_skill` weglassen.',
  'Say which `skill`.': 'Bitte angeben, welche Fähigkeit: `skill`.',
  'Name a team or a batch. What one person may do is a setting.':
    'Bitte ein Team oder einen Stapel nennen. Was eine einzelne Person darf, ist eine Einstellung.',
  'Say how many images.': 'Bitte angeben, wie viele Bilder.',
  'Say which images are meant.': 'Bitte angeben, welche Bilder gemeint sind.',
  'Say what is to be changed.': 'Bitte angeben, was zu ändern ist.',
  '{1}{2} took it back to correct it.': '{1}{2} hat es zurückgeholt, um es zu korrigieren.',
  'You took it back to correct it.': 'Sie haben es zurückgeholt, um es zu korrigieren.',
  'It was sent back to {1} to be mended.': 'Es ging zur Verbesserung zurück an {1}.',
  'It is kept for {1} for a while.': 'Es ist eine Weile für {1} reserviert.',
  'You began it and have not finished it.': 'Sie haben es angefangen und noch nicht beendet.',
  'It is assigned to {1}.': 'Es ist {1} zugewiesen.',
  'It was sent back to you to be mended.': 'Es ging zur Verbesserung an Sie zurück.',
  'It is assigned to you.': 'Es ist Ihnen zugewiesen.',
  'It is assigned to the team {1}.': 'Es ist dem Team {1} zugewiesen.',
  'It needs the skill “{1}”.': 'Es braucht die Fähigkeit „{1}“.',
  "It is somebody else's label, to be reviewed.":
    'Es ist das Label von jemand anderem und wird geprüft.',
  'People disagree about a part of this image. You are asked about that only; what is shown around it, they agree on.':
    'Über einen Teil dieses Bildes gehen die Meinungen auseinander. Gefragt ist nur danach; was ringsum gezeigt wird, ist unstrittig.',
  'It belongs to the batch “{1}”.': 'Es gehört zum Stapel „{1}“.',
  'It is due on {1}.': 'Es ist fällig am {1}.',
  'Its priority is {1} to {2}.': 'Seine Priorität ist {1} auf {2}.',
  'It has waited since {1}; of equal priority the oldest goes first.':
    'Es wartet seit {1}; bei gleicher Priorität kommt das älteste zuerst.',
  'There is nothing for you to do.': 'Für Sie gibt es nichts zu tun.',
  'You asked “{1}”. The answer: “{2}”': 'Sie fragten: „{1}“. Die Antwort: „{2}“',
  "`most` can't be less than `people`.": '`most` kann nicht weniger sein als `people`.',
  you: 'Sie',
  'It was sent back to its author to be mended.': 'Es ging zur Verbesserung zurück.',
  'Its author took it back to correct it.':
    'Wer es gezeichnet hat, hat es zurückgeholt, um es zu korrigieren.',
  'It is assigned to somebody.': 'Es ist jemandem zugewiesen.',
  somebody: 'jemanden',
  raised: 'erhöht',
  lowered: 'gesenkt',
  unknown: 'unbekannt',
  'Field required': 'fehlt',
  'Extra inputs are not permitted': 'gibt es hier nicht',
  'Input should be a valid dictionary or instance of {1}': 'muss ein Objekt sein',
  'Input should be a valid dictionary': 'muss ein Objekt sein',
  'Input should be a valid string': 'muss ein Text sein',
  'String should have at least {1} character': 'braucht mindestens {1} Zeichen',
  'String should have at least {1} characters': 'braucht mindestens {1} Zeichen',
  'String should have at most {1} character': 'darf höchstens {1} Zeichen haben',
  'String should have at most {1} characters': 'darf höchstens {1} Zeichen haben',
  'String should match pattern {1}': 'muss dem Muster {1} entsprechen',
  'Input should be a valid integer, unable to parse string as an integer':
    'muss eine ganze Zahl sein',
  'Input should be a valid integer, got a number with a fractional part':
    'muss eine ganze Zahl sein',
  'Input should be a valid integer': 'muss eine ganze Zahl sein',
  'Input should be greater than or equal to {1}': 'muss mindestens {1} sein',
  'Input should be greater than {1}': 'muss größer als {1} sein',
  'Input should be less than or equal to {1}': 'darf höchstens {1} sein',
  'Input should be less than {1}': 'muss kleiner als {1} sein',
  'Input should be a valid number, unable to parse string as a number': 'muss eine Zahl sein',
  'Input should be a valid number': 'muss eine Zahl sein',
  'Input should be a finite number': 'muss eine endliche Zahl sein',
  'Input should be a valid boolean, unable to interpret input': 'muss wahr oder falsch sein',
  'Input should be a valid boolean': 'muss wahr oder falsch sein',
  'Input should be a valid UUID, {1}': 'muss eine Kennung (UUID) sein',
  'UUID input should be a string, bytes or UUID object': 'muss eine Kennung (UUID) sein',
  'Input should be a valid datetime or date, {1}': 'muss ein Zeitpunkt sein',
  'Input should be a valid datetime, {1}': 'muss ein Zeitpunkt sein',
  'Input should be a valid datetime': 'muss ein Zeitpunkt sein',
  'Input should be a valid date, {1}': 'muss ein Datum sein',
  'Input should have timezone info': 'braucht eine Zeitzone',
  'Input should be a valid list': 'muss eine Liste sein',
  'Input should be a valid tuple': 'muss eine Liste sein',
  'Input should be {1}': 'muss {1} sein',
  'List should have at least {1} item after validation, not {2}':
    'braucht mindestens {1} Eintrag, nicht {2}',
  'List should have at least {1} items after validation, not {2}':
    'braucht mindestens {1} Einträge, nicht {2}',
  'List should have at most {1} item after validation, not {2}':
    'darf höchstens {1} Eintrag haben, nicht {2}',
  'List should have at most {1} items after validation, not {2}':
    'darf höchstens {1} Einträge haben, nicht {2}',
  'Tuple should have at least {1} item after validation, not {2}':
    'braucht mindestens {1} Eintrag, nicht {2}',
  'Tuple should have at least {1} items after validation, not {2}':
    'braucht mindestens {1} Einträge, nicht {2}',
  'Tuple should have at most {1} item after validation, not {2}':
    'darf höchstens {1} Eintrag haben, nicht {2}',
  'Tuple should have at most {1} items after validation, not {2}':
    'darf höchstens {1} Einträge haben, nicht {2}',
  'Dictionary should have at most {1} item after validation, not {2}':
    'darf höchstens {1} Eintrag haben, nicht {2}',
  'Dictionary should have at most {1} items after validation, not {2}':
    'darf höchstens {1} Einträge haben, nicht {2}',
  'Value error, {1}': '{1}',
  'value is not a valid email address: {1}': 'ist keine gültige E-Mail-Adresse',
  'Input tag {1} found using {2} does not match any of the expected tags: {3}':
    '{2}: {1} ist keines von {3}',
  'Unable to extract tag using discriminator {1}': '{1} fehlt',
  'The body is no JSON at character {1}: {2}': 'Das ist kein JSON, von Zeichen {1} an: {2}',
  'Something went wrong.': 'Etwas ist schiefgegangen.',
  'metadata: this is not JSON.': 'metadata: das ist kein JSON.',
  'metadata: an object of file names is wanted.':
    'metadata: erwartet wird ein Objekt mit Dateinamen.',
  'metadata: the entry of {1} is not an object.': 'metadata: der Eintrag zu {1} ist kein Objekt.',
  'metadata: at most {1} bytes are kept per image.':
    'metadata: je Bild werden höchstens {1} Bytes behalten.',
  'metadata: nested more than {1} levels deep.': 'metadata: tiefer als {1} Ebenen geschachtelt.',
  'metadata: numbers must be finite.': 'metadata: Zahlen müssen endlich sein.',
  "metadata: a text holds characters that can't be kept.":
    'metadata: ein Text enthält Zeichen, die sich nicht speichern lassen.',
  'external_id: 1 to {1} characters are wanted.': 'external_id: erwartet werden 1 bis {1} Zeichen.',
  'Something went wrong on our side. Nothing was changed; try again, and tell your administrator the request id if it stays.':
    'Auf dem Server ist etwas schiefgegangen. Geändert wurde nichts; bitte noch einmal versuchen und, wenn es bleibt, der Administration die Anfragenummer nennen.',
  'The database does not answer, or has too much to do. Try again in a moment.':
    'Die Datenbank antwortet nicht oder hat zu viel zu tun. Bitte gleich noch einmal versuchen.',
  "Some text or number holds what can't be stored, such as the character U+0000.":
    'Ein Text oder eine Zahl enthält, was sich nicht speichern lässt, etwa das Zeichen U+0000.',
  'Send the body as JSON, with the header Content-Type: application/json.':
    'Bitte die Daten als JSON senden, mit dem Header Content-Type: application/json.',
  'There is nothing at this address.': 'Unter dieser Adresse ist nichts.',
  'This address does not take that method.': 'Diese Adresse nimmt solche Anfragen nicht an.',
  'The request could not be read.': 'Die Anfrage war nicht lesbar.',
  'What was sent is larger than this server takes.': 'Das ist mehr, als der Server annimmt.',
  'a GIF': 'ein GIF',
  'a PDF document': 'ein PDF-Dokument',
  'a PostScript document': 'ein PostScript-Dokument',
  'a zip archive': 'ein Zip-Archiv',
  'a gzip archive': 'ein gzip-Archiv',
  'a 7-Zip archive': 'ein 7-Zip-Archiv',
  'a RAR archive': 'ein RAR-Archiv',
  'a Photoshop document': 'ein Photoshop-Dokument',
  'a JPEG 2000 image': 'ein JPEG-2000-Bild',
  'a Windows icon': 'ein Windows-Symbol',
  'an OpenEXR image': 'ein OpenEXR-Bild',
  'a Radiance image': 'ein Radiance-Bild',
  'an HDF5 file': 'eine HDF5-Datei',
  'a program': 'ein Programm',
  'a DICOM file': 'eine DICOM-Datei',
  'an AVIF image': 'ein AVIF-Bild',
  'a HEIC image': 'ein HEIC-Bild',
  'a video': 'ein Video',
  'an SVG drawing': 'eine SVG-Zeichnung',
  'an HTML page': 'eine HTML-Seite',
  'an XML document': 'ein XML-Dokument',
  'a text': 'ein Text',
  'This map has pixels of the type {1}. Save it as PNG with 8 or 16 bits.':
    'Die Pixel dieser Karte haben die Art {1}. Bitte als PNG mit 8 oder 16 Bit speichern.',
  'An annotation is of an image that the file does not list.':
    'Eine Annotation gehört zu einem Bild, das die Datei nicht aufführt.',
  'Its map {1} did not come with the file.': 'Die Karte {1} dazu kam nicht mit der Datei.',
  'The map has a segment {1} that the file does not explain.':
    'Die Karte hat ein Segment {1}, das die Datei nicht erklärt.',
  'A COCO file lists its images in `images`.':
    'Eine COCO-Datei führt ihre Bilder unter `images` auf.',
  'A COCO file lists its classes in `categories`.':
    'Eine COCO-Datei führt ihre Klassen unter `categories` auf.',
  'An entry of the file has no `{1}`.': 'Ein Eintrag der Datei hat kein `{1}`.',
  'Annotation {1} is of an image that the file does not list.':
    'Annotation {1} gehört zu einem Bild, das die Datei nicht aufführt.',
  '{1} has a category that the file does not list.':
    '{1} hat eine Klasse, die die Datei nicht aufführt.',
  '{1} has no segmentation: boxes alone are no masks.':
    '{1} hat keine Segmentierung: Rechtecke allein sind keine Masken.',
  '{1}: a mask says its size as [height, width].':
    '{1}: eine Maske nennt ihre Größe als [Höhe, Breite].',
  '{1}: a mask needs its run lengths in `counts`.':
    '{1}: eine Maske braucht ihre Lauflängen in `counts`.',
  '{1}: a polygon is [x1, y1, x2, y2, …] with three corners or more.':
    '{1}: ein Polygon ist [x1, y1, x2, y2, …] mit mindestens drei Ecken.',
  '{1} names no image: say it in `asset`.': '{1} nennt kein Bild: bitte in `asset` angeben.',
  '{1}: an object is a JSON object.': '{1}: ein Objekt ist ein JSON-Objekt.',
  '{1}: an object has a `mask` or a `polygon`.':
    '{1}: ein Objekt hat eine `mask` oder ein `polygon`.',
  'Line {1} is no JSON object.': 'Zeile {1} ist kein JSON-Objekt.',
  "The map's size is not the one that its list says.":
    'Die Karte hat nicht die Größe, die ihre Liste nennt.',
  'This is a picture, no map: it has thousands of values.':
    'Das ist ein Bild und keine Karte: es hat tausende Werte.',
  'The map has an object {1} that its list does not explain.':
    'Die Karte hat ein Objekt {1}, das ihre Liste nicht erklärt.',
  'Not in the ontology: {1}.': 'Nicht in der Ontologie: {1}.',
  'A polygon reaches out of the image, which is {1} by {2} px.':
    'Ein Polygon ragt aus dem Bild, das {1} mal {2} px misst.',
  'The mask is {1} by {2} px, the image {3} by {4} px.':
    'Die Maske misst {1} mal {2} px, das Bild {3} mal {4} px.',
  'Several images have this name. Name it by its external id, in a list.':
    'Mehrere Bilder heißen so. Bitte in einer Liste mit der externen Kennung nennen.',
  'A list has at most {1} MB. Split it.': 'Eine Liste hat höchstens {1} MB. Bitte teilen.',
  'This is no mask, and no list of masks that is known.':
    'Das ist weder eine Maske noch eine bekannte Liste von Masken.',
  'This JSON is neither COCO nor a list of classes or masks.':
    'Dieses JSON ist weder COCO noch eine Liste von Klassen oder Masken.',
  '`classes` is a JSON object of names and ids of classes.':
    '`classes` ist ein JSON-Objekt aus Namen und Kennungen von Klassen.',
  'The connection ended before the files did.': 'Die Verbindung endete vor den Dateien.',
  'No mask of this image came with it.': 'Zu diesem Bild kam keine Maske mit.',
  'This image is a gold already.': 'Dieses Bild ist schon eine Referenz.',
  'The image is still being processed, or failed. Try again later.':
    'Das Bild wird noch verarbeitet oder ist fehlgeschlagen. Bitte später noch einmal versuchen.',
  'The project has no such image, and none came with the upload.':
    'Dieses Bild gibt es im Projekt nicht, und mit dem Upload kam keines.',
  'The same image was uploaded by somebody else meanwhile. Try again.':
    'Dasselbe Bild hat inzwischen jemand anders hochgeladen. Bitte noch einmal versuchen.',
  'There is another mask of this image here.': 'Hier ist noch eine Maske desselben Bilds.',
  'Run lengths are whole numbers.': 'Lauflängen sind ganze Zahlen.',
  'A run of the mask has the length {1}.': 'Ein Lauf der Maske hat die Länge {1}.',
}
