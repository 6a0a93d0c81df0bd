import type { ActionTarget } from './action'

/** Conditions that many actions share. */
export const hasTask = (editor: ActionTarget) => editor.store.getSnapshot().size !== null
export const hasObjects = (editor: ActionTarget) => editor.store.getSnapshot().objects.length > 0
export const hasSelection = (editor: ActionTarget) =>
  editor.store.getSnapshot().selectedKeys.length > 0
