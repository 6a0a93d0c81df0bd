import type { Message } from '../message'
import type { Editor } from '../types'

/** All that toolbar, menu, shortcut, palette and help need to know of something one can do. */
export interface Action {
  readonly id: string
  readonly label: Message
  readonly icon: string
  /** `page`: works without a task, and while somebody types where the key is no character. */
  readonly scope?: 'page'
  readonly isEnabled: (editor: ActionTarget) => boolean
  /** Said where its key is pressed while it can do nothing. */
  readonly lack?: Message
  readonly isChecked?: (editor: ActionTarget) => boolean
  readonly perform: (editor: ActionTarget) => void
}

/** The editor as actions see it: its public face and a little more. */
export interface ActionTarget extends Editor {
  /** Deselects, so that the next stroke begins a new object. */
  beginNewObject(): void
  /** Takes back what is being drawn; false where nothing was. */
  cancelDrawing(): boolean
  selectNeighbour(step: 1 | -1): void
}
