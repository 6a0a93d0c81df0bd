import type { Editor } from '@/editor'
import { plural, t } from '@/i18n'
import { Loading } from '@/ui/Spinner'
import { useEditorValue, useLasting } from '../hooks'
import { RangeSetting } from './RangeSetting'

/** How fine the segments are. */
export function SuperpixelBar({ editor }: { editor: Editor }) {
  const { state, detail, segmentCount } = useEditorValue(editor, ({ areas }) => areas.superpixels)
  const isSlow = useLasting(state === 'computing')
  return (
    <>
      <RangeSetting
        label={t('Detail')}
        value={detail}
        max={100}
        words={state === 'ready' ? plural(segmentCount, '{n} segment', '{n} segments') : '–'}
        title={t('[ makes segments smaller, ] larger')}
        isDisabled={state !== 'ready'}
        onChange={(value) => editor.areas.setDetail(value)}
      />
      {isSlow && <Loading label={t('Finding segments')} />}
    </>
  )
}
