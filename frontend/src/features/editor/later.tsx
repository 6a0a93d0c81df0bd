import { type FunctionComponent, useEffect, useState } from 'react'
import { NetworkProblem } from '@/api/problems'
import { whenIdle } from '@/editor'
import { ProblemMessage } from '@/ui/Message'

/** Whoever opens a dialog at once waits no longer than this. */
const LATEST_MS = 300

const rest: (() => Promise<unknown>)[] = []

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
      // To ask for files takes the page some milliseconds each: the image goes first.
      whenIdle(() => {
        if (isGone) return
        fetchPart().then(
          (fetched) => setPart(() => fetched),
          () => setFailed(true),
        )
      }, LATEST_MS)
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

/** The first image is on screen: now the others. What does not come is asked for when it is needed. */
export async function fetchTheRest(): Promise<void> {
  await new Promise<void>((resolve) => whenIdle(() => resolve()))
  await Promise.allSettled(rest.map((fetchPart) => fetchPart()))
}
