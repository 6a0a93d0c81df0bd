import type { Editor, LayerView } from '@/editor'
import { useLaterEditorValue } from '../hooks'
import { Eye, EyeOff, Focus } from '../icons'

/** The layers, where there is more than one: each can be hidden, or shown alone. */
export function LayerList({ editor }: { editor: Editor }) {
  const layers = useLaterEditorValue(editor, (snapshot) => snapshot.layers)
  if (layers.length < 2) return null
  return (
    <section className="panel-section panel-section--tight" aria-labelledby="panel-layers">
      <h2 className="panel-section__title" id="panel-layers">
        Layers
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
  const name = `Layer ${layer}`
  return (
    <li className="object-row" data-hidden={isHidden || undefined}>
      <span className="layer-row__name object-row__name">{name}</span>
      <span className="object-row__area">
        {objectCount === 1 ? '1 object' : `${objectCount} objects`}
      </span>
      <button
        type="button"
        className="row-action"
        data-on={isSolo || undefined}
        aria-pressed={isSolo}
        aria-label={`Show ${name} alone`}
        title={isSolo ? 'Show all layers' : 'Show this layer alone'}
        onClick={() => editor.layers.solo(layer)}
      >
        <Focus />
      </button>
      <button
        type="button"
        className="row-action"
        data-on={isHidden || undefined}
        aria-pressed={isHidden}
        aria-label={`Hide ${name}`}
        title={isHidden ? 'Show' : 'Hide'}
        onClick={() => editor.layers.setHidden(layer, !isHidden)}
      >
        {isHidden ? <EyeOff /> : <Eye />}
      </button>
    </li>
  )
}
