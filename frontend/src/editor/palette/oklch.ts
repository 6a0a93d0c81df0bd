/** OKLCH (Björn Ottosson, "A perceptual color space for image processing", 2020) from and to sRGB. */
export interface Oklch {
  readonly lightness: number
  readonly chroma: number
  /** Radians. */
  readonly hue: number
}

export type Rgb = readonly [red: number, green: number, blue: number]

export function rgbFromHex(hex: string): Rgb | null {
  const match = /^#?([0-9a-f]{6})$/i.exec(hex)
  if (!match?.[1]) return null
  const value = Number.parseInt(match[1], 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}

export function hexFromRgb([red, green, blue]: Rgb): string {
  return `#${((1 << 24) | (red << 16) | (green << 8) | blue).toString(16).slice(1)}`
}

export function oklchFromRgb(rgb: Rgb): Oklch {
  const [r, g, b] = rgb.map(linearFromByte) as [number, number, number]
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  return {
    lightness: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    chroma: Math.hypot(a, bb),
    hue: Math.atan2(bb, a),
  }
}

/** Where the colour lies outside of sRGB its chroma is lowered; hue and lightness stay. */
export function rgbFromOklch(color: Oklch): Rgb {
  let { chroma } = color
  for (let attempt = 0; attempt < 24; attempt++) {
    const linear = linearFromOklch({ ...color, chroma })
    if (linear.every((channel) => channel >= -1e-4 && channel <= 1.0001)) {
      return linear.map(byteFromLinear) as unknown as Rgb
    }
    chroma *= 0.9
  }
  return linearFromOklch({ ...color, chroma: 0 }).map(byteFromLinear) as unknown as Rgb
}

function linearFromOklch({ lightness, chroma, hue }: Oklch): [number, number, number] {
  const a = chroma * Math.cos(hue)
  const b = chroma * Math.sin(hue)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
}

function linearFromByte(byte: number): number {
  const value = byte / 255
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}

function byteFromLinear(linear: number): number {
  const value = Math.min(1, Math.max(0, linear))
  const gamma = value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055
  return Math.round(gamma * 255)
}
