import type { KeyInput, Keymap } from '../types'

/** `Mod` is Ctrl, and Cmd on a Mac. */
export const defaultKeymap: Keymap = {
  actions: {
    'tool.select': ['V'],
    'tool.brush': ['B'],
    'tool.eraser': ['Shift+E'],
    'tool.pen': ['P'],
    'tool.fill': ['F'],
    'tool.wand': ['W'],
    'tool.threshold': ['Shift+W'],
    'tool.superpixels': ['S'],
    'fill.holes': ['Shift+F'],
    'fill.unlabelled': ['Mod+Shift+F'],
    'tool.polygon': ['G'],
    'tool.border': ['M'],
    'tool.split': ['X'],
    'tool.relate': ['Shift+Y'],
    'brush.smaller': ['['],
    'brush.larger': [']'],
    'draw.mode': ['D'],
    'draw.tip': ['Shift+B'],
    'draw.snap': ['Shift+S'],
    'edit.undo': ['Mod+Z'],
    'edit.redo': ['Mod+Shift+Z', 'Mod+Y'],
    'edit.cancel': ['Escape'],
    'object.new': ['Shift+N'],
    'object.delete': ['Delete', 'Backspace'],
    'object.merge': ['U'],
    'object.duplicate': ['Mod+D'],
    'object.copy': ['Mod+C'],
    'object.paste': ['Mod+V'],
    'object.separate': ['Shift+U'],
    'object.take-part': ['Shift+A'],
    'object.subtract': ['Shift+X'],
    'select.all': ['Mod+A'],
    'select.class': ['Mod+Shift+A'],
    'object.next': ['Tab'],
    'object.previous': ['Shift+Tab'],
    'object.hide': ['H'],
    'object.lock': ['L'],
    'class.lock': ['Shift+L'],
    'findings.next-gap': ['N'],
    'view.fit': ['0'],
    'view.actual-pixels': ['Z'],
    'view.object': ['T'],
    'view.zoom-in': ['+', '='],
    'view.zoom-out': ['-'],
    'tool.ruler': ['Shift+R'],
    'display.reset': ['Shift+I'],
    'display.outlines': ['Shift+O'],
    'display.mask-colors': ['Shift+K'],
    'view.crosshair': ['Shift+C'],
    'view.pixel-grid': ['Shift+G'],
    'view.minimap': ['Shift+M'],
    'view.second-view': ['Shift+V'],
  },
  holds: {
    Space: 'pan',
    Alt: 'erase',
    E: 'erase',
    R: 'protect',
    I: 'image-only',
    O: 'labels-only',
  },
}

/** The key as the keymap writes it: `Mod+Shift+Z`, `[`, `Space`. */
function chordOf(input: KeyInput): string {
  const { shiftKey = false, altKey = false, ctrlKey = false, metaKey = false } = input
  const key = keyName(input)
  // A shifted sign is another sign already; a shifted letter or named key is not.
  const isShiftPart = shiftKey && (key.length > 1 || /^[A-Z]$/.test(key)) && key !== 'Shift'
  const parts = [
    ctrlKey || metaKey ? 'Mod' : '',
    altKey && key !== 'Alt' ? 'Alt' : '',
    isShiftPart ? 'Shift' : '',
    key,
  ]
  return parts.filter((part) => part !== '').join('+')
}

/**
 * The chords a key press may stand for, likeliest first. What Shift makes of a digit differs from
 * keyboard to keyboard, so that Shift+1 is known by that name too.
 */
export function chordsOf(input: KeyInput): string[] {
  const digit = input.shiftKey ? /^Digit(\d)$/.exec(input.code ?? '')?.[1] : undefined
  if (digit === undefined) return [chordOf(input)]
  const parts = [
    input.ctrlKey || input.metaKey ? 'Mod+' : '',
    input.altKey ? 'Alt+' : '',
    `Shift+${digit}`,
  ]
  return [chordOf(input), parts.join('')]
}

/** The bare key: `E` for e, é stays É, `Space` for the space bar. */
export function keyName({ key }: KeyInput): string {
  if (key === ' ') return 'Space'
  return key.length === 1 ? key.toUpperCase() : key
}
