import type { ClassList } from '../class-list'
import type { ObjectRecord } from '../document/objects'
import { message } from '../message'
import { instanceColor, paletteColor } from '../palette/palette'
import type { ObjectKey } from '../types'

/** `instance`: shades of the class's colour · `class`: just that · `maker`: who or what made it. */
export type MaskColors = 'instance' | 'class' | 'maker'
export const MASK_COLORS: readonly MaskColors[] = ['instance', 'class', 'maker']

/** Who or what made each object, where that is known; the others were drawn by hand here. */
export type Makers = ReadonlyMap<ObjectKey, string>
export const DRAWN_BY_HAND = message('Drawn by hand')

export interface MakerColor {
  readonly maker: string
  readonly color: string
}

export type ColorOf = (record: ObjectRecord) => string

export function objectColors(mode: MaskColors, classes: ClassList, makers: Makers): ColorOf {
  switch (mode) {
    case 'instance':
      return (record) => shadeOf(record, classes)
    case 'class':
      return ({ classId }) => classes.find(classId)?.color ?? paletteColor(0)
    case 'maker': {
      const colors = new Map(makerColors(makers).map(({ maker, color }) => [maker, color]))
      return ({ key }) => colors.get(makers.get(key) ?? DRAWN_BY_HAND) ?? paletteColor(0)
    }
  }
}

/** The legend: what is drawn by hand first, then the others by name. */
export function makerColors(makers: Makers): MakerColor[] {
  const others = new Set(makers.values())
  others.delete(DRAWN_BY_HAND)
  const names = [DRAWN_BY_HAND, ...Array.from(others).sort()]
  return names.map((maker, index) => ({ maker, color: paletteColor(index) }))
}

/** Things are told apart by shades of their class's colour; stuff has just that. */
function shadeOf({ classId, number }: ObjectRecord, classes: ClassList): string {
  const found = classes.find(classId)
  if (!found) return paletteColor(0)
  return found.kind === 'thing' ? instanceColor(found.color, number) : found.color
}
