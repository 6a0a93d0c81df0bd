import { useEffect, useState } from 'react'
import type { Attachment } from '@/api/types'
import { type Editor, type ImageSource, loadBitmapSource } from '@/editor'
import { t } from '@/i18n'
import { Select } from '@/ui/Select'
import { SettingSlider } from '../display/SettingSlider'

const NOTHING = 'nothing'

interface BlendProps {
  editor: Editor
  images: readonly Attachment[]
}

/** Lays one of the attached images over the image; those that were made for it come first. */
export function Blend({ editor, images }: BlendProps) {
  const [chosenId, setChosen] = useState<string>(NOTHING)
  const [percent, setPercent] = useState(50)
  const { source, hasFailed } = useImage(images.find(({ id }) => id === chosenId)?.url ?? null)
  useEffect(() => {
    editor.display.setBlend(source === null ? null : { source, opacity: percent / 100 })
  }, [editor, source, percent])
  useEffect(() => () => editor.display.setBlend(null), [editor])
  const inOrder = [...images].sort(
    (a, b) => Number(b.role === 'overlay') - Number(a.role === 'overlay'),
  )
  return (
    <section className="beside__blend" aria-label={t('Overlay')}>
      <Select
        label={t('Lay over the image')}
        size="sm"
        value={chosenId}
        options={[
          { value: NOTHING, label: t('Nothing') },
          ...inOrder.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={setChosen}
      />
      {chosenId !== NOTHING && (
        <SettingSlider
          label={t('Opacity')}
          value={percent}
          min={0}
          max={100}
          step={1}
          words={`${percent} %`}
          onChange={setPercent}
        />
      )}
      {hasFailed && (
        <p className="beside__empty" role="alert">
          {t('The overlay could not be loaded.')}
        </p>
      )}
    </section>
  )
}

interface LoadedImage {
  readonly url: string | null
  readonly source: ImageSource | null
  readonly hasFailed: boolean
}
const NO_IMAGE: LoadedImage = { url: null, source: null, hasFailed: false }

function useImage(url: string | null): LoadedImage {
  const [loaded, setLoaded] = useState<LoadedImage>(NO_IMAGE)
  useEffect(() => {
    if (url === null) return
    const stop = new AbortController()
    let opened: ImageSource | null = null
    const load = async () => {
      const answer = await fetch(url, { signal: stop.signal })
      if (!answer.ok) throw new Error(`status ${answer.status}`)
      opened = await loadBitmapSource(await answer.blob())
      if (stop.signal.aborted) opened.dispose()
      else setLoaded({ url, source: opened, hasFailed: false })
    }
    load().catch(() => {
      if (!stop.signal.aborted) setLoaded({ url, source: null, hasFailed: true })
    })
    return () => {
      stop.abort()
      opened?.dispose()
    }
  }, [url])
  return loaded.url === url ? loaded : NO_IMAGE
}
