import type { Editor, LayerView } from '@/editor'
import { plural, t } from '@/i18n'
import { useLaterEditorValue } from '../hooks'

/** The layers, where there is more than one: each can be hidden, or shown alone. */
export function LayerList({ editor }: { editor: Editor }) {
  const layers = useLaterEditorValue(editor, (snapshot) => snapshot.layers)
  if (layers.length < 2) return null
  return (
    <section className="panel-section panel-section--tight" aria-labelledby="panel-layers">
      <h2 className="panel-section__title" id="panel-layers">
        {t('Layers')}
      </h2>
      <ul className="class-list">
        {layers.map((view) => (
          <LayerRow key={view.layer} editor={editor} view={view} />
        ))}
      </ul>
    </section>
  )
}

function LayerRow({ editor, view }: { editor: Editor; view: LayerView }) {
  const { layer, objectCount, isHidden, isSolo } = view
  const name = t('Layer {layer}', { layer })
  return (
    <li className="object-row" data-hidden={isHidden || undefined}>
      <span className="layer-row__name object-row__name">{name}</span>
      <span className="object-row__area">{plural(objectCount, '{n} object', '{n} objects')}</span>
      <button
        type="button"
        className="row-action"
        data-icon="focus"
        data-on={isSolo || undefined}
        aria-pressed={isSolo}
        aria-label={t('Show {name} alone', { name })}
        title={isSolo ? t('Show all layers') : t('Show this layer alone')}
        onClick={() => editor.layers.solo(layer)}
      />

      <button
        type="button"
        className="row-action"
        data-icon={isHidden ? 'eye-off' : 'eye'}
        data-on={isHidden || undefined}
        aria-pressed={isHidden}
        aria-label={t('Hide {name}', { name })}
        title={isHidden ? t('Show') : t('Hide')}
        onClick={() => editor.layers.setHidden(layer, !isHidden)}
      />
    </li>
  )
}
