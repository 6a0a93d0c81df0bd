import type { Desk } from '../desk'
import { useLaterEditorValue } from '../hooks'
import { Arrows } from './Arrows'
import { FocusRing } from './FocusRing'
import './annotations.css'

/**
 * What lies over the image but is no part of the masks: arrows between objects, and a ring around
 * what is being shown. Elements say where on the image they are; when the view moves their places
 * are written without React, and a stroke touches none of them.
 */
export function Annotations({ desk }: { desk: Desk }) {
  const visibility = useLaterEditorValue(desk.editor, (snapshot) => snapshot.visibility)
  return (
    <div className="annotations" hidden={visibility === 'image-only'}>
      <Arrows desk={desk} />
      <FocusRing editor={desk.editor} />
    </div>
  )
}
