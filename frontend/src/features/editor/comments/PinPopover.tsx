import { type ReactNode, useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react'
import type { CommentThread, Id } from '@/api/types'
import type { Editor } from '@/editor'
import { t } from '@/i18n'
import { IconButton } from '@/ui/Button'
import { useLaterEditorValue, useReadable } from '../hooks'
import { X } from '../icons'
import { focusCanvas } from '../questions/focus'
import { NewComment, ThreadContents } from './CommentList'
import { type CommentPlace, type Comments, hasPin } from './comments'
import { placeOf } from './Pins'

interface PinPopoverProps {
  editor: Editor
  comments: Comments
  threads: readonly CommentThread[]
  assetId: Id
  taskId: Id
}

/** A conversation where it is pinned: what is spoken of stays in view while one writes. */
export function PinPopover({ editor, comments, threads, assetId, taskId }: PinPopoverProps) {
  const objects = useLaterEditorValue(editor, (snapshot) => snapshot.objects)
  const state = useReadable(comments.state)
  const atPin = useReadable(comments.atPin)
  const thread = threads.find(({ id }) => id === atPin)
  const close = () => {
    comments.cancel()
    focusCanvas()
  }
  if (state.kind === 'writing' && hasPin(state.place)) {
    const place = placeOf(editor, objects, placedOf(state.place))
    if (place === null) return null
    return (
      <AtPin editor={editor} place={place} label={t('New comment')} onClose={close}>
        <NewComment comments={comments} place={state.place} assetId={assetId} taskId={taskId} />
      </AtPin>
    )
  }
  const place = thread === undefined ? null : placeOf(editor, objects, thread)
  if (thread === undefined || place === null) return null
  return (
    <AtPin key={thread.id} editor={editor} place={place} label={t('Comment')} onClose={close}>
      <ClosedByEscape onClose={close} />
      <ThreadContents comments={comments} thread={thread} />
    </AtPin>
  )
}

function placedOf({ x, y, objectKey }: CommentPlace) {
  return { x, y, object_key: objectKey }
}

interface AtPinProps {
  editor: Editor
  place: { x: number; y: number }
  label: string
  onClose: () => void
  children: ReactNode
}

const GAP_PX = 12

/** Escape folds a conversation also where the keys are the image's; what is being written stays. */
function ClosedByEscape({ onClose }: { onClose: () => void }): null {
  const close = useEffectEvent(onClose)
  useEffect(() => {
    const onKeyDown = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') close()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
  return null
}

function AtPin({ editor, place, label, onClose, children }: AtPinProps) {
  const box = useRef<HTMLDivElement>(null)
  const { x, y } = place
  // After every render: what is said in it makes it grow.
  useLayoutEffect(() => {
    const follow = () => {
      if (box.current !== null) placeBeside(box.current, editor, x, y)
    }
    follow()
    return editor.viewport.subscribe(follow)
  })
  return (
    <div
      ref={box}
      className="comment-popover"
      role="dialog"
      aria-label={label}
      onKeyDown={({ key }) => {
        if (key === 'Escape') onClose()
      }}
    >
      <span className="comment-popover__close">
        <IconButton label={t('Close')} size="sm" icon={<X />} onPress={onClose} />
      </span>
      {children}
    </div>
  )
}

/** To the right of its pin, to the left where there is no room, and never out of the view. */
function placeBeside(box: HTMLElement, editor: Editor, x: number, y: number): void {
  const view = box.offsetParent
  if (view === null) return
  const { zoom, offsetX, offsetY } = editor.viewport.getSnapshot().viewport
  const [pinX, pinY] = [x * zoom + offsetX, y * zoom + offsetY]
  const right = pinX + GAP_PX
  const isRoomRight = right + box.offsetWidth <= view.clientWidth
  const left = isRoomRight ? right : pinX - GAP_PX - box.offsetWidth
  box.style.left = `${clamp(left, view.clientWidth - box.offsetWidth)}px`
  box.style.top = `${clamp(pinY - GAP_PX, view.clientHeight - box.offsetHeight)}px`
}

function clamp(value: number, most: number): number {
  return Math.max(0, Math.min(most, value))
}
