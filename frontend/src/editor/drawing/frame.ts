import type { LabelDocument } from '../document/document'
import type { ObjectRecord } from '../document/objects'
import type { ObjectKey } from '../types'

/** What "draw inside" keeps within: one object, or all objects of a class. */
export type Frame =
  | { readonly kind: 'object'; readonly key: ObjectKey }
  | { readonly kind: 'class'; readonly classId: string }

export function isInFrame(frame: Frame, { key, classId }: ObjectRecord): boolean {
  return frame.kind === 'object' ? frame.key === key : frame.classId === classId
}

/** The objects that the frame stands for now; empty where they are gone. */
export function recordsInFrame(document: LabelDocument, frame: Frame): ObjectRecord[] {
  if (frame.kind === 'object') {
    const record = document.objects.find(frame.key)
    return record ? [record] : []
  }
  return Array.from(document.objects.all()).filter((record) => isInFrame(frame, record))
}
