import { memo } from 'react'
import type { Id } from '@/api/types'
import { PinPopover } from '../comments/PinPopover'
import { Pins } from '../comments/Pins'
import { useThreadNews, useThreads } from '../comments/use-threads'
import type { Desk } from '../desk'
import { useLaterEditorValue } from '../hooks'
import { Arrows } from './Arrows'
import { CursorAnnouncer } from './CursorAnnouncer'
import { FocusRing } from './FocusRing'
import './annotations.css'

interface AnnotationsProps {
  desk: Desk
  projectId: Id
  assetId: Id
  taskId: Id
}

/**
 * What lies over the image but is no part of the masks: arrows between objects, comments, and a
 * ring around what is being shown. Elements say where on the image they are; when the view moves their places
 * are written without React, and a stroke touches none of them.
 */
export const Annotations = memo(function Annotations({
  desk,
  projectId,
  assetId,
  taskId,
}: AnnotationsProps) {
  const threads = useThreads(assetId)
  useThreadNews(projectId, assetId)
  const visibility = useLaterEditorValue(desk.editor, (snapshot) => snapshot.visibility)
  return (
    <>
      <CursorAnnouncer editor={desk.editor} />
      <div className="annotations" hidden={visibility === 'image-only'}>
        <Arrows desk={desk} />
        <FocusRing editor={desk.editor} />
        <Pins editor={desk.editor} comments={desk.comments} threads={threads} />
        <PinPopover
          editor={desk.editor}
          comments={desk.comments}
          threads={threads}
          assetId={assetId}
          taskId={taskId}
        />
      </div>
    </>
  )
})
