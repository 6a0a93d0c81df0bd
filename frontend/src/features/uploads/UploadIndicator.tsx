import './uploads.css'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { Id } from '@/api/types'
import { t } from '@/i18n'
import { Spinner } from '@/ui/Spinner'
import { isUnderWay } from './queue'
import { uploadsOf } from './summary'
import { onStored, useUploads } from './uploads'

const REFRESH_AFTER_MS = 700

/** Reads the project's lists anew after images were added, once for many. */
function useFreshLists(): void {
  const queryClient = useQueryClient()
  useEffect(() => {
    const stale = new Set<Id>()
    let timer: ReturnType<typeof setTimeout> | null = null
    const stop = onStored((projectId) => {
      stale.add(projectId)
      timer ??= setTimeout(() => {
        timer = null
        for (const id of stale) void queryClient.invalidateQueries({ queryKey: ['project', id] })
        stale.clear()
      }, REFRESH_AFTER_MS)
    })
    return () => {
      stop()
      if (timer !== null) clearTimeout(timer)
    }
  }, [queryClient])
}

/** Stands in the header while files are on their way, whatever page is open. */
export function UploadIndicator() {
  useFreshLists()
  const uploads = useUploads()
  const first = uploads.find(isUnderWay)
  if (first === undefined) return null
  const ofProject = uploadsOf(uploads, first.projectId)
  const finished = ofProject.filter((upload) => !isUnderWay(upload)).length
  return (
    <Link
      to="/projects/$projectId/data"
      params={{ projectId: first.projectId }}
      search={{}}
      className="upload-indicator"
    >
      <Spinner />
      {t('Uploading {done} of {total}', { done: finished, total: ofProject.length })}
    </Link>
  )
}
