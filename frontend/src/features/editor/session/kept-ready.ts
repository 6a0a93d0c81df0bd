import type { NextTask, TaskStage } from '@/api/types'
import type { SessionDatabase } from './database'
import { readKeptTask } from './kept-task'

export interface ReadyOwner {
  userId: string
  projectId: string
  stage: TaskStage
}

/**
 * The prefetched tasks, in this browser too: after a reload without a network one goes on with them.
 * Whether they are still ours is the server's word, and is asked once it can be.
 */
export async function keepReadyTasks(
  database: SessionDatabase | null,
  { userId, projectId, stage }: ReadyOwner,
  tasks: readonly NextTask[],
): Promise<void> {
  const entry = { user_id: userId, project_id: projectId, stage, tasks: [...tasks] }
  // A store that fails costs the reload without a network, nothing else.
  await database?.put('kept_ready', entry).catch(ignoreStorageFailure)
}

/** What may be gone on with: the task that was open last, then those that were prefetched. */
export async function readKeptTasks(
  database: SessionDatabase | null,
  owner: ReadyOwner,
): Promise<readonly NextTask[]> {
  const last = await readKeptTask(database, owner.userId, owner.projectId)
  const ready = await readReadyTasks(database, owner)
  const tasks = last === null ? ready : [last, ...ready]
  return tasks.filter(({ task }) => task.stage === owner.stage)
}

async function readReadyTasks(
  database: SessionDatabase | null,
  { userId, projectId, stage }: ReadyOwner,
): Promise<readonly NextTask[]> {
  const kept = await database
    ?.get('kept_ready', [userId, projectId, stage])
    .catch(ignoreStorageFailure)
  return kept?.tasks ?? []
}

function ignoreStorageFailure(error: unknown): undefined {
  if (error instanceof DOMException) return undefined
  throw error
}
