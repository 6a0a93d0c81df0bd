import type { Editor } from '@/editor'
import type { Completeness } from '../findings/completeness'
import { Observable } from '../session/observable'

/** Where a new comment is to be pinned; image pixels, or an object. */
export interface CommentPlace {
  readonly x: number | null
  readonly y: number | null
  readonly objectKey: string | null
}

/** Whether the place is one on the image, where a pin can stand. */
export function hasPin({ x, objectKey }: CommentPlace): boolean {
  return x !== null || objectKey !== null
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
  /** The conversation that is shown at its pin, over the image. */
  readonly atPin = new Observable<string | null>(null)
  private readonly unsent = new Set<() => void>()
  private readonly editor: Editor
  private readonly completeness: Completeness

  constructor(editor: Editor, completeness: Completeness) {
    this.editor = editor
    this.completeness = completeness
  }

  /** Asks for the place; asked once more it is the selected object, or the image. */
  begin(): void {
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
    // About the image as a whole there is no pin: it is written in the list.
    if (this.completeness.tab.get() === 'label') this.completeness.tab.set('issues')
    const [objectKey] = this.editor.store.getSnapshot().selectedKeys
    this.write(objectKey === undefined ? NOWHERE : { ...NOWHERE, objectKey })
  }

  cancel(): void {
    this.state.set({ kind: 'reading' })
    this.atPin.set(null)
  }

  /** Shows a conversation where it is pinned; pressed once more it is folded. */
  toggleAtPin(threadId: string): void {
    this.state.set({ kind: 'reading' })
    this.atPin.set(this.atPin.get() === threadId ? null : threadId)
  }

  /** Something is written and not sent: `show` leads there. Returns what ends that. */
  keepUnsent(show: () => void): () => void {
    this.unsent.add(show)
    return () => this.unsent.delete(show)
  }

  /** True where all is sent that was written: with the image it would go. Else leads to it. */
  checkSent(): boolean {
    const [show] = this.unsent
    show?.()
    return show === undefined
  }

  private write(place: CommentPlace): void {
    this.open.set(null)
    this.atPin.set(null)
    this.state.set({ kind: 'writing', place })
  }
}

const NOWHERE: CommentPlace = { x: null, y: null, objectKey: null }

/** A tenth of a pixel is as exact as anybody points. */
function round(value: number): number {
  return Math.round(value * 10) / 10
}
