import { describe, expect, it } from 'vitest'
import { oklchFromRgb, rgbFromHex, rgbFromOklch } from './oklch'
import { colorOrPalette, instanceColor, paletteColor } from './palette'

function oklch(hex: string) {
  return oklchFromRgb(rgbFromHex(hex) ?? [0, 0, 0])
}

describe('the palette', () => {
  it("begins with Okabe and Ito's colours", () => {
    expect([0, 1, 2].map(paletteColor)).toEqual(['#e69f00', '#56b4e9', '#009e73'])
  })

  it('goes on with colours of one lightness, no two alike', () => {
    const steps = Array.from({ length: 24 }, (_, index) => paletteColor(index + 7))
    expect(new Set(steps).size).toBe(24)
    for (const hex of steps) expect(oklch(hex).lightness).toBeCloseTo(0.74, 1)
  })

  it('takes the place of a colour that is none', () => {
    expect(colorOrPalette('#12AB9f', 3)).toBe('#12ab9f')
    expect(colorOrPalette('blue', 3)).toBe(paletteColor(3))
    expect(colorOrPalette(undefined, 3)).toBe(paletteColor(3))
  })

  it('shades neighbouring instances apart and near the hue of their class', () => {
    const shades = Array.from({ length: 7 }, (_, index) => instanceColor('#0072b2', index + 1))
    expect(new Set(shades).size).toBe(7)
    expect(shades[0]).toBe('#0072b2')
    for (const shade of shades) {
      expect(Math.abs(oklch(shade).hue - oklch('#0072b2').hue)).toBeLessThan(0.4)
    }
  })

  it('turns every grey and primary into OKLCH and back', () => {
    for (const hex of ['#000000', '#808080', '#ffffff', '#ff0000', '#00ff00', '#0000ff']) {
      const rgb = rgbFromHex(hex) ?? [0, 0, 0]
      expect(rgbFromOklch(oklchFromRgb(rgb))).toEqual(rgb)
    }
  })
})
