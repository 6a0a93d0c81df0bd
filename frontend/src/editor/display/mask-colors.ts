import type { ClassList } from '../class-list'
import type { ObjectRecord } from '../document/objects'
import { type Message, message, textOf } from '../message'
import { instanceColor, paletteColor } from '../palette/palette'
import type { ObjectKey } from '../types'

/** `instance`: shades of the class's colour · `class`: just that · `maker`: who or what made it. */
export type MaskColors = 'instance' | 'class' | 'maker'
export const MASK_COLORS: readonly MaskColors[] = ['instance', 'class', 'maker']

/** Somebody or something that made an object. What a hand here goes on with stays a hand's. */
export interface Maker {
  readonly name: string
  readonly isHand: boolean
}

/** Who or what made each object, where that is more than a tool in this editor. */
export type Makers = ReadonlyMap<ObjectKey, Maker>
export const DRAWN_BY_HAND = message('Drawn by hand')

/** Of the tools that make objects, by their names in what is saved. */
export const TOOL_NAMES: Readonly<Record<string, Message>> = {
  brush: message('Brush'),
  eraser: message('Eraser'),
  pen: message('Pen'),
  polygon: message('Polygon'),
  fill: message('Fill'),
  wand: message('Magic wand'),
  threshold: message('Threshold'),
  superpixels: message('Superpixels'),
  border: message('Move a shared border'),
  split: message('Split'),
  reshape: message('Grow, shrink or smooth'),
  place: message('Copy|of an object'),
}

/** A tool that this editor does not have is called what it is called where it came from. */
export function toolName(tool: string): Message {
  return TOOL_NAMES[tool] ?? tool
}

export interface MakerColor {
  readonly maker: Message
  readonly color: string
}

export type ColorOf = (record: ObjectRecord) => string

export function objectColors(
  mode: MaskColors,
  classes: ClassList,
  colorOfMaker: (record: ObjectRecord) => string,
): ColorOf {
  switch (mode) {
    case 'instance':
      return (record) => shadeOf(record, classes)
    case 'class':
      return ({ classId }) => classes.find(classId)?.color ?? paletteColor(0)
    case 'maker':
      return colorOfMaker
  }
}

/** Colours of makers in the order in which they are come upon: a new one changes no other's. */
export class MakerColors {
  readonly #makers: Makers
  readonly #places = new Map<string, number>()

  constructor(makers: Makers) {
    this.#makers = makers
  }

  colorOf(record: ObjectRecord): string {
    return paletteColor(this.#placeOf(this.makerOf(record)))
  }

  /** Of these objects. */
  legend(records: Iterable<ObjectRecord>): MakerColor[] {
    const makers = new Map<number, Message>()
    for (const record of records) {
      const maker = this.makerOf(record)
      makers.set(this.#placeOf(maker), maker)
    }
    return Array.from(makers)
      .sort(([a], [b]) => a - b)
      .map(([place, maker]) => ({ maker, color: paletteColor(place) }))
  }

  makerOf({ key, making: { tool, lastTool } }: ObjectRecord): Message {
    const maker = this.#makers.get(key)
    if (!maker) return tool === null ? DRAWN_BY_HAND : toolName(tool)
    if (maker.isHand || lastTool === null) return maker.name
    return message('{maker}, corrected', { maker: maker.name })
  }

  #placeOf(maker: Message): number {
    const name = textOf(maker)
    const place = this.#places.get(name) ?? this.#places.size
    this.#places.set(name, place)
    return place
  }
}

/** Things are told apart by shades of their class's colour; stuff has just that. */
function shadeOf({ classId, number }: ObjectRecord, classes: ClassList): string {
  const found = classes.find(classId)
  if (!found) return paletteColor(0)
  return found.kind === 'thing' ? instanceColor(found.color, number) : found.color
}
