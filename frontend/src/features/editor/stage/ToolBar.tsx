import type { ReactNode } from 'react'
import { memo } from 'react'
import type { Editor, ToolId } from '@/editor'
import { t } from '@/i18n'
import { BorderRadius } from '../bars/BorderRadius'
import { BrushSize } from '../bars/BrushSize'
import { BrushTip } from '../bars/BrushTip'
import { DrawingTarget } from '../bars/DrawingTarget'
import { DrawModes } from '../bars/DrawModes'
import { FillBar } from '../bars/FillBar'
import { OutlinePoints } from '../bars/OutlinePoints'
import { PlaceBar } from '../bars/PlaceBar'
import { ReshapeBar } from '../bars/ReshapeBar'
import { SelectBar } from '../bars/SelectBar'
import { SnapToggle } from '../bars/SnapToggle'
import { SplitTarget } from '../bars/SplitTarget'
import { SuperpixelBar } from '../bars/SuperpixelBar'
import { ThresholdBar } from '../bars/ThresholdBar'
import { WandBar } from '../bars/WandBar'
import { useEditorValue } from '../hooks'

/** The active tool's own small bar: what can be set about it, and the class it draws. */
export const ToolBar = memo(function ToolBar({ editor }: { editor: Editor }) {
  const tool = useEditorValue(editor, (snapshot) => snapshot.tool)
  const isErasing = useEditorValue(editor, (snapshot) => snapshot.isErasing)
  const settings = settingsOf(tool, editor, isErasing)
  if (settings === null) return null
  return (
    <div className="tool-bar-place">
      <div className="tool-bar" data-tool={tool} role="toolbar" aria-label={t('Tool settings')}>
        {settings}
      </div>
    </div>
  )
})

/** One entry per tool that has settings; null for those that have none. */
function settingsOf(tool: ToolId, editor: Editor, isErasing: boolean): ReactNode {
  switch (tool) {
    case 'brush':
      return (
        <>
          <DrawingTarget editor={editor} />
          <BrushSize editor={editor} />
          <BrushTip editor={editor} />
          <DrawModes editor={editor} isDisabled={isErasing} />
        </>
      )
    case 'eraser':
      return (
        <>
          <DrawingTarget editor={editor} />
          <BrushSize editor={editor} />
          <BrushTip editor={editor} />
        </>
      )
    case 'pen':
      return (
        <>
          <DrawingTarget editor={editor} />
          <SnapToggle editor={editor} />
          <DrawModes editor={editor} isDisabled={isErasing} />
        </>
      )
    case 'polygon':
      return (
        <>
          <DrawingTarget editor={editor} />
          <OutlinePoints editor={editor} />
          <SnapToggle editor={editor} />
          <DrawModes editor={editor} isDisabled={isErasing} />
        </>
      )
    case 'fill':
      return (
        <>
          <DrawingTarget editor={editor} />
          <FillBar editor={editor} />
          <DrawModes editor={editor} isDisabled={isErasing} />
        </>
      )
    case 'wand':
      return (
        <>
          <DrawingTarget editor={editor} />
          <WandBar editor={editor} />
          <DrawModes editor={editor} isDisabled={isErasing} />
        </>
      )
    case 'threshold':
      return (
        <>
          <DrawingTarget editor={editor} />
          <ThresholdBar editor={editor} />
        </>
      )
    case 'superpixels':
      return (
        <>
          <DrawingTarget editor={editor} />
          <SuperpixelBar editor={editor} />
          <DrawModes editor={editor} isDisabled={isErasing} />
        </>
      )
    case 'reshape':
      return <ReshapeBar editor={editor} />
    case 'place':
      return (
        <>
          <PlaceBar editor={editor} />
          <DrawModes editor={editor} isDisabled={isErasing} />
        </>
      )
    case 'select':
      return <SelectBar editor={editor} />
    case 'border':
      return <BorderRadius editor={editor} />
    case 'split':
      return <SplitTarget editor={editor} />
    // Without a bar the canvas would jump under the pointer.
    case 'pan':
      return <span className="tool-bar__words">{t('Drag to move the image.')}</span>
    case 'relate':
      return (
        <span className="tool-bar__words">
          {t('Drag from one object to another. The panel says how they relate.')}
        </span>
      )
    case 'ruler':
      return (
        <span className="tool-bar__words">{t('Drag from one place to another to measure.')}</span>
      )
  }
}
