import type { LabelDocument } from '../document/document'
import { layOver } from '../document/lay-over'

/** Makes the document hold what the other one holds, and nothing else, inside a transaction. */
export function becomeLike(document: LabelDocument, wanted: LabelDocument): void {
  for (const { key } of Array.from(document.objects.all())) {
    if (!wanted.objects.find(key)) document.removeObject(key)
  }
  layOver(document, wanted)
  document.image.put(wanted.image.current)
}
