import { type MouseEvent, useEffect, useRef } from 'react'
import type { CommentThread } from '@/api/types'
import type { Editor, ObjectView } from '@/editor'
import { t } from '@/i18n'
import { usePlacedOnImage } from '../annotations/place'
import { useLaterEditorValue, useReadable } from '../hooks'
import { MessageCircle } from '../icons'
import type { CommentPlace, Comments } from './comments'

interface PinsProps {
  editor: Editor
  comments: Comments
  threads: readonly CommentThread[]
}

/** Open conversations where they are about something on the image; a press unfolds them. */
export function Pins({ editor, comments, threads }: PinsProps) {
  const objects = useLaterEditorValue(editor, (snapshot) => snapshot.objects)
  const open = useReadable(comments.open)
  const atPin = useReadable(comments.atPin)
  const state = useReadable(comments.state)
  const layer = usePlacedOnImage(editor)
  const shown = threads.filter((thread) => thread.state === 'open' || thread.id === open)
  const draft = state.kind === 'writing' ? placeOf(editor, objects, draftOf(state.place)) : null
  return (
    <div ref={layer}>
      {shown.map((thread) => {
        const place = placeOf(editor, objects, thread)
        if (place === null) return null
        const [first] = thread.comments
        return (
          <button
            key={thread.id}
            type="button"
            className="comment-pin"
            data-open={thread.id === open || thread.id === atPin || undefined}
            data-image-x={place.x}
            data-image-y={place.y}
            aria-label={t('Comment by {author}: {text}', {
              author: first?.author.name ?? '',
              text: first?.text ?? '',
            })}
            title={first?.text}
            aria-expanded={thread.id === atPin}
            onClick={() => comments.toggleAtPin(thread.id)}
          >
            <MessageCircle aria-hidden="true" />
            {thread.comments.length > 1 && thread.comments.length}
          </button>
        )
      })}
      {draft !== null && (
        <span
          className="comment-pin"
          data-open
          data-image-x={draft.x}
          data-image-y={draft.y}
          aria-hidden="true"
        >
          <MessageCircle />
        </span>
      )}
      {state.kind === 'placing' && <PlaceCatcher editor={editor} comments={comments} />}
    </div>
  )
}

/** Takes the one click that says where; the tools do not see it. */
function PlaceCatcher({ editor, comments }: { editor: Editor; comments: Comments }) {
  const catcher = useRef<HTMLButtonElement>(null)
  useEffect(() => catcher.current?.focus(), [])
  const place = ({ clientX, clientY, currentTarget, detail }: MouseEvent) => {
    // Pressed by key: there is no place.
    if (detail === 0) return
    const { left, top } = currentTarget.getBoundingClientRect()
    const { zoom, offsetX, offsetY } = editor.viewport.getSnapshot().viewport
    comments.placeAt((clientX - left - offsetX) / zoom, (clientY - top - offsetY) / zoom)
  }
  return (
    <button
      ref={catcher}
      type="button"
      className="comment-catcher"
      data-own-keys
      onClick={place}
      onKeyDown={(event) => {
        if (event.key === 'Escape') comments.cancel()
        if (event.key !== 'Enter') return
        // Or the text that is there now would begin with a new line.
        event.preventDefault()
        comments.placeByKeyboard()
      }}
    >
      <span className="comment-catcher__hint">
        {t(
          'Click the place to comment on · Enter: the selected object, or the image · Esc cancels',
        )}
      </span>
    </button>
  )
}

interface Placed {
  x: number | null
  y: number | null
  object_key: string | null
}

function draftOf({ x, y, objectKey }: CommentPlace): Placed {
  return { x, y, object_key: objectKey }
}

/** Null where a comment is about the image as a whole, or about an object that is gone. */
export function placeOf(
  editor: Editor,
  objects: readonly ObjectView[],
  { x, y, object_key }: Placed,
): { x: number; y: number } | null {
  if (typeof x === 'number' && typeof y === 'number') return { x, y }
  if (!objects.some(({ key }) => key === object_key) || object_key === null) return null
  const isThere = editor.store.getSnapshot().objects.some(({ key }) => key === object_key)
  const bounds = isThere ? editor.boundsOf(object_key) : null
  return bounds && { x: (bounds.left + bounds.right) / 2, y: bounds.top }
}
