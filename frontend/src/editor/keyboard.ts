import { chordsOf, keyName } from './actions/keymap'
import type { ToolKey } from './tools/tool'
import type { HoldId, KeyInput, Keymap } from './types'

/** Actions that a held-down key may repeat. */
const REPEATABLE = new Set([
  'edit.undo',
  'edit.redo',
  'brush.smaller',
  'brush.larger',
  'object.next',
  'object.previous',
  'view.zoom-in',
  'view.zoom-out',
])

const TOOL_KEYS: ReadonlySet<string> = new Set<ToolKey>(['Enter', 'Escape', 'Backspace', 'Delete'])

export type KeyMeaning =
  | { readonly kind: 'tool-key'; readonly key: ToolKey }
  | { readonly kind: 'hold'; readonly hold: HoldId }
  | { readonly kind: 'action'; readonly actionId: string }
  | { readonly kind: 'repeat' }
  | { readonly kind: 'other'; readonly key: string }

/** Reads keys by the keymap, and remembers which are held. */
export class Keyboard {
  readonly #held = new Map<string, HoldId>()
  #keymap: Keymap
  #actionOfChord = new Map<string, string>()

  constructor(keymap: Keymap) {
    this.#keymap = keymap
    this.setKeymap(keymap)
  }

  setKeymap(keymap: Keymap): void {
    this.#keymap = keymap
    this.#actionOfChord = new Map(
      Object.entries(keymap.actions).flatMap(([actionId, chords]) =>
        chords.map((chord) => [chord, actionId] as const),
      ),
    )
  }

  get keymap(): Keymap {
    return this.#keymap
  }

  shortcutsOf(actionId: string): readonly string[] {
    return this.#keymap.actions[actionId] ?? []
  }

  /** What is to be seen while certain keys are held. */
  get visibility(): 'all' | 'image-only' | 'labels-only' {
    if (this.isHeld('image-only')) return 'image-only'
    return this.isHeld('labels-only') ? 'labels-only' : 'all'
  }

  isHeld(hold: HoldId): boolean {
    return Array.from(this.#held.values()).includes(hold)
  }

  /**
   * What a key means, most particular first. A key that the drawing tool may take comes with what
   * it means otherwise.
   */
  press(input: KeyInput): KeyMeaning[] {
    const name = keyName(input)
    const meanings: KeyMeaning[] = []
    const isPlain = !input.ctrlKey && !input.metaKey && !input.shiftKey
    if (isPlain && isToolKey(name)) meanings.push({ kind: 'tool-key', key: name })
    const hold = this.#keymap.holds[name]
    if (hold && isPlain) {
      this.#held.set(name, hold)
      return [...meanings, { kind: 'hold', hold }]
    }
    const actionId = this.actionOf(input)
    if (actionId !== undefined) {
      const isIgnored = input.repeat && !REPEATABLE.has(actionId)
      meanings.push(isIgnored ? { kind: 'repeat' } : { kind: 'action', actionId })
    } else if (isPlain) {
      meanings.push({ kind: 'other', key: input.key.toLowerCase() })
    }
    return meanings
  }

  /** The hold that ended, if one did. */
  release(input: KeyInput): HoldId | null {
    const name = keyName(input)
    const hold = this.#held.get(name) ?? null
    this.#held.delete(name)
    return hold
  }

  releaseAll(): void {
    this.#held.clear()
  }

  /** Alt held to erase must not keep `[` from making the brush smaller. */
  actionOf(input: KeyInput): string | undefined {
    const chords = chordsOf(input)
    if (input.altKey) chords.push(...chordsOf({ ...input, altKey: false }))
    return chords.map((chord) => this.#actionOfChord.get(chord)).find((id) => id !== undefined)
  }
}

function isToolKey(name: string): name is ToolKey {
  return TOOL_KEYS.has(name)
}
