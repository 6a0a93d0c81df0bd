import { useMemo } from 'react'
import type { ObjectView } from '@/editor'
import type { Desk } from '../desk'
import { useLaterEditorValue, useReadable } from '../hooks'
import { relationName } from '../relations'
import { usePlacedOnImage } from './place'

interface Arrow {
  id: string
  from: Point
  to: Point
  words: string
  isSelected: boolean
}

type Point = readonly [x: number, y: number]

/** An arrow for each relationship, with its name in the middle. */
export function Arrows({ desk: { editor, workbench } }: { desk: Desk }) {
  const objects = useLaterEditorValue(editor, (snapshot) => snapshot.objects)
  const relations = useReadable(workbench.shown)?.relations
  const arrows = useMemo(() => {
    const centreOf = (object: ObjectView): Point | null => {
      // The list is drawn a moment later than the document changes.
      const isThere = editor.store.getSnapshot().objects.some(({ key }) => key === object.key)
      const bounds = isThere ? editor.boundsOf(object.key) : null
      return bounds && [(bounds.left + bounds.right) / 2, (bounds.top + bounds.bottom) / 2]
    }
    return arrowsOf(objects, centreOf, (relationship) =>
      relationName(relationship, relations ?? []),
    )
  }, [editor, objects, relations])
  const layer = usePlacedOnImage(editor)
  if (arrows.length === 0) return null
  return (
    <div ref={layer}>
      <svg className="annotations__arrows" aria-hidden="true">
        <defs>
          <marker
            id="arrow-head"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto-start-reverse"
          >
            <path d="M0 0 8 4 0 8z" fill="#fff" stroke="#000" strokeWidth="0.75" />
          </marker>
        </defs>
        {arrows.map(({ id, from, to, isSelected }) => (
          <g key={id} data-selected={isSelected || undefined}>
            <line
              className="annotations__under"
              data-from={from.join(' ')}
              data-to={to.join(' ')}
            />
            <line
              className="annotations__line"
              data-from={from.join(' ')}
              data-to={to.join(' ')}
              markerEnd="url(#arrow-head)"
            />
          </g>
        ))}
      </svg>
      {arrows.map(({ id, from, to, words }) => (
        <span
          key={id}
          className="annotations__words"
          data-image-x={(from[0] + to[0]) / 2}
          data-image-y={(from[1] + to[1]) / 2}
        >
          {words}
        </span>
      ))}
    </div>
  )
}

function arrowsOf(
  objects: readonly ObjectView[],
  centreOf: (object: ObjectView) => Point | null,
  wordsOf: (relationship: ObjectView['relationships'][number]) => string,
): Arrow[] {
  const byKey = new Map(objects.map((object) => [object.key, object]))
  return objects.flatMap((object) =>
    object.relationships.flatMap((relationship) => {
      const other = byKey.get(relationship.to)
      if (other === undefined || object.isHidden || other.isHidden) return []
      const from = centreOf(object)
      const to = centreOf(other)
      if (from === null || to === null) return []
      const isSelected = object.isSelected || other.isSelected
      const id = `${object.key} ${other.key}`
      return [{ id, from, to, words: wordsOf(relationship), isSelected }]
    }),
  )
}
