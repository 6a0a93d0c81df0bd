import type { NextTask, TaskStage } from '@/api/types'
import type { Clock } from './clock'
import type { SessionDatabase } from './database'
import type { LabelServer } from './label-server'
import type { Workbench } from './session-state'
import type { TabLock } from './tab-lock'
import type { OpenTaskChannel } from './task-channel'
import type { PreparedImage } from './task-source'

/** What a sitting needs of the browser and of the server. */
export interface SessionParts<Image extends PreparedImage> {
  server: LabelServer
  database: SessionDatabase | null
  clock: Clock
  newId: () => string
  userId: string
  projectId: string
  /** Labels to draw, or to review. */
  stage?: TaskStage
  workbench: Workbench<Image>
  /** Resolves when there is something to show: the image, or that it failed to load. */
  prepareImage: (next: NextTask) => Promise<Image>
  /** Resolves once what was just shown is on the screen: what can wait goes after it. */
  afterFrame?: () => Promise<void>
  lockTask: (
    taskId: string,
    options: { takeOver: boolean; onTaken: () => void },
  ) => Promise<TabLock | null>
  /** Calls back once no page of this browser has the task; returns what stops waiting for it. */
  awaitFreeTask: (taskId: string, onFree: () => void) => () => void
  openChannel: OpenTaskChannel
}
