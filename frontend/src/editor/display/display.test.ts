import { describe, expect, it } from 'vitest'
import { imagePoint } from '../geometry/points'
import { encodeBitmap } from '../masks/bitmap'
import { textOf } from '../message'
import { sayNumbersAs } from '../number-words'
import { HeadlessEditor } from '../testing/headless'
import { measured, snappedTo45 } from '../tools/ruler'
import { DRAWN_BY_HAND } from './mask-colors'
import { lengthWords, pixelSizeOf, scaleBar } from './pixel-size'

function withCars(): HeadlessEditor {
  const mask = (column: number) => {
    const pixels = new Uint8Array(60 * 40)
    pixels.fill(1, column * 10, column * 10 + 5)
    return encodeBitmap({ width: 60, height: 40, pixels })
  }
  return new HeadlessEditor([
    { key: 'by-hand', classId: 'car', mask: mask(0) },
    { key: 'by-model', classId: 'car', mask: mask(1) },
  ])
}

const colors = ({ state }: HeadlessEditor) => state.objects.map(({ color }) => color)

describe('the display', () => {
  it('never changes the document, nor its history', () => {
    const hands = withCars()
    const before = hands.editor.snapshotAll()
    const { revision } = hands.state
    hands.editor.display.adjust({ brightness: 40, gamma: 2, equalization: 'local' })
    hands.editor.display.setOutlineOnly(true)
    hands.press('I', { shiftKey: true }).press('K', { shiftKey: true })
    expect(hands.editor.snapshotAll()).toEqual(before)
    expect(hands.state).toMatchObject({ revision, undoLabel: null })
    expect(hands.changes).toEqual([])
  })

  it('is reset by one key', () => {
    const hands = withCars()
    hands.editor.display.adjust({ contrast: -20, isInverted: true })
    expect(hands.editor.display.isAdjusted).toBe(true)
    hands.press('I', { shiftKey: true })
    expect(hands.editor.display.isAdjusted).toBe(false)
    expect(hands.editor.display.filter).toBeNull()
  })

  it('restores what was remembered, and what makes no sense as it is by default', () => {
    const { display } = new HeadlessEditor().editor
    display.adjust({ brightness: 12 })
    display.setAid('crosshair', true)
    const remembered = JSON.parse(JSON.stringify(display.settings))
    const other = new HeadlessEditor().editor.display
    other.restore(remembered)
    expect(other.settings).toEqual(display.settings)
    other.restore({ adjustments: 7, maskColors: 'rainbow', aids: [] })
    expect(other.settings).toEqual(new HeadlessEditor().editor.display.settings)
  })

  it('colours by object, by class, and by who or what made it', () => {
    const hands = withCars()
    const [first, second] = colors(hands)
    expect(first).not.toBe(second)
    hands.press('K', { shiftKey: true })
    expect(colors(hands)).toEqual(['#cc2200', '#cc2200'])
    const model = { name: 'Model A', isHand: false }
    hands.editor.display.setMakers(new Map([['by-model', model]]))
    hands.press('K', { shiftKey: true })
    const legend = hands.editor.display.legend
    expect(legend.map(({ maker }) => maker)).toEqual([DRAWN_BY_HAND, 'Model A'])
    expect(colors(hands)).toEqual(legend.map(({ color }) => color))
  })

  it('says with which tool, and that a model was corrected, and changes no other colour for it', () => {
    const hands = withCars()
    const { editor } = hands
    const model = { name: 'Model A', isHand: false }
    editor.display.setMakers(new Map([['by-model', model]]))
    editor.display.setMaskColors('maker')
    const [byHand] = colors(hands)
    editor.select(['by-model'])
    editor.setTool('brush')
    hands.drag([50, 30], [55, 35])
    editor.select([])
    hands.down([20, 30]).move([24, 30])
    const amid = colors(hands)
    hands.up([24, 30])
    expect(colors(hands)).toEqual(amid)
    editor.undo()
    editor.select([])
    editor.setTool('pen')
    hands.drag([40, 2], [55, 2], [55, 8])
    hands.press('Enter')
    expect(editor.display.legend.map(({ maker }) => textOf(maker))).toEqual([
      DRAWN_BY_HAND,
      'Model A, corrected',
      'Pen',
    ])
    expect(colors(hands)[0]).toBe(byHand)
    expect(new Set(colors(hands)).size).toBe(3)
    expect(editor.display.makerOf('nobody')).toBeNull()
  })
})

describe('the ruler', () => {
  const start = imagePoint(10, 20)

  it('says length and angle, and what that is in the world where this is known', () => {
    const end = imagePoint(13, 16)
    expect(measured(start, end, null).label).toBe('5.0 px · 53.1°')
    const pixelSize = { length: 0.25, unit: 'µm' }
    expect(measured(start, end, pixelSize).label).toBe('5.0 px · 53.1° · 1.25 µm')
  })

  it('writes numbers as the page does', () => {
    const german = new Intl.NumberFormat('de', { maximumFractionDigits: 2 })
    sayNumbersAs((value) => german.format(value))
    const pixelSize = { length: 0.5, unit: 'µm' }
    const { label } = measured(start, imagePoint(13.5, 20), pixelSize)
    sayNumbersAs((value, decimals) => value.toFixed(decimals))
    expect(label).toBe('3,5 px · 0° · 1,75 µm')
  })

  it('keeps to steps of 45° where that is wanted', () => {
    const snapped = snappedTo45(start, imagePoint(20, 21))
    expect(measured(start, snapped, null).label).toBe('10.0 px · 0.0°')
  })

  it('draws nothing into the document, and is called off by Escape', () => {
    const hands = new HeadlessEditor()
    hands.press('R', { shiftKey: true }).down([10, 20]).move([30, 20]).expectState('measuring')
    hands.press('Escape').expectState('idle').up([30, 20])
    hands.drag([10, 20], [13, 16]).expectState('idle')
    expect(hands.state).toMatchObject({ objects: [], undoLabel: null })
  })
})

describe('pixel sizes', () => {
  it('are read from metadata as a number or with a unit', () => {
    expect(pixelSizeOf({ pixel_size: 0.25 })).toEqual({ length: 0.25, unit: 'µm' })
    expect(pixelSizeOf({ pixel_size: 10, pixel_size_unit: 'm' })).toEqual({ length: 10, unit: 'm' })
    expect(pixelSizeOf({ pixel_size: '0.5 um' })).toEqual({ length: 0.5, unit: 'µm' })
    for (const senseless of [{}, { pixel_size: 0 }, { pixel_size: 'wide' }, { pixel_size: -2 }]) {
      expect(pixelSizeOf(senseless)).toBeNull()
    }
  })

  it('make lengths and scale bars that read well', () => {
    expect(lengthWords(400, { length: 0.25, unit: 'µm' })).toBe('100 µm')
    expect(lengthWords(8000, { length: 0.25, unit: 'µm' })).toBe('2 mm')
    expect(lengthWords(3, { length: 2, unit: 'inch' })).toBe('6 inch')
    expect(scaleBar(2, 120, { length: 0.25, unit: 'µm' })).toEqual({ widthPx: 80, label: '10 µm' })
    expect(scaleBar(1, 100, { length: 1, unit: 'm' })).toEqual({ widthPx: 100, label: '100 m' })
  })
})
