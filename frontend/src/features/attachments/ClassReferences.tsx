import './attachments.css'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { addClassReference, classReferencesQuery, deleteAttachment } from '@/api/attachments'
import type { Id } from '@/api/types'
import { t } from '@/i18n'
import { IconButton } from '@/ui/Button'
import { ImagePlus, Trash2 } from '@/ui/icons'
import { AddFile } from './AddFile'

interface ClassReferencesProps {
  projectId: Id
  /** Null for a class that is not saved yet. */
  classId: Id | null
  canChange: boolean
}

/** Images that show what a class looks like; labelers see them one key away. */
export function ClassReferences({ projectId, classId, canChange }: ClassReferencesProps) {
  const queryClient = useQueryClient()
  const query = classReferencesQuery(projectId)
  const references = useQuery(query)
  const refresh = () => queryClient.invalidateQueries({ queryKey: query.queryKey })
  const items = (references.data ?? []).filter(({ class_id }) => class_id === classId)
  return (
    <section className="attachments" aria-label={t('Reference images')}>
      <h3 className="attachments__title">{t('Reference images')}</h3>
      {classId === null ? (
        <p className="attachments__empty">{t('Save the ontology first, then add images here.')}</p>
      ) : (
        <>
          {items.length === 0 && (
            <p className="attachments__empty">
              {t('Labelers see these images when they press F2 with this class chosen.')}
            </p>
          )}
          <ul className="attachments__tiles">
            {items.map(({ id, name, url }) => (
              <li key={id} className="attachment-tile">
                <img className="attachment-tile__image" src={url} alt={name} loading="lazy" />
                {canChange && (
                  <IconButton
                    label={t('Delete {name}', { name })}
                    size="sm"
                    icon={<Trash2 />}
                    onPress={async () => {
                      await deleteAttachment(id)
                      await refresh()
                    }}
                  />
                )}
              </li>
            ))}
          </ul>
          {canChange && (
            <AddFile
              icon={<ImagePlus />}
              accept="image/png,image/jpeg,image/webp"
              send={async (file) => {
                await addClassReference(projectId, classId, file)
                await refresh()
              }}
            >
              {t('Add an image')}
            </AddFile>
          )}
        </>
      )}
    </section>
  )
}
