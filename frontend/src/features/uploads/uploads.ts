import { useSyncExternalStore } from 'react'
import type { Id } from '@/api/types'
import { isUnderWay, type Upload, UploadQueue } from './queue'
import { sendFile } from './transport'

const storedListeners = new Set<(projectId: Id) => void>()

/** Call `listener` whenever images were added to a project. Returns a disposer. */
export function onStored(listener: (projectId: Id) => void): () => void {
  storedListeners.add(listener)
  return () => storedListeners.delete(listener)
}

export const uploadQueue = new UploadQueue({
  send: sendFile,
  onStored: (projectId) => {
    for (const listener of storedListeners) listener(projectId)
  },
})

// The queue lives as long as the tab, and so do these.
addEventListener('online', () => uploadQueue.hurry())
addEventListener('beforeunload', (event) => {
  if (uploadQueue.getSnapshot().some(isUnderWay)) event.preventDefault()
})

/** Whether files of this project are on their way. */
export function useIsUploading(projectId: Id): boolean {
  return useUploads().some((upload) => upload.projectId === projectId && isUnderWay(upload))
}

export function useUploads(): readonly Upload[] {
  return useSyncExternalStore(uploadQueue.subscribe, uploadQueue.getSnapshot)
}
