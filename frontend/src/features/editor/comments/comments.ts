import type { Editor } from '@/editor'
import type { Completeness } from '../findings/completeness'
import { Observable } from '../session/observable'

/** Where a new comment is to be pinned; image pixels, or an object. */
export interface CommentPlace {
  readonly x: number | null
  readonly y: number | null
  readonly objectKey: string | null
}

export type CommentState =
  | { kind: 'reading' }
  /** The next click on the image says where. */
  | { kind: 'placing' }
  | { kind: 'writing'; place: CommentPlace }

/** What is going on with comments on this page: where one is being pinned, which one is open. */
export class Comments {
  readonly state = new Observable<CommentState>({ kind: 'reading' })
  /** The conversation that is unfolded, by its id. */
  readonly open = new Observable<string | null>(null)
  private readonly editor: Editor
  private readonly completeness: Completeness

  constructor(editor: Editor, completeness: Completeness) {
    this.editor = editor
    this.completeness = completeness
  }

  /** Asks for the place; asked once more it is the selected object, or the image. */
  begin(): void {
    this.completeness.tab.set('issues')
    if (this.state.get().kind === 'placing') this.placeByKeyboard()
    else this.state.set({ kind: 'placing' })
  }

  placeAt(x: number, y: number): void {
    const { size } = this.editor.store.getSnapshot()
    if (size === null) return
    const isOutside = x < 0 || y < 0 || x > size.width || y > size.height
    this.write(isOutside ? NOWHERE : { x: round(x), y: round(y), objectKey: null })
  }

  placeByKeyboard(): void {
    const [objectKey] = this.editor.store.getSnapshot().selectedKeys
    this.write(objectKey === undefined ? NOWHERE : { ...NOWHERE, objectKey })
  }

  cancel(): void {
    this.state.set({ kind: 'reading' })
  }

  show(threadId: string): void {
    this.completeness.tab.set('issues')
    this.open.set(threadId)
  }

  private write(place: CommentPlace): void {
    this.open.set(null)
    this.state.set({ kind: 'writing', place })
  }
}

const NOWHERE: CommentPlace = { x: null, y: null, objectKey: null }

/** A tenth of a pixel is as exact as anybody points. */
function round(value: number): number {
  return Math.round(value * 10) / 10
}
