import type { Editor } from '@/editor'
import { DisplaySettings } from '../display/DisplaySettings'
import type { ClassRow } from '../ontology-classes'
import { ClassList } from './ClassList'
import { ObjectList } from './ObjectList'
import { SelectedObject } from './SelectedObject'
import './panel.css'

interface PanelProps {
  editor: Editor
  rows: readonly ClassRow[]
}

export function Panel({ editor, rows }: PanelProps) {
  return (
    <aside className="panel" aria-label="Classes and objects" data-region>
      <ClassList editor={editor} rows={rows} />
      <ObjectList editor={editor} />
      <SelectedObject editor={editor} rows={rows} />
      <DisplaySettings editor={editor} />
    </aside>
  )
}
