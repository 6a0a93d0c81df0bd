import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { beginComment, changeComment, commentsQuery, replyToComment } from '@/api/comments'
import type { CommentThread, Id } from '@/api/types'
import type { Editor } from '@/editor'
import { plural, t } from '@/i18n'
import { Button } from '@/ui/Button'
import { ProblemMessage } from '@/ui/Message'
import { RelativeTime } from '@/ui/RelativeTime'
import { useLaterEditorValue, useReadable } from '../hooks'
import { focusCanvas } from '../questions/focus'
import { type CommentPlace, type Comments, hasPin } from './comments'
import { placeOf } from './Pins'
import './comments.css'

const EMPTY = t('Ask or note something about a place on the image.')
const AROUND_PX = 150

interface CommentListProps {
  editor: Editor
  comments: Comments
  threads: readonly CommentThread[]
  assetId: Id
  taskId: Id
}

/** Conversations about this image: what is open first, one unfolded at a time. */
export function CommentList(props: CommentListProps) {
  const { editor, comments, threads, assetId, taskId } = props
  const state = useReadable(comments.state)
  const open = useReadable(comments.open)
  const isOpen = (thread: CommentThread) => thread.state === 'open'
  const ordered = [...threads.filter(isOpen), ...threads.filter((thread) => !isOpen(thread))]
  const count = threads.filter(isOpen).length
  return (
    <section className="panel-section panel-section--comments" aria-labelledby="panel-comments">
      <h2 className="panel-section__title" id="panel-comments">
        {t('Comments')}
        {count > 0 && <span className="panel-section__count">{count}</span>}
        <Button size="sm" variant="quiet" onPress={() => comments.begin()}>
          {t('Add comment')}
        </Button>
      </h2>
      {state.kind === 'writing' && !hasPin(state.place) && (
        <NewComment comments={comments} place={state.place} assetId={assetId} taskId={taskId} />
      )}
      {threads.length === 0 && state.kind !== 'writing' ? (
        <p className="panel-section__empty">{EMPTY}</p>
      ) : (
        <ul className="comment-list">
          {ordered.map((thread) => (
            <Thread
              key={thread.id}
              editor={editor}
              comments={comments}
              thread={thread}
              isUnfolded={thread.id === open}
            />
          ))}
        </ul>
      )}
    </section>
  )
}

interface NewCommentProps {
  comments: Comments
  place: CommentPlace
  assetId: Id
  taskId: Id
}

export function NewComment({ comments, place, assetId, taskId }: NewCommentProps) {
  const queryClient = useQueryClient()
  const saving = useMutation({
    mutationFn: (text: string) =>
      beginComment(assetId, {
        text,
        x: place.x,
        y: place.y,
        object_key: place.objectKey,
        task_id: taskId,
      }),
    onSuccess: async (thread) => {
      comments.cancel()
      focusCanvas()
      await queryClient.invalidateQueries({ queryKey: commentsQuery(assetId).queryKey })
      if (hasPin(place)) comments.atPin.set(thread.id)
      else comments.open.set(thread.id)
    },
  })
  return (
    <Composer
      label={placeWords(place)}
      action={t('Comment')}
      error={saving.error}
      isPending={saving.isPending}
      isFocused
      comments={comments}
      onSend={(text) => saving.mutate(text)}
      onCancel={() => comments.cancel()}
    />
  )
}

function placeWords({ x, objectKey }: CommentPlace): string {
  if (objectKey !== null) return t('Comment on the selected object')
  return x === null ? t('Comment on the image') : t('Comment on this place')
}

interface ThreadProps {
  editor: Editor
  comments: Comments
  thread: CommentThread
  isUnfolded: boolean
}

function Thread({ editor, comments, thread, isUnfolded }: ThreadProps) {
  const objects = useLaterEditorValue(editor, (snapshot) => snapshot.objects)
  const [first, ...replies] = thread.comments
  if (first === undefined) return null
  const unfold = () => {
    comments.open.set(isUnfolded ? null : thread.id)
    const place = placeOf(editor, objects, thread)
    if (isUnfolded || place === null) return
    const { x, y } = place
    editor.findings.show({
      left: x - AROUND_PX,
      top: y - AROUND_PX,
      right: x + AROUND_PX,
      bottom: y + AROUND_PX,
    })
  }
  return (
    <li className="comment-thread" data-state={thread.state}>
      <button
        type="button"
        className="comment-thread__head"
        aria-expanded={isUnfolded}
        onClick={unfold}
      >
        <span className="comment__by">
          {first.author.name} · <RelativeTime at={first.created_at} />
          {thread.state === 'resolved' && ` · ${t('resolved')}`}
        </span>
        <span className="comment__text">{first.text}</span>
        {!isUnfolded && replies.length > 0 && (
          <span className="comment__by">{plural(replies.length, '{n} reply', '{n} replies')}</span>
        )}
      </button>
      {isUnfolded && <Replies comments={comments} thread={thread} />}
    </li>
  )
}

