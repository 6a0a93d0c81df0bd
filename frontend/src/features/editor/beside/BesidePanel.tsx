import { useQuery } from '@tanstack/react-query'
import { attachmentsQuery, classReferencesQuery } from '@/api/attachments'
import type { Attachment, Id } from '@/api/types'
import type { Editor } from '@/editor'
import { AttachmentView } from '@/features/attachments'
import { t } from '@/i18n'
import { IconButton } from '@/ui/Button'
import { X } from '@/ui/icons'
import { ProblemMessage } from '@/ui/Message'
import { useEditorValue } from '../hooks'
import { Blend } from './Blend'
import './beside.css'

interface BesidePanelProps {
  editor: Editor
  projectId: Id
  assetId: Id
}

/** What helps to judge the image: files attached to it, and examples of the active class. */
export function BesidePanel({ editor, projectId, assetId }: BesidePanelProps) {
  const attachments = useQuery(attachmentsQuery(assetId))
  return (
    <aside className="beside" aria-label={t('Attachments and class examples')} data-region>
      <header className="beside__head">
        <h2 className="beside__title">{t('Attachments')}</h2>
        <IconButton
          label={t('Close')}
          shortcut="F2"
          size="sm"
          icon={<X />}
          onPress={() => editor.dispatch('page.beside')}
        />
      </header>
      <div className="beside__body">
        <ProblemMessage error={attachments.error} onRetry={() => void attachments.refetch()} />
        {attachments.data?.length === 0 && (
          <p className="beside__empty">{t('Nothing is attached to this image.')}</p>
        )}
        {attachments.data !== undefined && (
          <Attachments key={assetId} editor={editor} attachments={attachments.data} />
        )}
        <ClassExamples editor={editor} projectId={projectId} />
      </div>
    </aside>
  )
}

interface AttachmentsProps {
  editor: Editor
  attachments: readonly Attachment[]
}

function Attachments({ editor, attachments }: AttachmentsProps) {
  const images = attachments.filter(({ kind }) => kind === 'image')
  return (
    <>
      {images.length > 0 && <Blend editor={editor} images={images} />}
      {attachments
        .filter(({ role }) => role === 'beside')
        .map((attachment) => (
          <section className="attachment" key={attachment.id} aria-label={attachment.name}>
            <h3 className="attachment__name" title={attachment.name}>
              {attachment.name}
            </h3>
            <AttachmentView attachment={attachment} />
          </section>
        ))}
    </>
  )
}

function ClassExamples({ editor, projectId }: { editor: Editor; projectId: Id }) {
  const references = useQuery(classReferencesQuery(projectId))
  const activeClassId = useEditorValue(editor, (snapshot) => snapshot.activeClassId)
  const classes = useEditorValue(editor, (snapshot) => snapshot.classes)
  const name = classes.find(({ id }) => id === activeClassId)?.name
  if (name === undefined) return null
  const examples = (references.data ?? []).filter(({ class_id }) => class_id === activeClassId)
  return (
    <section className="beside__examples" aria-label={t('Examples of {name}', { name })}>
      <h2 className="beside__title">{t('Examples of {name}', { name })}</h2>
      {examples.length === 0 ? (
        <p className="beside__empty">{t('This class has no reference images.')}</p>
      ) : (
        examples.map((example) => <AttachmentView key={example.id} attachment={example} />)
      )}
    </section>
  )
}
