import { type FunctionComponent, useEffect, useState } from 'react'
import { NetworkProblem } from '@/api/problems'
import { whenIdle } from '@/editor'
import { ProblemMessage } from '@/ui/Message'

/** Whoever opens a dialog at once waits no longer than this. */
const LATEST_MS = 300

/** Where the first image does not come, the parts that stand around it do. */
const LATEST_BEHIND_IMAGE_MS = 1_500

/** The image, its masks, what stands around them, and the end of that frame. */
const FRAMES_OF_IMAGE = 4

const rest: (() => Promise<unknown>)[] = []

let noteDrawn: () => void = () => undefined
const firstImage = new Promise<void>((resolve) => {
  noteDrawn = resolve
})

/** Not while the first image is on its way: its code and its answers share the network with this. */
async function behindFirstImage(): Promise<void> {
  await Promise.race([firstImage, after(LATEST_BEHIND_IMAGE_MS)])
  // To ask for files takes the page some milliseconds each.
  await new Promise<void>((resolve) => whenIdle(() => resolve(), LATEST_MS))
}

/**
 * A part of the page that the first image does not need. Its code comes once an image is on screen,
 * long before anybody asks for it; whoever is quicker waits for it alone. Not `lazy`: where the code
 * is there, the part is there with the same frame, and takes the keys that follow.
 */
export function later<Module, Props extends object>(
  load: () => Promise<Module>,
  pick: (module: Module) => FunctionComponent<Props>,
): FunctionComponent<Props> {
  let part: FunctionComponent<Props> | null = null
  const fetchPart = async () => {
    part ??= pick(await load())
    return part
  }
  rest.push(fetchPart)
  return function Later(props: Props) {
    const [Part, setPart] = useState(() => part)
    const [attempt, setAttempt] = useState(0)
    const [hasFailed, setFailed] = useState(false)
    // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt asks once more
    useEffect(() => {
      if (Part !== null) return
      let isGone = false
      const fetchBehind = async () => {
        await behindFirstImage()
        if (!isGone) setPart(await fetchPart().then((fetched) => () => fetched))
      }
      fetchBehind().catch(() => setFailed(true))
      return () => {
        isGone = true
      }
    }, [Part, attempt])
    if (Part !== null) return <Part {...props} />
    if (!hasFailed) return null
    const retry = () => {
      setFailed(false)
      setAttempt(attempt + 1)
    }
    return <ProblemMessage error={new NetworkProblem()} onRetry={retry} />
  }
}

/**
 * The first task is open: once its image and its masks are on screen, the others. What does not come
 * is asked for when it is needed.
 */
export async function fetchTheRest(): Promise<void> {
  for (let frame = 0; frame < FRAMES_OF_IMAGE; frame++) {
    // A page that is hidden has no frames.
    await Promise.race([new Promise(requestAnimationFrame), after(LATEST_MS)])
  }
  noteDrawn()
  await behindFirstImage()
  await Promise.allSettled(rest.map((fetchPart) => fetchPart()))
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
