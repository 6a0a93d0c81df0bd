import type { LabelObject, NextTask } from '@/api/types'

interface Label {
  readonly objects: readonly Omit<LabelObject, 'provenance' | 'order'>[]
  readonly image_attributes: NextTask['label']['image_attributes']
}

/** Whether two labels say the same, whatever the order of their objects and answers. */
export function isSameLabel(one: Label, other: Label): boolean {
  return saidIn(one) === saidIn(other)
}

function saidIn({ objects, image_attributes }: Label): string {
  const said = objects.map(({ key, class_id, layer, mask, attributes, relationships = [] }) =>
    plain([key, class_id, layer, mask.counts, attributes, relationships]),
  )
  return plain([said.sort(), image_attributes])
}

/** Without what says nothing, and with names in order. */
function plain(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (part === null || typeof part !== 'object' || Array.isArray(part)) return part
    const filled = Object.entries(part).filter(([, each]) => each !== null && each !== undefined)
    return Object.fromEntries(filled.sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}
