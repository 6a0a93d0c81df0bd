import type { Aid } from '../display/display'
import { message } from '../message'
import type { Action } from './action'
import { hasTask } from './conditions'

function aidAction(aid: Aid, id: string, label: string, icon: string): Action {
  return {
    id: `view.${id}`,
    label,
    icon,
    isEnabled: hasTask,
    isChecked: (editor) => editor.store.getSnapshot().display.aids[aid],
    perform: (editor) => {
      editor.display.setAid(aid, !editor.store.getSnapshot().display.aids[aid])
    },
  }
}

/** How image and masks are shown. */
export const DISPLAY: readonly Action[] = [
  {
    id: 'display.reset',
    label: message('Show the image as it is'),
    icon: 'reset',
    isEnabled: (editor) => editor.display.isAdjusted,
    perform: (editor) => editor.display.resetAdjustments(),
  },
  {
    id: 'display.outlines',
    label: message('Outlines only'),
    icon: 'outline',
    isEnabled: hasTask,
    isChecked: (editor) => editor.store.getSnapshot().display.isOutlineOnly,
    perform: (editor) => {
      editor.display.setOutlineOnly(!editor.store.getSnapshot().display.isOutlineOnly)
    },
  },
  {
    id: 'display.mask-colors',
    label: message('Next way of colouring masks'),
    icon: 'palette',
    isEnabled: hasTask,
    perform: (editor) => editor.display.nextMaskColors(),
  },
  aidAction('crosshair', 'crosshair', message('Crosshair'), 'crosshair'),
  aidAction('pixelGrid', 'pixel-grid', message('Pixel grid from 800 %'), 'grid'),
  aidAction('minimap', 'minimap', message('Minimap'), 'map'),
  aidAction('secondView', 'second-view', message('Image beside its labels'), 'columns'),
]
