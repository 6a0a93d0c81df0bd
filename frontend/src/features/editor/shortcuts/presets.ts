/**
 * Habits that people bring along. A preset names only what differs from ours: the keys that the
 * other tool's makers document for the same thing. Where a tool has no key for something, or the
 * same one, ours stays.
 */
export interface Preset {
  readonly id: string
  readonly label: string
  readonly description: string
  readonly keys: Readonly<Record<string, readonly string[]>>
}

const MASKWRIGHT: Preset = {
  id: 'maskwright',
  label: 'Maskwright',
  description: 'Letters for tools, numbers for classes.',
  keys: {},
}

export const PRESETS: readonly Preset[] = [
  MASKWRIGHT,
  {
    id: 'labelbox',
    label: 'Labelbox',
    description: 'Alt held erases, the pen draws freehand and straight: as in ours.',
    keys: {},
  },
  {
    id: 'kili',
    label: 'Kili',
    description: 'Click adds, Alt-click takes away, Esc calls off, as in every preset.',
    keys: {},
  },
  {
    id: 'segments',
    label: 'Segments.ai',
    description: 'P draws polygons, Space goes back to selecting, R protects the others.',
    keys: {
      'tool.polygon': ['P', 'G'],
      'tool.pen': ['Shift+P'],
      'tool.select': ['Space', 'V'],
    },
  },
  {
    id: 'cvat',
    label: 'CVAT',
    description: 'Shift+1 to 3 for the mask tools, N draws anew, M merges, D goes back.',
    keys: {
      'tool.brush': ['Shift+1', 'B'],
      'tool.eraser': ['Shift+2'],
      'tool.polygon': ['Shift+3', 'G'],
      'object.new': ['N'],
      'object.merge': ['M', 'J'],
      'tool.border': ['Shift+M'],
      'draw.mode': ['Shift+D'],
      'task.previous': ['D'],
      'page.shortcuts': ['F1', '?'],
      'page.instructions': ['Shift+F1'],
    },
  },
]

/** The preset of that name; ours where it is not known here. */
export function presetOf(id: string): Preset {
  return PRESETS.find((preset) => preset.id === id) ?? MASKWRIGHT
}
