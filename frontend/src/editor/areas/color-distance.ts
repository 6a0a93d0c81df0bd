import type { ColorMatch } from './pixels'

/** Distances as the eye sees them (CIE 1976 ΔE), or as the numbers of the file are. */
export type ColorSpace = 'lab' | 'rgb'

/** sRGB (IEC 61966-2-1) to XYZ, and the white of D65: the constants of CIE 15. */
const WHITE = [0.95047, 1, 1.08883] as const
const TO_XYZ = [
  [0.412453, 0.35758, 0.180423],
  [0.212671, 0.71516, 0.072169],
  [0.019334, 0.119193, 0.950227],
] as const

const LINEAR = Float64Array.from({ length: 256 }, (_, value) => {
  const part = value / 255
  return part > 0.04045 ? ((part + 0.055) / 1.055) ** 2.4 : part / 12.92
})

export type Lab = readonly [lightness: number, a: number, b: number]

/** CIELAB of a colour 0xrrggbb. */
export function labOf(color: number): Lab {
  const red = LINEAR[color >> 16] as number
  const green = LINEAR[(color >> 8) & 255] as number
  const blue = LINEAR[color & 255] as number
  const [x, y, z] = TO_XYZ.map(([r, g, b], axis) =>
    curve((r * red + g * green + b * blue) / (WHITE[axis] as number)),
  ) as [number, number, number]
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

function curve(t: number): number {
  return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116
}

/** A byte says of a colour in which query it was last looked at, and what came out. */
const LAST_EPOCH = 127

/**
 * Colours near to one, each looked at once: a photograph of twelve megapixels has some hundred
 * thousand, so that exact distances in CIELAB cost no more than a table.
 */
export class NearColors {
  readonly #known = new Uint8Array(1 << 24)
  #epoch = 0

  near(seed: number, space: ColorSpace, tolerance: number): ColorMatch {
    if (this.#epoch === LAST_EPOCH) {
      this.#known.fill(0)
      this.#epoch = 0
    }
    this.#epoch++
    const known = this.#known
    const out = 2 * this.#epoch
    const isNear = space === 'lab' ? nearInLab(seed, tolerance) : nearInRgb(seed, tolerance)
    return {
      matches: (color) => {
        const seen = known[color] as number
        if (seen >= out) return seen > out
        const found = isNear(color)
        known[color] = found ? out + 1 : out
        return found
      },
    }
  }
}

function nearInLab(seed: number, tolerance: number): (color: number) => boolean {
  const from = labOf(seed)
  return (color) => {
    const to = labOf(color)
    return Math.hypot(to[0] - from[0], to[1] - from[1], to[2] - from[2]) <= tolerance
  }
}

function nearInRgb(seed: number, tolerance: number): (color: number) => boolean {
  return (color) => {
    const red = (color >> 16) - (seed >> 16)
    const green = ((color >> 8) & 255) - ((seed >> 8) & 255)
    const blue = (color & 255) - (seed & 255)
    return red * red + green * green + blue * blue <= tolerance * tolerance
  }
}
