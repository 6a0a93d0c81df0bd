import { hexFromRgb, oklchFromRgb, rgbFromHex, rgbFromOklch } from './oklch'

/** Okabe and Ito's colours that hold up on photographs; told apart by colour-blind eyes. */
const OKABE_ITO = ['#e69f00', '#56b4e9', '#009e73', '#f0e442', '#0072b2', '#d55e00', '#cc79a7']

const STEP_LIGHTNESS = 0.74
const STEP_CHROMA = 0.14
/** Successive hues by the golden angle never fall on one another. */
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5))

/** Colour of the nth class that brought none of its own. */
export function paletteColor(index: number): string {
  const fixed = OKABE_ITO[index]
  if (fixed) return fixed
  const hue = (index - OKABE_ITO.length) * GOLDEN_ANGLE + 0.35
  return hexFromRgb(rgbFromOklch({ lightness: STEP_LIGHTNESS, chroma: STEP_CHROMA, hue }))
}

export function colorOrPalette(color: string | undefined, index: number): string {
  const rgb = color === undefined ? null : rgbFromHex(color)
  return rgb ? hexFromRgb(rgb) : paletteColor(index)
}

/** Steps that keep neighbours in the list apart without leaving the class's hue. */
const SHADES: readonly (readonly [lightness: number, hue: number])[] = [
  [0, 0],
  [0.1, 0.1],
  [-0.1, -0.1],
  [0.05, -0.2],
  [-0.05, 0.2],
  [0.13, -0.1],
  [-0.14, 0.1],
]

/** A handful per class, asked for with every stroke for every object. */
const shadesOfColor = new Map<string, readonly string[]>()

/** Shade of the nth instance (from 1) of a class. */
export function instanceColor(classColor: string, number: number): string {
  let shades = shadesOfColor.get(classColor)
  if (!shades) {
    shades = SHADES.map(([lighter, turned]) => shade(classColor, lighter, turned))
    shadesOfColor.set(classColor, shades)
  }
  return shades[(number - 1) % shades.length] ?? classColor
}

function shade(color: string, lighter: number, turned: number): string {
  const rgb = rgbFromHex(color)
  if (!rgb || (lighter === 0 && turned === 0)) return color
  const { lightness, chroma, hue } = oklchFromRgb(rgb)
  const shaded = Math.min(0.92, Math.max(0.35, lightness + lighter))
  return hexFromRgb(rgbFromOklch({ lightness: shaded, chroma, hue: hue + turned }))
}
