/** What went wrong, by the code that the server sends. */
export const problemTitles: Readonly<Record<string, string>> = {
  'account-exists':
    'Mit dieser E-Mail wurde eben ein Konto angelegt. Bitte mit dessen Passwort anmelden.',
  'already-member': 'Diese Person ist schon Mitglied der Organisation.',
  'archive-bomb':
    'Die Zip-Datei entpackt sich zu unglaubhaft viel. Was danach kam, wurde nicht gelesen.',
  'archive-broken': 'Die Zip-Datei ist beschädigt und nicht lesbar.',
  'archive-empty': 'Die Zip-Datei enthält keine Dateien.',
  'archive-member-refused': 'Dieser Eintrag der Zip-Datei ist nicht lesbar.',
  'archive-too-large': 'Die Zip-Datei enthält mehr, als der Server auf einmal nimmt. Bitte teilen.',
  'asset-busy': 'Dieses Bild wird gerade verarbeitet.',
  'attachment-malformed': 'Der Anhang war nicht lesbar.',
  'attachment-refused':
    'Angehängt werden können nur Texte (UTF-8), HTML-Seiten, PNG-, JPEG- und WebP-Bilder und MP4- ' +
    'oder WebM-Videos. Was eine Datei ist, sagt ihr Inhalt, nicht ihr Name.',
  'attachment-too-large': 'Der Anhang ist größer, als der Server annimmt.',
  'attribute-invalid': 'Eine Antwort passt nicht zur Ontologie.',
  'batch-name-taken': 'In diesem Projekt gibt es schon einen Stapel dieses Namens.',
  'browser-session-required':
    'Das kann nur eine im Browser angemeldete Person, ein API-Token nicht.',
  'class-has-labels':
    'Zu einigen der entfernten Klassen gibt es Labels. Was soll mit den Objekten geschehen?',
  'class-unknown': 'Ein Objekt hat eine Klasse, die es in der Ontologie nicht gibt.',
  'comment-place-invalid': 'Dort lässt sich kein Kommentar anheften.',
  'comment-thread-not-found': 'Dieses Gespräch gibt es nicht, oder der Zugriff fehlt.',
  conflict: 'Das hat sich inzwischen geändert. Bitte neu laden und noch einmal versuchen.',
  'consensus-not-found': 'Dieses Bild wurde nicht, oder noch nicht von allen, mehrfach gelabelt.',
  'outside-region':
    'Gefragt war nach einem Teil des Bildes, und außerhalb davon wurde etwas geändert. Bitte diese Änderungen zurücknehmen; was innen liegt, bleibt erhalten.',
  'coverage-incomplete':
    'In diesem Projekt muss jedes Pixel gelabelt sein, und einige sind es nicht.',
  'csrf-failed': 'Diese Seite ist veraltet. Bitte neu laden und noch einmal versuchen.',
  'damaged-packing': 'Die Daten kamen beschädigt an. Bitte noch einmal versuchen.',
  'database-unavailable':
    'Die Datenbank antwortet nicht oder hat zu viel zu tun. Bitte gleich noch einmal versuchen.',
  'email-required': 'Bitte die E-Mail eingeben, mit der Sie sich anmelden möchten.',
  'export-already-finished': 'Dieser Export ist schon zu Ende; es gibt nichts abzubrechen.',
  'export-disk-full': 'Auf dem Server fehlt Platz für den Export.',
  'export-failed': 'Der Export ist fehlgeschlagen.',
  'export-filter-invalid': 'Der Filter nennt etwas, das es in diesem Projekt nicht gibt.',
  'export-not-ready': 'Zu diesem Export gibt es keine Datei.',
  'external-id-taken': 'Ein anderes Bild dieses Projekts hat schon diese externe Kennung.',
  'file-empty': 'Die Datei ist leer.',
  'file-refused': 'Diese Datei ist nicht verwendbar.',
  'file-too-large': 'Die Datei ist größer, als der Server annimmt.',
  forbidden: 'Ihre Rolle erlaubt das nicht. Die Leitung der Organisation kann weiterhelfen.',
  'gold-attempt-not-found': 'Diesen Versuch gibt es nicht, oder der Zugriff fehlt.',
  'gold-dispute-given': 'Gegen dieses Referenzbild liegt Ihr Einspruch schon vor.',
  'gold-dispute-not-found': 'Diesen Einspruch gibt es nicht, oder der Zugriff fehlt.',
  'gold-dispute-resolved': 'Jemand anders hat inzwischen über diesen Einspruch entschieden.',
  'gold-not-found': 'Dieses Referenzbild gibt es nicht, oder der Zugriff fehlt.',
  'gold-retired':
    'Dieses Referenzbild ist zurückgezogen. Zum Ändern das Bild neu als Referenz verwenden.',
  'http-error': 'Die Anfrage wurde abgewiesen.',
  'idempotency-key-reused': 'Dieselbe Anfrage kam schon einmal mit anderem Inhalt.',
  'image-broken': 'Das Bild ist beschädigt und nicht lesbar.',
  'image-too-large': 'Das Bild hat mehr Pixel, als der Server annimmt. Bitte in Teile schneiden.',
  'image-truncated':
    'Das Bild endet zu früh: ein Teil der Datei fehlt. Bitte noch einmal kopieren.',
  'image-unsupported':
    'Bilder dieser Art lassen sich nicht anzeigen. Bitte in PNG, JPEG oder einfaches TIFF wandeln.',
  'internal-error':
    'Auf dem Server ist etwas schiefgegangen. Geändert wurde nichts; bitte noch einmal versuchen ' +
    'und, wenn es bleibt, der Administration die Anfragenummer nennen.',
  'invalid-input': 'Ein Teil der Eingaben ist nicht verwendbar.',
  'label-version-not-found': 'Diese Version eines Labels gibt es nicht, oder der Zugriff fehlt.',
  'owner-everywhere':
    'Inhaber dürfen in jedem Projekt alles. Der Person zuerst eine andere Rolle geben.',
  'last-owner':
    'Eine Organisation braucht mindestens einen Eigentümer. Zuerst jemand anderen dazu machen.',
  'late-work-moved':
    'Jemand anders hat dieses Bild oder ist damit fertig. Die späte Arbeit bleibt im Verlauf.',
  'layer-mismatch': 'Ein Objekt liegt auf einer anderen Ebene als seine Klasse.',
  'lease-lost':
    'Diese Aufgabe liegt nicht mehr bei Ihnen. Die Arbeit ist sicher; weiter mit der nächsten.',
  'lease-not-found': 'Diese Reservierung gibt es nicht, oder sie gehört jemand anderem.',
  'lease-of-review': 'Das ist eine Prüfung: freigeben oder zurückgeben, statt ein Label abzugeben.',
  'link-invalid':
    'Der Link zum Bild ist abgelaufen oder verändert. Seite neu laden für einen neuen.',
  'malformed-request': 'Die Anfrage war nicht lesbar.',
  'mask-invalid': 'Die Maske eines Objekts ist nicht lesbar.',
  'mask-missing': 'Ein Objekt kam ohne Maske, und im Entwurf steht keine dazu.',
  'metadata-invalid': 'Die Metadaten sind nicht verwendbar.',
  'method-not-allowed': 'Diese Adresse nimmt solche Anfragen nicht an.',
  'model-not-found': 'Dieses Modell gibt es in diesem Projekt nicht.',
  'name-required': 'Bitte den Namen eingeben, damit andere sehen, wessen Arbeit es ist.',
  'name-unsafe': 'Der Dateiname führt aus dem Ordner heraus. Bitte umbenennen und neu hochladen.',
  'no-organization':
    'Ihr Konto gehört zu keiner Organisation mehr. Bitte um eine Einladung bitten.',
  'not-a-member': 'Nur Mitglieder der Organisation können in ein Team. Zuerst einladen.',
  'not-an-answer': 'Die erwartete Antwort muss ein fertiges Label desselben Bilds sein.',
  'not-an-image': 'Die Datei ist kein JPEG-, PNG-, WebP-, TIFF- oder BMP-Bild.',
  'not-found': 'Hier ist nichts, oder der Zugriff fehlt.',
  'not-taken': 'Das Projekt nimmt keine Bilder mehr an.',
  'not-yours-to-resolve': 'Erledigen kann dieses Gespräch nur, wer es begann, oder wer prüft.',
  'object-key-repeated': 'Zwei Objekte kamen mit demselben Schlüssel.',
  'objects-missing': 'Eine Korrektur bringt alle Objekte des Labels mit.',
  'objects-overlap':
    'Objekte einer Ebene überlappen sich. Jedes Pixel gehört zu höchstens einem Objekt.',
  'ontology-changed':
    'Jemand hat die Ontologie inzwischen gespeichert. Neu laden und die Änderungen wiederholen.',
  'ontology-invalid': 'So lässt sich die Ontologie nicht speichern.',
  'ontology-version-not-found': 'Diese Version der Ontologie gibt es im Projekt nicht.',
  'owners-only': 'Eigentümer ernennen, ändern oder entfernen kann nur, wer selbst Eigentümer ist.',
  'password-too-weak':
    'Bitte ein Passwort von mindestens 10 Zeichen wählen, das nicht die E-Mail ist.',
  'prediction-refused': 'Diese Vorhersagen lassen sich nicht verwenden.',
  'predictions-malformed':
    'Bitte eine JSON-Zeile je Bild senden (application/x-ndjson), oder eine JSON-Liste davon.',
  'processing-gave-up':
    'Die Verarbeitung dieses Bilds brach mehrmals ab, wohl aus Mangel an Speicher. Den Workern ' +
    'mehr geben oder ein kleineres Bild nehmen, dann noch einmal versuchen.',
  'project-archived': 'Dieses Projekt ist archiviert. Zum Weiterarbeiten wieder aktivieren.',
  'project-not-archived':
    'Das Projekt zuerst archivieren: nur ein archiviertes Projekt lässt sich löschen.',
  'project-not-found': 'Dieses Projekt gibt es nicht, oder der Zugriff fehlt.',
  'rule-not-found': 'Diese Regel gibt es nicht, oder der Zugriff fehlt.',
  'rule-firing-not-found': 'Diesen Eintrag gibt es nicht, oder der Zugriff fehlt.',
  'person-paused': 'Sie sind in diesem Projekt pausiert. Gezeichnetes bleibt erhalten.',
  'nothing-to-undo': 'Das ist schon vorbei, oder es gibt nichts zurückzunehmen.',
  'own-pause':
    'Wer ein Team leitet, pausiert sich nicht selbst und hebt das auch nicht auf. Fragen Sie die Projektleitung.',
  'not-a-worker': 'Pausiert werden können nur Leute der Organisation, die labeln oder prüfen.',
  'course-empty':
    'Es gibt keine Bilder für Training oder Prüfung. Die Leitung muss Referenzen hinzufügen.',
  'course-not-needed': 'Das ist nicht nötig.',
  'course-over': 'Alle Versuche sind aufgebraucht. Die Leitung kann einen weiteren geben.',
  'course-scoring': 'Ihre Antworten werden gewertet. Bitte gleich noch einmal versuchen.',
  'course-waiting': 'Nicht bestanden. Später ist ein weiterer Versuch möglich.',
  'too-few-golds':
    'Für Training und Prüfung gibt es nicht genug Referenzen. Bitte weitere hinzufügen oder weniger verlangen.',
  'project-paused':
    'Dieses Projekt pausiert. Gezeichnetes bleibt erhalten; die Leitung weiß, wann es weitergeht.',
  'question-answered': 'Diese Frage ist schon beantwortet.',
  'reason-missing': 'Bitte sagen, was zu verbessern ist: Zurückgeben braucht einen Kommentar.',
  'relationship-invalid': 'Eine Beziehung zwischen Objekten passt nicht zur Ontologie.',
  'role-in-use':
    'Jemand hat diese Rolle oder ist mit ihr eingeladen. Diesen Personen zuerst eine andere geben.',
  'role-name-taken': 'Eine andere Rolle hat diesen Namen. Bitte einen anderen wählen.',
  'role-too-powerful': 'Geben, ändern oder nehmen können Sie nur, was Sie selbst dürfen.',
  'span-too-long':
    'Dieser Zeitraum hat zu viele Schritte. Bitte einen kürzeren Zeitraum oder längere Schritte wählen.',
  'take-back-off':
    'In diesem Projekt bleiben Labels, wie sie abgegeben wurden. Bitte die Leitung um Rückgabe fragen.',
  'task-not-movable':
    'Diese Aufgabe lässt sich von hier nicht verschieben. Seite neu laden, um ihren Stand zu sehen.',
  'team-archived': 'Dieses Team ist archiviert. Zum Ändern der Mitglieder wieder aktivieren.',
  'team-name-taken': 'Ein anderes Team hat diesen Namen. Bitte einen anderen wählen.',
  'team-not-found': 'Dieses Team gibt es nicht, oder der Zugriff fehlt.',
  'too-large': 'Das ist mehr, als der Server annimmt.',
  'too-many-attachments': 'Hier passt kein Anhang mehr dazu. Zuerst nicht mehr gebrauchte löschen.',
  'too-many-attempts': 'Zu viele Anmeldeversuche sind gescheitert. Bitte eine Weile warten.',
  'too-many-objects': 'Das sind mehr Objekte, als ein Label haben darf.',
  unauthenticated: 'Zum Weitermachen bitte anmelden.',
  'unknown-leases': 'Ein Teil dieser Zeit gehört zu Reservierungen anderer.',
  'unknown-packing': 'Diese Art der Verpackung kennt der Server nicht.',
  'unsupported-media-type': 'Diese Art von Inhalt nimmt der Server nicht an.',
  'upload-malformed':
    'Der Upload war nicht lesbar. Dateien, die vor dem Fehler ganz ankamen, sind erhalten.',
  'upload-too-large':
    'Dieser Upload ist zu groß für eine Anfrage. Ganz angekommene Dateien sind erhalten; die ' +
    'übrigen bitte in weiteren senden.',
  'url-refused': 'Von dieser Adresse wird nichts geholt.',
  'url-unreachable': 'Unter dieser Adresse war kein Bild zu bekommen.',
  'verdict-given': 'Über diese Prüfung haben Sie schon anders entschieden.',
  'versions-of-two-images': 'Vergleichen lassen sich nur Versionen eines Bilds.',
  'workflow-changed':
    'Jemand hat den Ablauf inzwischen geändert. Neu laden, ansehen und noch einmal ändern.',
  'wrong-credentials': 'E-Mail oder Passwort ist falsch.',
  'wrong-current-password': 'Das bisherige Passwort ist falsch. Geändert wurde nichts.',
  'review-over': 'Dieses Label wartet nicht mehr auf eine Prüfung.',
  'review-held': 'Dieses Label prüft gerade jemand anders.',
  'review-kept': 'Dieses Label ist für einen anderen Reviewer vorgemerkt.',
  'own-label': 'Dieses Bild haben Sie selbst gelabelt. Prüfen muss es jemand anders.',
  'too-many-held': 'Mehrere Labels sind bei Ihnen offen. Bitte zuerst über eines entscheiden.',
  'work-goes-on':
    'Mit diesem Label wurde schon weitergearbeitet. Bitte die Prüfung um Rückgabe fragen oder am Bild kommentieren.',
}
