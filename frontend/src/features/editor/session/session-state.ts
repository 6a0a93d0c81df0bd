import type { ApiProblem } from '@/api/problems'
import type { Answers, LabelObject, NextTask } from '@/api/types'
import type { DraftChange } from './draft-log'
import type { OpenTask } from './open-task'
import type { LabelDocument } from './recorder'
import type { PreparedImage } from './task-source'

/** What the labeler is doing with the open task. While it is not `working`, nothing may be drawn. */
export type TaskPhase = 'working' | 'submitting' | 'skipping' | 'opening-next'

export type SessionState =
  | { kind: 'loading' }
  | { kind: 'open'; task: OpenTask; phase: TaskPhase; refusal: ApiProblem | null }
  /** The queue has nothing for this labeler. */
  | { kind: 'done' }
  /** Another page of this browser works on the task; it is shown here, and not to be changed. */
  | { kind: 'elsewhere'; next: NextTask; isTakingOver: boolean }
  | { kind: 'failed'; problem: ApiProblem }

/** What a task begins with: the draft, with what this browser has not sent yet laid over it. */
export interface ShownLabel {
  readonly objects: LabelObject[]
  readonly imageAnswers: Answers
}

/** Where tasks are shown and edited: the engine, in the browser. */
export interface Workbench<Image extends PreparedImage> {
  /** Puts a task on screen in one go, and owns the image from then on. */
  show(task: NextTask, label: ShownLabel, image: Image): LabelDocument
  /** What is shown stays, and may not be changed here any more. */
  freeze(): void
  /** Lays over what is shown what another page made of it. */
  follow(change: DraftChange): void
  clear(): void
}
