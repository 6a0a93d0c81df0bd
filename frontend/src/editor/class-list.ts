import { UnknownClass } from './document/errors'
import { colorOrPalette } from './palette/palette'
import type { Attributes, ClassSpec } from './types'

export interface DrawableClass {
  readonly id: string
  readonly name: string
  readonly color: string
  readonly hotkey: string | null
  readonly kind: 'thing' | 'stuff'
  readonly layer: number
  readonly overlapping: boolean
  readonly defaults: Attributes
}

/** The ontology's classes in their order, each with a colour. */
export class ClassList {
  readonly all: readonly DrawableClass[]
  readonly #byId: ReadonlyMap<string, DrawableClass>

  constructor(specs: readonly ClassSpec[]) {
    this.all = specs.map(
      ({ id, name, color, hotkey, kind, layer, overlapping, defaults }, index) => ({
        id,
        name,
        color: colorOrPalette(color, index),
        hotkey: hotkey ? hotkey.toLowerCase() : null,
        kind,
        layer: layer ?? 0,
        overlapping: overlapping ?? false,
        defaults: defaults ?? {},
      }),
    )
    this.#byId = new Map(this.all.map((each) => [each.id, each]))
  }

  find(id: string): DrawableClass | undefined {
    return this.#byId.get(id)
  }

  get(id: string): DrawableClass {
    const found = this.#byId.get(id)
    if (!found) throw new UnknownClass(id)
    return found
  }

  byHotkey(key: string): DrawableClass | undefined {
    return this.all.find(({ hotkey }) => hotkey === key)
  }
}
