/**
 * Colours for classes, told apart by colour-blind eyes.
 *
 * The first seven are Okabe and Ito's; black, their eighth, is left out because it vanishes on
 * dark images. The rest are steps in OKLCH with equal lightness (0.70, then 0.52), converted to
 * sRGB once.
 *
 * Source: M. Okabe, K. Ito, "Color Universal Design", 2008.
 */
export const CLASS_PALETTE: readonly { color: string; name: string }[] = [
  { color: '#e69f00', name: 'Orange' },
  { color: '#56b4e9', name: 'Sky blue' },
  { color: '#009e73', name: 'Bluish green' },
  { color: '#f0e442', name: 'Yellow' },
  { color: '#0072b2', name: 'Blue' },
  { color: '#d55e00', name: 'Vermilion' },
  { color: '#cc79a7', name: 'Reddish purple' },
  { color: '#e274ab', name: 'Pink' },
  { color: '#ed756e', name: 'Coral' },
  { color: '#a5a50e', name: 'Olive' },
  { color: '#68b457', name: 'Leaf' },
  { color: '#04b991', name: 'Mint' },
  { color: '#09b4bb', name: 'Turquoise' },
  { color: '#659dfb', name: 'Cornflower' },
  { color: '#a689f1', name: 'Lavender' },
  { color: '#ab3a5d', name: 'Crimson' },
  { color: '#aa4606', name: 'Brown' },
  { color: '#736c01', name: 'Moss' },
  { color: '#1b7e2a', name: 'Forest' },
  { color: '#087970', name: 'Teal' },
  { color: '#067398', name: 'Steel' },
  { color: '#525dbd', name: 'Indigo' },
  { color: '#7d4dad', name: 'Violet' },
  { color: '#974391', name: 'Plum' },
]

const HEX_COLOR = /^#[0-9a-f]{6}$/i

export function isHexColor(text: string): boolean {
  return HEX_COLOR.test(text)
}

/** The first palette colour that is not in use, or the least used one. */
export function nextColor(used: readonly string[]): string {
  const uses = new Map<string, number>()
  for (const color of used) {
    const key = color.toLowerCase()
    uses.set(key, (uses.get(key) ?? 0) + 1)
  }
  let best = '#e69f00'
  let fewest = Number.POSITIVE_INFINITY
  for (const { color } of CLASS_PALETTE) {
    const count = uses.get(color) ?? 0
    if (count < fewest) {
      best = color
      fewest = count
    }
  }
  return best
}
