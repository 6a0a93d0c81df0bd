import { useQuery, useQueryClient } from '@tanstack/react-query'
import { attachmentsQuery, attachToAsset, deleteAttachment } from '@/api/attachments'
import type { Attachment, Id } from '@/api/types'
import { t } from '@/i18n'
import { IconButton } from '@/ui/Button'
import { ImagePlus, Plus, Trash2 } from '@/ui/icons'
import { ProblemMessage } from '@/ui/Message'
import { AddFile } from './AddFile'
import { AttachmentView } from './AttachmentView'

const ACCEPTED = 'text/plain,text/html,image/png,image/jpeg,image/webp,video/mp4,video/webm'
const ACCEPTED_IMAGES = 'image/png,image/jpeg,image/webp'

interface AttachmentManagerProps {
  assetId: Id
  canChange: boolean
}

/** The files that go with an image; whoever imports data adds and deletes them. */
export function AttachmentManager({ assetId, canChange }: AttachmentManagerProps) {
  const queryClient = useQueryClient()
  const attachments = useQuery(attachmentsQuery(assetId))
  const refresh = () =>
    queryClient.invalidateQueries({ queryKey: attachmentsQuery(assetId).queryKey })
  const add = (isOverlay: boolean) => async (file: File) => {
    await attachToAsset(assetId, file, isOverlay)
    await refresh()
  }
  if (attachments.isError) {
    return <ProblemMessage error={attachments.error} onRetry={() => void attachments.refetch()} />
  }
  const items = attachments.data ?? []
  return (
    <div className="attachments">
      {items.length === 0 && (
        <p className="attachments__empty">
          {canChange
            ? t('Attach a report, a photograph or a video, and labelers see it beside the image.')
            : t('Nothing is attached to this image.')}
        </p>
      )}
      <ul className="attachments__list">
        {items.map((attachment) => (
          <li key={attachment.id} className="attachment">
            <AttachmentHead
              attachment={attachment}
              onDelete={
                canChange
                  ? async () => {
                      await deleteAttachment(attachment.id)
                      await refresh()
                    }
                  : undefined
              }
            />
            <AttachmentView attachment={attachment} />
          </li>
        ))}
      </ul>
      {canChange && (
        <div className="attachments__actions">
          <AddFile icon={<Plus />} accept={ACCEPTED} send={add(false)}>
            {t('Attach a file')}
          </AddFile>
          <AddFile icon={<ImagePlus />} accept={ACCEPTED_IMAGES} send={add(true)}>
            {t('Add an overlay')}
          </AddFile>
        </div>
      )}
    </div>
  )
}

interface AttachmentHeadProps {
  attachment: Attachment
  onDelete: (() => Promise<void>) | undefined
}

function AttachmentHead({ attachment: { name, role }, onDelete }: AttachmentHeadProps) {
  return (
    <div className="attachment__head">
      <span className="attachment__name" title={name}>
        {name}
      </span>
      {role === 'overlay' && <span className="attachment__role">{t('overlay')}</span>}
      {onDelete !== undefined && (
        <IconButton
          label={t('Delete {name}', { name })}
          size="sm"
          icon={<Trash2 />}
          onPress={() => void onDelete()}
        />
      )}
    </div>
  )
}
