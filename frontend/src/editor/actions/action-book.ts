import type { Keyboard } from '../keyboard'
import type { Message } from '../message'
import type { ActionView, Disposer, KeyInput } from '../types'
import type { Action, ActionTarget } from './action'
import { ACTIONS } from './catalogue'

/** What the page may add to the list of all that can be done. */
export interface Commands {
  /** The page's own actions, beside the engine's: palette, help and shortcuts then know them too. */
  add(actions: readonly Action[]): Disposer
  /** Performs the page's action that has this key; false where there is none, or not now. */
  pressPageKey(input: KeyInput): boolean
}

interface BookParts {
  readonly target: ActionTarget
  readonly keyboard: Keyboard
  /** Runs a change of the workspace. */
  readonly change: (perform: () => void) => void
  /** Says why something did nothing; null takes back what was said. */
  readonly refuse: (reason: Message | null) => void
}

/** Everything one can do, the engine's own and what the page adds, by name and by key. */
export class ActionBook implements Commands {
  readonly #parts: BookParts
  #added: readonly Action[] = []

  constructor(parts: BookParts) {
    this.#parts = parts
  }

  add(actions: readonly Action[]): Disposer {
    this.#added = [...this.#added, ...actions]
    return () => {
      this.#added = this.#added.filter((action) => !actions.includes(action))
    }
  }

  views(): readonly ActionView[] {
    const { target, keyboard } = this.#parts
    return [...ACTIONS, ...this.#added].map((action) => ({
      id: action.id,
      label: action.label,
      icon: action.icon,
      shortcuts: keyboard.shortcutsOf(action.id),
      isEnabled: action.isEnabled(target),
      isChecked: action.isChecked?.(target) ?? false,
    }))
  }

  dispatch(actionId: string): boolean {
    const action = this.#find(actionId)
    const { target, change, refuse } = this.#parts
    if (!action) return false
    const isEnabled = action.isEnabled(target)
    change(() => {
      // What was refused before is no longer what one tries.
      refuse(isEnabled ? null : (action.lack ?? null))
      if (isEnabled) action.perform(target)
    })
    return isEnabled
  }

  pressPageKey(input: KeyInput): boolean {
    const actionId = this.#parts.keyboard.actionOf(input)
    const action = actionId === undefined ? undefined : this.#find(actionId)
    if (action?.scope !== 'page' || input.repeat) return false
    return this.dispatch(action.id)
  }

  #find(actionId: string): Action | undefined {
    const isIt = ({ id }: Action) => id === actionId
    return ACTIONS.find(isIt) ?? this.#added.find(isIt)
  }
}
