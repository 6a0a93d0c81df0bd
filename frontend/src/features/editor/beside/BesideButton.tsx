import { useQuery } from '@tanstack/react-query'
import { attachmentsQuery } from '@/api/attachments'
import type { Id } from '@/api/types'
import type { ActionView, Editor } from '@/editor'
import { plural } from '@/i18n'
import { ActionButton } from '../header/ActionButton'
import { Paperclip } from '../icons'
import './beside.css'

const ICON = <Paperclip />

interface BesideButtonProps {
  editor: Editor
  actions: ReadonlyMap<string, ActionView>
  assetId: Id
}

/** Opens what goes with the image, and says how much that is. */
export function BesideButton({ editor, actions, assetId }: BesideButtonProps) {
  const count = useQuery(attachmentsQuery(assetId)).data?.length ?? 0
  return (
    <span className="beside-button">
      <ActionButton editor={editor} actions={actions} id="page.beside" icon={ICON} />
      {count > 0 && (
        <span className="beside-button__count">
          <span aria-hidden="true">{count}</span>
          <span className="visually-hidden">
            {plural(count, '{n} attachment', '{n} attachments')}
          </span>
        </span>
      )}
    </span>
  )
}
