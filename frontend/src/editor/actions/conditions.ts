import { message } from '../message'
import type { Action, ActionTarget } from './action'

/** Conditions that many actions share. */
export const hasTask = (editor: ActionTarget) => editor.store.getSnapshot().size !== null
export const hasObjects = (editor: ActionTarget) => editor.store.getSnapshot().objects.length > 0
export const hasSelection = (editor: ActionTarget) =>
  editor.store.getSnapshot().selectedKeys.length > 0

/** For what is done to the selected objects. */
export const WITH_SELECTION = {
  isEnabled: hasSelection,
  lack: message('Select an object first.'),
} satisfies Partial<Action>
