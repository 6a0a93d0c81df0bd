import type { LabelDocument } from './document/document'
import type { Protection } from './document/protection'
import type { ImageSource } from './render/image-source'

/** The task that the workspace has open. */
export interface OpenTask {
  readonly document: LabelDocument
  readonly protection: Protection
  readonly imageSource: ImageSource | null
}
