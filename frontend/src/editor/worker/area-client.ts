import type { AreaComputers } from '../areas/areas'
import {
  type AreaComputer,
  AreaComputerFailed,
  type AreaRequest,
  type AreaResults,
} from '../areas/computer'
import { AreaEngine } from './area-engine'

export interface AreaCall {
  readonly id: number
  readonly request: AreaRequest
}
export type AreaReply =
  | { readonly id: number; readonly result: AreaResults[AreaRequest['call']] }
  | { readonly id: number; readonly message: string }

interface Waiting {
  readonly resolve: (result: never) => void
  readonly reject: (error: Error) => void
}

/** Promises over a worker of its own, which starts with the first request. */
export function createAreaWorker(
  start: () => Worker = () =>
    new Worker(new URL('./area.worker.ts', import.meta.url), { type: 'module' }),
): AreaComputer {
  const waiting = new Map<number, Waiting>()
  let nextId = 1
  let worker: Worker | null = null

  const fail = (message: string) => {
    const failure = new AreaComputerFailed(message)
    for (const { reject } of waiting.values()) reject(failure)
    waiting.clear()
    // The next request starts another: nothing in it is worth more than asking again.
    worker?.terminate()
    worker = null
  }
  const started = () => {
    const made = start()
    made.onmessage = ({ data }: MessageEvent<AreaReply>) => {
      const call = waiting.get(data.id)
      waiting.delete(data.id)
      if ('result' in data) call?.resolve(data.result as never)
      else call?.reject(new AreaComputerFailed(data.message))
    }
    made.onerror = (event) => fail(event.message || 'The worker could not be started.')
    made.onmessageerror = () => fail('The worker was sent something that it cannot read.')
    return made
  }
  return {
    run: (request, transfer = []) =>
      new Promise((resolve, reject) => {
        worker ??= started()
        const id = nextId++
        waiting.set(id, { resolve, reject })
        worker.postMessage({ id, request }, transfer)
      }),
    dispose: () => fail('The worker was stopped.'),
  }
}

export function createAreaWorkers(): AreaComputers {
  return { colors: createAreaWorker(), superpixels: createAreaWorker() }
}

/** On the page itself: for tests, whose images are given as they are. */
export function inlineAreaComputer(engine = new AreaEngine()): AreaComputer {
  return {
    run: async (request) => engine.perform(request) as never,
    dispose: () => undefined,
  }
}
