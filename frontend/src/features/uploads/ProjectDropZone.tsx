import './uploads.css'
import { useNavigate } from '@tanstack/react-router'
import { type DragEvent, type ReactNode, useState } from 'react'
import type { Id } from '@/api/types'
import { t } from '@/i18n'
import { Upload } from '@/ui/icons'
import { filesOfDrop } from './dropped-files'
import { uploadQueue } from './uploads'

interface ProjectDropZoneProps {
  projectId: Id
  isDisabled: boolean
  children: ReactNode
}

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer.types.includes('Files')
}

/** Takes images dropped anywhere on the pages of a project. */
export function ProjectDropZone({ projectId, isDisabled, children }: ProjectDropZoneProps) {
  // Entering a child fires before leaving its parent, so only the depth tells "outside".
  const [depth, setDepth] = useState(0)
  const navigate = useNavigate()

  async function take(transfer: DataTransfer) {
    const files = await filesOfDrop(transfer)
    if (files.length === 0) return
    uploadQueue.add(projectId, files)
    await navigate({ to: '/projects/$projectId/data', params: { projectId }, search: {} })
  }

  if (isDisabled) return <div className="drop-zone">{children}</div>
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the Data page has a button
    <div
      className="drop-zone"
      onDragEnter={(event) => {
        if (carriesFiles(event)) setDepth((current) => current + 1)
      }}
      onDragLeave={(event) => {
        if (carriesFiles(event)) setDepth((current) => Math.max(0, current - 1))
      }}
      onDragOver={(event) => {
        if (!carriesFiles(event)) return
        event.preventDefault()
        event.dataTransfer.dropEffect = 'copy'
      }}
      onDrop={(event) => {
        if (!carriesFiles(event)) return
        event.preventDefault()
        setDepth(0)
        void take(event.dataTransfer)
      }}
    >
      {children}
      {depth > 0 && (
        <div className="drop-zone__veil" aria-hidden="true">
          <div className="drop-zone__words">
            <Upload />
            {t('Drop images, folders or zips to upload')}
          </div>
        </div>
      )}
    </div>
  )
}
