import { type CSSProperties, memo, useEffect, useMemo, useRef, useState } from 'react'
import type { ClassView, Editor, Keymap } from '@/editor'
import { t } from '@/i18n'
import { Kbd } from '@/ui/Kbd'
import { useEditorValue, useLaterEditorValue } from '../hooks'
import type { ClassRow } from '../ontology-classes'
import { rowsNamed } from './class-search'

/** From here on the eye no longer finds a class at a glance. */
const SEARCH_FROM = 16

interface ClassListProps {
  editor: Editor
  rows: readonly ClassRow[]
}

/** The classes as the ontology orders them; the active one is what the next stroke draws. */
export function ClassList({ editor, rows }: ClassListProps) {
  const classes = useEditorValue(editor, (snapshot) => snapshot.classes)
  const objects = useLaterEditorValue(editor, (snapshot) => snapshot.objects)
  const keymap = useEditorValue(editor, (snapshot) => snapshot.keymap)
  const hasLayers = new Set(classes.map(({ layer }) => layer)).size > 1
  const counts = useMemo(() => {
    const byClass = new Map<string, number>()
    for (const { classId } of objects) byClass.set(classId, (byClass.get(classId) ?? 0) + 1)
    return byClass
  }, [objects])
  const views = new Map(classes.map((view) => [view.id, view]))
  const [search, setSearch] = useState('')
  const isSearchable = classes.length >= SEARCH_FROM
  const shown = isSearchable ? rowsNamed(rows, search) : rows
  return (
    <section className="panel-section" aria-labelledby="panel-classes">
      <h2 className="panel-section__title" id="panel-classes">
        {t('Classes')}
      </h2>
      {isSearchable && (
        <ClassSearch
          search={search}
          onSearch={setSearch}
          onChoose={() => {
            const first = shown.find(({ kind }) => kind === 'class')
            if (first !== undefined) editor.setActiveClass(first.key)
          }}
        />
      )}
      {shown.length === 0 && (
        <p className="panel-section__empty">{t('No class is called “{search}”.', { search })}</p>
      )}
      <ul className="class-list">
        {shown.map((row) => {
          const view = views.get(row.key)
          if (row.kind === 'group' || view === undefined) {
            return (
              <li className="class-list__group" key={row.key} style={indentOf(row.depth)}>
                {row.name}
              </li>
            )
          }
          return (
            <ClassItem
              key={row.key}
              editor={editor}
              view={view}
              depth={row.depth}
              description={row.spec.description ?? null}
              count={counts.get(row.key) ?? 0}
              isKeyTaken={isTaken(view.hotkey, keymap)}
              hasLayers={hasLayers}
              isAmongAll={shown === rows}
            />
          )
        })}
      </ul>
    </section>
  )
}

interface ClassSearchProps {
  search: string
  onSearch: (search: string) => void
  /** Takes the first class that is shown. */
  onChoose: () => void
}

/** Enter takes the first class found, and the keys are the canvas's again; Escape shows all. */
function ClassSearch({ search, onSearch, onChoose }: ClassSearchProps) {
  return (
    <input
      type="search"
      className="class-list__search"
      aria-label={t('Search classes')}
      placeholder={t('Search classes')}
      value={search}
      onChange={({ currentTarget }) => onSearch(currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        if (event.key === 'Enter') onChoose()
        onSearch('')
        event.currentTarget.blur()
      }}
    />
  )
}

interface ClassItemProps {
  editor: Editor
  view: ClassView
  depth: number
  description: string | null
  count: number
  /** A shortcut has the class's key, and goes first. */
  isKeyTaken: boolean
  hasLayers: boolean
  /** Nothing is searched for: where it stood among the found is not where it stands now. */
  isAmongAll: boolean
}

/** Drawn again only where something of it changed: there may be hundreds. */
const ClassItem = memo(function ClassItem(props: ClassItemProps) {
  const { editor, view, depth, description, count, isKeyTaken, hasLayers, isAmongAll } = props
  const { id, name, color, hotkey, isActive, isLocked } = view
  const item = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isActive && isAmongAll) item.current?.scrollIntoView({ block: 'nearest' })
  }, [isActive, isAmongAll])
  return (
    <li
      ref={item}
      className="class-list__item"
      data-active={isActive || undefined}
      style={indentOf(depth)}
    >
      <button
        type="button"
        className="class-list__choose"
        aria-pressed={isActive}
        title={description === null ? name : `${name}\n${description}`}
        onClick={() => editor.setActiveClass(id)}
      >
        <span className="swatch" style={swatchOf(color)} aria-hidden="true" />
        <span className="class-list__name">{name}</span>
        <span className="class-list__count">
          {count > 0 && (
            <>
              {count}
              <span className="visually-hidden"> {t('objects')}</span>
            </>
          )}
        </span>
        {hasLayers && <span className="object-row__layer">L{view.layer}</span>}
        {hotkey !== null && !isKeyTaken && <Kbd>{hotkey.toUpperCase()}</Kbd>}
      </button>
      <button
        type="button"
        className="row-action"
        data-icon={isLocked ? 'lock' : 'lock-open'}
        data-on={isLocked || undefined}
        aria-pressed={isLocked}
        aria-label={t('Lock class {name}', { name })}
        title={
          isLocked ? t('Unlock this class') : t('Lock this class: its pixels stay as they are')
        }
        onClick={() => editor.setClassLocked(id, !isLocked)}
      />
    </li>
  )
})

/** Whether a command has the class's key, which then never reaches the class. */
export function isTaken(hotkey: string | null, { actions, holds }: Keymap): boolean {
  const key = hotkey?.toUpperCase() ?? ''
  return holds[key] !== undefined || Object.values(actions).some((chords) => chords.includes(key))
}

export function swatchOf(color: string): CSSProperties {
  return { '--swatch': color } as CSSProperties
}

function indentOf(depth: number): CSSProperties {
  return { '--depth': depth } as CSSProperties
}
