import { t } from '@/i18n'

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
  { color: '#e69f00', name: t('Orange') },
  { color: '#56b4e9', name: t('Sky blue') },
  { color: '#009e73', name: t('Bluish green') },
  { color: '#f0e442', name: t('Yellow') },
  { color: '#0072b2', name: t('Blue') },
  { color: '#d55e00', name: t('Vermilion') },
  { color: '#cc79a7', name: t('Reddish purple') },
  { color: '#e274ab', name: t('Pink') },
  { color: '#ed756e', name: t('Coral') },
  { color: '#a5a50e', name: t('Olive') },
  { color: '#68b457', name: t('Leaf') },
  { color: '#04b991', name: t('Mint') },
  { color: '#09b4bb', name: t('Turquoise') },
  { color: '#659dfb', name: t('Cornflower') },
  { color: '#a689f1', name: t('Lavender') },
  { color: '#ab3a5d', name: t('Crimson') },
  { color: '#aa4606', name: t('Brown') },
  { color: '#736c01', name: t('Moss') },
  { color: '#1b7e2a', name: t('Forest') },
  { color: '#087970', name: t('Teal') },
  { color: '#067398', name: t('Steel') },
  { color: '#525dbd', name: t('Indigo') },
  { color: '#7d4dad', name: t('Violet') },
  { color: '#974391', name: t('Plum') },
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
