/** Drives an editor without a canvas: one screen pixel is one image pixel, from the same corner. */
import { expect } from 'vitest'
import { createEditor } from '../editor'
import type { Rect } from '../geometry/rects'
import { decodeBitmap } from '../masks/bitmap'
import type { ImageSource } from '../render/image-source'
import type {
  ClassSpec,
  DocumentChange,
  Editor,
  EditorOptions,
  EditorSnapshot,
  LoadedObject,
  Modifiers,
} from '../types'

export const CLASSES: readonly ClassSpec[] = [
  { id: 'car', name: 'Car', kind: 'thing', hotkey: '1', color: '#cc2200' },
  { id: 'road', name: 'Road', kind: 'stuff', hotkey: '2' },
  { id: 'shadow', name: 'Shadow', kind: 'thing', hotkey: '3', layer: 1 },
]

type Point = readonly [x: number, y: number]

export class HeadlessEditor {
  readonly editor: Editor
  readonly changes: DocumentChange[] = []
  readonly width: number
  readonly height: number

  constructor(
    objects: readonly LoadedObject[] = [],
    {
      width = 60,
      height = 40,
      imageSource = null,
      parts = null,
      ...options
    }: EditorOptions & {
      width?: number
      height?: number
      imageSource?: ImageSource | null
      parts?: readonly Rect[] | null
    } = {},
  ) {
    this.width = width
    this.height = height
    let made = 0
    const createKey = () => `object-${++made}`
    this.editor = createEditor({ classes: CLASSES, createKey, ...options })
    this.editor.changes.subscribe((change) => this.changes.push(change))
    // A fitted image has a margin of 16 pixels on each side; panning takes the left and top one off.
    this.editor.resize(width + 32, height + 32)
    this.editor.loadTask({ width, height, imageSource, objects, parts })
    if (parts) this.editor.zoomToFit()
    this.editor.pointerDown({ x: 16, y: 16, button: 1 })
    this.editor.pointerMove({ x: 0, y: 0 })
    this.editor.pointerUp({ x: 0, y: 0, button: 1 })
  }

  get state(): EditorSnapshot {
    return this.editor.store.getSnapshot()
  }

  down([x, y]: Point, modifiers: Partial<Modifiers> = {}): this {
    this.editor.pointerDown({ x, y, button: 0, ...modifiers })
    return this
  }

  move(...points: Point[]): this {
    for (const [x, y] of points) this.editor.pointerMove({ x, y })
    return this
  }

  up([x, y]: Point): this {
    this.editor.pointerUp({ x, y, button: 0 })
    return this
  }

  click(point: Point, modifiers: Partial<Modifiers> = {}): this {
    return this.down(point, modifiers).up(point)
  }

  drag(first: Point, ...rest: Point[]): this {
    return this.down(first)
      .move(...rest)
      .up(rest.at(-1) ?? first)
  }

  press(key: string, modifiers: Partial<Modifiers> = {}): this {
    this.editor.keyDown({ key, ...modifiers })
    this.editor.keyUp({ key, ...modifiers })
    return this
  }

  hold(key: string): this {
    this.editor.keyDown({ key })
    return this
  }

  release(key: string): this {
    this.editor.keyUp({ key })
    return this
  }

  expectState(toolState: string): this {
    expect(this.state.toolState).toBe(toolState)
    return this
  }

  /** Names of the objects with their areas. */
  get areas(): Record<string, number> {
    return Object.fromEntries(this.state.objects.map(({ name, areaPx }) => [name, areaPx]))
  }

  /** The object's bitmap, a string per row, by way of its run lengths. */
  rows(key: string): string[] {
    const { pixels } = decodeBitmap(this.editor.snapshotObject(key).mask)
    return Array.from({ length: this.height }, (_, y) =>
      Array.from(pixels.subarray(y * this.width, (y + 1) * this.width), (pixel) =>
        pixel ? '#' : '.',
      ).join(''),
    )
  }
}
