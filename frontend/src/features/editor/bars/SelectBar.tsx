import type { Editor } from '@/editor'
import { t } from '@/i18n'
import { useEditorValue } from '../hooks'
import { ActionButton } from './ActionButton'

const NOTHING = t('Nothing selected')

/** How many objects are selected, and what can be made of them. */
export function SelectBar({ editor }: { editor: Editor }) {
  const count = useEditorValue(editor, ({ selectedKeys }) => selectedKeys.length)
  return (
    <>
      <span className="tool-bar__target">
        {count === 0 ? NOTHING : t('{n} selected', { n: count })}
      </span>
      <span className="bar-group">
        <ActionButton editor={editor} id="object.merge" label={t('Merge')} />
        <ActionButton editor={editor} id="object.separate" label={t('Separate')} />
        <ActionButton editor={editor} id="object.subtract" label={t('Subtract')} />
        <ActionButton editor={editor} id="object.duplicate" />
      </span>
      <span className="bar-group">
        <ActionButton editor={editor} id="fill.holes" />
        <ActionButton editor={editor} id="object.smooth" />
        <ActionButton editor={editor} id="object.dilate" />
        <ActionButton editor={editor} id="object.erode" />
        <ActionButton editor={editor} id="object.drop-islands" />
      </span>
    </>
  )
}
