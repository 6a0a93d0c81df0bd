import { describe, expect, it } from 'vitest'
import { TileLayer } from '../labelmap/tile-layer'
import { PaintTable } from './paint-table'
import { levelForScale, paintTexels, TEXEL_TILE } from './texels'

/** Draws a layer from text, a digit per pixel, into the first tile. */
function layerOf(rows: readonly string[]): TileLayer {
  const layer = new TileLayer({ width: rows[0]?.length ?? 0, height: rows.length })
  const tile = new Uint16Array(256 * 256)
  rows.forEach((row, y) => {
    Array.from(row).forEach((digit, x) => {
      tile[y * 256 + x] = Number(digit)
    })
  })
  layer.putTile(0, tile)
  return layer
}

function paintOf(selected: readonly number[] = [], hidden: readonly number[] = []): PaintTable {
  const paint = new PaintTable()
  const look = (id: number) => ({
    id,
    color: id === 1 ? '#ff0000' : '#00ff00',
    isSelected: selected.includes(id),
    isHidden: hidden.includes(id),
  })
  paint.update([look(1), look(2)], 0.5)
  return paint
}

const SIGNS = new Map([
  [0, '.'],
  [0xff0000ff, 'R'],
  [0x800000ff, 'r'],
  [0xff00ff00, 'G'],
  [0x8000ff00, 'g'],
  [0xffffffff, 'W'],
  [0xff000000, 'K'],
])

/** Capitals are borders, small letters fills, W and K the white and black line. */
function painted(
  layers: TileLayer[],
  paint: PaintTable,
  level: number,
  columns: number,
  rows: number,
) {
  const out = new Uint32Array(TEXEL_TILE * TEXEL_TILE)
  paintTexels(layers, paint, level, { left: 0, top: 0, right: columns, bottom: rows }, 0, 0, out)
  return Array.from({ length: rows }, (_, y) =>
    Array.from(
      out.subarray(y * TEXEL_TILE, y * TEXEL_TILE + columns),
      (color) => SIGNS.get(color) ?? '?',
    ).join(''),
  )
}

const TWO = ['000000000', '011112220', '011112220', '011112220', '000000000']

describe('texels', () => {
  it('show a fill with a border in the same colour, on both sides of a shared edge', () => {
    expect(painted([layerOf(TWO)], paintOf(), 0, 9, 5)).toEqual([
      '.........',
      '.RRRRGGG.',
      '.RrrRGgG.',
      '.RRRRGGG.',
      '.........',
    ])
  })

  it('show what is selected between a white and a black line', () => {
    expect(painted([layerOf(TWO)], paintOf([1]), 0, 9, 5)).toEqual([
      '.KKKK....',
      'KWWWWKGG.',
      'KWrrWKgG.',
      'KWWWWKGG.',
      '.KKKK....',
    ])
  })

  it('leave out what is hidden', () => {
    expect(painted([layerOf(TWO)], paintOf([], [1]), 0, 9, 5)[2]).toBe('.....GgG.')
  })

  it('draw no border along the edge of the image', () => {
    expect(painted([layerOf(['111', '111', '110'])], paintOf(), 0, 3, 3)).toEqual([
      'rrr',
      'rrR',
      'rR.',
    ])
  })

  it('keep borders thin where a pixel is several texels wide', () => {
    expect(painted([layerOf(['000', '010', '000'])], paintOf(), -2, 12, 12).slice(3, 9)).toEqual([
      '............',
      '....RRRR....',
      '....RrrR....',
      '....RrrR....',
      '....RRRR....',
      '............',
    ])
  })

  it('take every second pixel a level up', () => {
    const row = '0000111111110000'
    const rows = Array.from({ length: 16 }, () => row)
    expect(painted([layerOf(rows)], paintOf(), 1, 8, 8)[3]).toBe('..RrrR..')
  })

  it('lay an upper layer over a lower one and let it show through', () => {
    const lower = layerOf(['111', '111', '111'])
    const upper = layerOf(['222', '222', '222'])
    const out = new Uint32Array(TEXEL_TILE * TEXEL_TILE)
    paintTexels([lower, upper], paintOf(), 0, { left: 0, top: 0, right: 3, bottom: 3 }, 0, 0, out)
    const [red, green, , alpha] = new Uint8Array(out.buffer)
    expect([red, green, alpha]).toEqual([85, 170, 192])
  })

  it.each([
    [1, 0],
    [1.9, 0],
    [2, -1],
    [0.5, 1],
    [0.3, 2],
    [64, -6],
  ])('are one to two device pixels at a scale of %d', (scale, level) => {
    expect(levelForScale(scale)).toBe(level)
  })
})
