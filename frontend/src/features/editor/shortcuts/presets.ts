import { t } from '@/i18n'

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
  description: t('Letters for tools, numbers for classes.'),
  keys: {},
}

export const PRESETS: readonly Preset[] = [
  MASKWRIGHT,
  {
    id: 'labelbox',
    label: 'Labelbox',
    description: t('E hands in, X comments on a place, Ctrl+/ shows the keys.'),
    // Labelbox documentation, "Keyboard shortcuts" and "Image segmentation": see
    // docs/shortcut-presets.md. Tab goes through the objects and Alt held erases, as in ours. Q skips
    // at once there; here a skip has a reason, which no single key says.
    keys: {
      'task.submit': ['E', 'Mod+Enter'],
      'page.comment': ['X', 'K'],
      'tool.split': ['Alt+X'],
      'page.shortcuts': ['Mod+/', '?'],
    },
  },
  {
    id: 'kili',
    label: 'Kili',
    description: t('Click adds, Alt-click takes away, Esc calls off, as in every preset.'),
    // No list of Kili's keys was found to go by: see docs/shortcut-presets.md. Its users' habits of the interactive tools hold in
    // every preset; there a job's own letter chooses the class, as our classes' keys do.
    keys: {},
  },
  {
    id: 'segments',
    label: 'Segments.ai',
    description: t('Space selects, D picks areas under the pointer, R spares what is there.'),
    // Segments.ai documentation, "Image segmentation interface" (2025): B brush, S superpixels, E held
    // erases and Backspace removes, as in ours. Its polygon (P) draws by clicks and freehand, as our
    // pen does. Its hover-and-click (D) shows an area under the pointer, as our wand does; its lock
    // mode (R) is a switch, as our draw mode is.
    keys: {
      'tool.select': ['Space', 'V'],
      'tool.wand': ['D', 'W'],
      'draw.mode': ['R'],
    },
  },
  {
    id: 'cvat',
    label: 'CVAT',
    description: t('Shift+1 to 3 for the mask tools, N draws anew, M merges, D goes back.'),
    // CVAT documentation, "Shortcuts" and "Annotation with brush tool" (2.x). Hiding (H), locking (L),
    // Tab, Del, copying and undoing are as in ours. F goes on to the next frame there; here an image
    // is handed in for that, which is no key for a slip of the finger. What had these keys has others.
    keys: {
      'tool.brush': ['Shift+1', 'B'],
      'tool.eraser': ['Shift+2'],
      'tool.polygon': ['Shift+3', 'G'],
      'object.new': ['N'],
      'object.merge': ['M', 'J'],
      'tool.split': ['Alt+M', 'X'],
      'tool.border': ['Shift+M'],
      'view.minimap': ['Shift+Y'],
      'draw.mode': ['Shift+D'],
      'review.differences': ['Alt+D'],
      'findings.next-gap': ['Shift+N'],
      'tool.relate': ['Alt+Y'],
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