interface ConversationProps {
  comments: Comments
  thread: CommentThread
}

/** All of a conversation, as it is shown at its pin. */
export function ThreadContents({ comments, thread }: ConversationProps) {
  const [first] = thread.comments
  if (first === undefined) return null
  return (
    <div className="comment-thread" data-state={thread.state}>
      <p className="comment-thread__first">
        <span className="comment__by">
          {first.author.name} · <RelativeTime at={first.created_at} />
          {thread.state === 'resolved' && ` · ${t('resolved')}`}
        </span>
        <span className="comment__text">{first.text}</span>
      </p>
      <Replies comments={comments} thread={thread} />
    </div>
  )
}

function Replies({ comments, thread }: ConversationProps) {
  const [, ...replies] = thread.comments
  return (
    <>
      {replies.map(({ id, author, text, created_at }) => (
        <p key={id} className="comment-thread__reply">
          <span className="comment__by">
            {author.name} · <RelativeTime at={created_at} />
          </span>
          <span className="comment__text">{text}</span>
        </p>
      ))}
      <Answer comments={comments} thread={thread} />
    </>
  )
}

function Answer({ comments, thread }: ConversationProps) {
  const queryClient = useQueryClient()
  const [sent, setSent] = useState(0)
  const onSuccess = () =>
    queryClient.invalidateQueries({ queryKey: commentsQuery(thread.asset.id).queryKey })
  const replying = useMutation({
    mutationFn: (text: string) => replyToComment(thread.id, text),
    onSuccess: () => {
      // The keyboard stays where one writes.
      setSent(sent + 1)
      return onSuccess()
    },
  })
  const isOpen = thread.state === 'open'
  const settling = useMutation({
    mutationFn: () => changeComment(thread.id, isOpen ? 'resolved' : 'open'),
    onSuccess,
  })
  return (
    <>
      <Composer
        // Empty after a reply of one's own; one that comes in leaves what is being written.
        key={sent}
        isFocused={sent > 0}
        label={t('Reply')}
        action={t('Reply')}
        error={replying.error ?? settling.error}
        isPending={replying.isPending}
        comments={comments}
        onSend={(text) => replying.mutate(text)}
      />
      {thread.can_resolve && (
        <Button
          size="sm"
          variant="quiet"
          isPending={settling.isPending}
          onPress={() => settling.mutate()}
        >
          {isOpen ? t('Resolve') : t('Open again')}
        </Button>
      )}
    </>
  )
}

interface ComposerProps {
  label: string
  action: string
  error: Error | null
  isPending: boolean
  isFocused?: boolean
  comments: Comments
  onSend: (text: string) => void
  onCancel?: () => void
}

/** Enter sends, also with Ctrl, which hands in elsewhere; Shift+Enter begins a new line. */
function Composer(props: ComposerProps) {
  const { label, action, error, isPending, isFocused = false, comments, onSend, onCancel } = props
  const [text, setText] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (isFocused) field.current?.focus()
  }, [isFocused])
  const isUnsent = text.trim() !== ''
  const [isWarned, setWarned] = useState(false)
  useEffect(() => {
    if (!isUnsent) return
    return comments.keepUnsent(() => {
      field.current?.focus()
      setWarned(true)
    })
  }, [isUnsent, comments])
  const send = () => {
    if (isUnsent && !isPending) onSend(text.trim())
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onCancel?.()
    if (event.key !== 'Enter' || event.shiftKey) return
    event.preventDefault()
    send()
  }
  return (
    <div className="comment-composer">
      <ProblemMessage error={error} />
      <textarea
        ref={field}
        className="field__input"
        data-multiline
        data-sends
        rows={2}
        maxLength={10_000}
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {isWarned && isUnsent && (
        <p className="comment-composer__warning" role="alert">
          {t('This comment is not sent yet. Send it or empty it first.')}
        </p>
      )}
      <div className="comment-composer__actions">
        {onCancel !== undefined && (
          <Button size="sm" variant="quiet" onPress={onCancel}>
            {t('Cancel')}
          </Button>
        )}
        <Button size="sm" isPending={isPending} isDisabled={!isUnsent} onPress={send}>
          {action}
        </Button>
      </div>
    </div>
  )
}
