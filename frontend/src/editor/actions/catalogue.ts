import type { Action } from './action'
import { AREAS } from './areas'
import { COMBINING } from './combining'
import { COMPLETENESS } from './completeness'
import { DISPLAY } from './display'
import { DRAWING } from './drawing'
import { EDITING } from './editing'
import { OBJECTS } from './objects'
import { RESHAPING } from './reshaping'
import { TOOLS } from './tools'
import { VIEW } from './view'

/** Everything one can do, each in one place: toolbar, menu, shortcut, palette and help read this. */
export const ACTIONS: readonly Action[] = [
  ...TOOLS,
  ...DRAWING,
  ...EDITING,
  ...OBJECTS,
  ...VIEW,
  ...COMPLETENESS,
  ...AREAS,
  ...COMBINING,
  ...RESHAPING,
  ...DISPLAY,
]
