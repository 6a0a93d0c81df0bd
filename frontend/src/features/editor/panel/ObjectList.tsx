import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'
import type { Editor, ObjectView } from '@/editor'
import { t } from '@/i18n'
import { useEditorValue, useLaterEditorValue } from '../hooks'
import { ObjectRow } from './ObjectRow'
import { scrollToRow, slotCount, windowOf } from './windowing'

/** Rows are as high as `.object-row` says; at larger text the browser's rem makes both grow. */
const ROW_REM = 1.75
/** Rows out of view cost time in every frame of a stroke: each of their parts is a layer's clip. */
const VIRTUAL_FROM = 40

/** Every object of the image. Of long lists only the rows in view exist. */
export function ObjectList({ editor }: { editor: Editor }) {
  const objects = useLaterEditorValue(editor, (snapshot) => snapshot.objects)
  const className = useClassNames(editor)
  return (
    <section className="panel-section panel-section--grow" aria-labelledby="panel-objects">
      <h2 className="panel-section__title" id="panel-objects">
        {t('Objects')}
        {objects.length > 0 && <span className="panel-section__count">{objects.length}</span>}
      </h2>
      {objects.length === 0 ? (
        <p className="panel-section__empty">
          {t('Nothing is labelled yet. Choose a class, then paint on the image.')}
        </p>
      ) : (
        <Rows editor={editor} objects={objects} className={className} />
      )}
    </section>
  )
}

interface ListView {
  scrollPx: number
  heightPx: number
}

interface RowsProps {
  editor: Editor
  objects: readonly ObjectView[]
  className: (classId: string) => string
}

function Rows({ editor, objects, className }: RowsProps) {
  const box = useRef<HTMLDivElement>(null)
  const layerCount = useLaterEditorValue(editor, (snapshot) => snapshot.layers.length)
  const rowPx = ROW_REM * useRootFontPx()
  const [view, setView] = useState<ListView>({ scrollPx: 0, heightPx: 600 })
  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return
    const measure = () =>
      setView({ scrollPx: element.scrollTop, heightPx: element.clientHeight || 600 })
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    element.addEventListener('scroll', measure, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', measure)
    }
  }, [])
  useScrollToSelected(box, objects, rowPx, view)
  const isVirtual = objects.length > VIRTUAL_FROM
  const { first, end } = isVirtual
    ? windowOf(objects.length, rowPx, view)
    : { first: 0, end: objects.length }
  const slots = isVirtual ? slotCount(rowPx, view.heightPx) : objects.length
  return (
    <div className="object-list" ref={box}>
      <ul style={{ paddingTop: first * rowPx, paddingBottom: (objects.length - end) * rowPx }}>
        {objects.slice(first, end).map((object, index) => (
          <ObjectRow
            // biome-ignore lint/suspicious/noArrayIndexKey: rows that come take the elements of those that go, on the next image as in a list that scrolls, which is half the work of making them anew
            key={(first + index) % slots}
            editor={editor}
            object={object}
            position={first + index + 1}
            total={objects.length}
            className={className(object.classId)}
            layerCount={layerCount}
          />
        ))}
      </ul>
    </div>
  )
}

/** What is selected on the canvas is brought into view here. */
function useScrollToSelected(
  box: React.RefObject<HTMLDivElement | null>,
  objects: readonly ObjectView[],
  rowPx: number,
  view: ListView,
): void {
  const selected = objects.findIndex(({ isSelected }) => isSelected)
  const selectedKey = objects[selected]?.key
  // As measured last: asking the element would lay the whole page out at once.
  const showSelected = useEffectEvent(() => {
    const scrollPx = scrollToRow(selected, rowPx, view)
    if (box.current !== null && scrollPx !== null) box.current.scrollTop = scrollPx
  })
  // What stands below the list about a selection takes its room from the list.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another selection scrolls, or less room
  useEffect(() => {
    if (selectedKey !== undefined) showSelected()
  }, [selected, selectedKey, rowPx, view.heightPx])
}

function useRootFontPx(): number {
  const [px] = useState(() =>
    Number.parseFloat(getComputedStyle(document.documentElement).fontSize),
  )
  return px || 16
}

function useClassNames(editor: Editor): (classId: string) => string {
  const classes = useEditorValue(editor, (snapshot) => snapshot.classes)
  return (classId) => classes.find(({ id }) => id === classId)?.name ?? t('Retired class')
}
