import { useParams } from '@tanstack/react-router'
import type { Id } from '@/api/types'

/** The project of the address; pages under /projects/$projectId call it. */
export function useProjectId(): Id {
  const { projectId } = useParams({ strict: false })
  if (projectId === undefined) throw new Error('This page stands outside of a project.')
  return projectId
}
