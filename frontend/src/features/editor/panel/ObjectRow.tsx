import { type MouseEvent, memo, type RefObject, useLayoutEffect, useRef } from 'react'
import type { Editor, ObjectView } from '@/editor'
import { formatNumber, t } from '@/i18n'
import { swatchOf } from './ClassList'

interface RowContentProps {
  editor: Editor
  object: ObjectView
  className: string
  layerCount: number
}

interface ObjectRowProps extends RowContentProps {
  /** Of the whole list, of which a part may be all that exists. */
  position: number
  total: number
}

export function ObjectRow({ position, total, ...content }: ObjectRowProps) {
  const { key, isHidden, isSelected } = content.object
  const row = useRef<HTMLLIElement>(null)
  useLosingFocusWith(row, position)
  return (
    <li
      ref={row}
      className="object-row"
      data-selected={isSelected || undefined}
      data-hidden={isHidden || undefined}
      data-object-key={key}
      aria-posinset={position}
      aria-setsize={total}
    >
      <RowContent {...content} />
    </li>
  )
}

/** Where another object takes over the elements, a key must not do to it what was meant for this one. */
function useLosingFocusWith(row: RefObject<HTMLLIElement | null>, position: number): void {
  const last = useRef(position)
  // Not where the last effect is cleaned up: React puts the focus back after that.
  useLayoutEffect(() => {
    if (last.current === position) return
    last.current = position
    const focused = document.activeElement
    if (focused instanceof HTMLElement && row.current?.contains(focused)) focused.blur()
  }, [row, position])
}

/** Apart from the row's place in the list, which every new object changes. */
const RowContent = memo(function RowContent(props: RowContentProps) {
  const { editor, object, className, layerCount } = props
  const { key, number, color, areaPx, isHidden, isLocked, isSelected } = object
  const name = object.name || `${className} ${number}`
  return (
    <>
      <button
        type="button"
        className="object-row__choose"
        aria-pressed={isSelected}
        onClick={(event) => chooseObject(editor, key, event)}
        onDoubleClick={() => editor.zoomToObject(key)}
        title={t('{name} · {area} · double-click zooms to it', {
          name,
          area: areaWords(areaPx),
        })}
      >
        <span className="swatch" style={swatchOf(color)} aria-hidden="true" />
        <span className="object-row__name">{name}</span>
        {layerCount > 1 && <span className="object-row__layer">L{object.layer}</span>}
        <span className="object-row__area">{areaWords(areaPx)}</span>
      </button>
      <button
        type="button"
        className="row-action"
        data-icon={isHidden ? 'eye-off' : 'eye'}
        data-on={isHidden || undefined}
        aria-pressed={isHidden}
        aria-label={t('Hide {name}', { name })}
        title={isHidden ? t('Show') : t('Hide')}
        onClick={() => editor.setHidden([key], !isHidden)}
      />

      <button
        type="button"
        className="row-action"
        data-icon={isLocked ? 'lock' : 'lock-open'}
        data-on={isLocked || undefined}
        aria-pressed={isLocked}
        aria-label={t('Lock {name}', { name })}
        title={isLocked ? t('Unlock') : t('Lock: its pixels stay as they are')}
        onClick={() => editor.setLocked([key], !isLocked)}
      />

      <button
        type="button"
        className="row-action"
        data-icon="trash"
        aria-label={t('Delete {name}', { name })}
        title={t('Delete (can be undone)')}
        onClick={() => editor.deleteObjects([key])}
      />
    </>
  )
})

/** Ctrl adds or takes away one, Shift selects all up to here. */
function chooseObject(editor: Editor, key: string, event: MouseEvent): void {
  const { selectedKeys, objects } = editor.store.getSnapshot()
  const last = selectedKeys.at(-1)
  if (event.shiftKey && last !== undefined) {
    const keys = objects.map((object) => object.key)
    const ends = [keys.indexOf(last), keys.indexOf(key)].sort((a, b) => a - b)
    const between = keys.slice(ends[0], (ends[1] ?? 0) + 1)
    editor.select([...selectedKeys, ...between])
  } else if (!event.ctrlKey && !event.metaKey) editor.select([key])
  else if (selectedKeys.includes(key)) editor.select(selectedKeys.filter((other) => other !== key))
  else editor.select([...selectedKeys, key])
}

/** "940 px", "12.4 k px", "1.85 M px": as exact as a list needs. */
export function areaWords(areaPx: number): string {
  if (areaPx < 10_000) return `${areaPx} px`
  if (areaPx < 1_000_000) return `${formatNumber(areaPx / 1_000, 1)} k px`
  return `${formatNumber(areaPx / 1_000_000, 2)} M px`
}
