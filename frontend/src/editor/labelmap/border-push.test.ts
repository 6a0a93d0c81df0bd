import { describe, expect, it } from 'vitest'
import { imagePoint } from '../geometry/points'
import { goldenDrawing } from '../testing/golden'
import { BorderPush } from './border-push'
import { LayerWriter } from './layer-writer'
import { TileLayer } from './tile-layer'
import { takeFromRule } from './write-rule'

interface PushVector {
  name: string
  ids: string[]
  radiusPx: number
  way: [number, number][]
  after: string[]
}

describe('a pushed border', () => {
  const { pushes } = goldenDrawing<{ pushes: PushVector[] }>()

  it.each(pushes.map((vector) => [vector.name, vector] as const))('%s', (_name, vector) => {
    const writer = writerOf(vector.ids)
    const [start, ...way] = vector.way.map(([x, y]) => imagePoint(x, y))
    if (!start) throw new Error('A push needs a start.')
    const push = new BorderPush(writer.layer, [1, 2], start, vector.radiusPx)
    let last = start
    for (const to of way) {
      push.step(
        last,
        to,
        (y, left, right) => writer.writeSpan(y, left, right, takeFromRule(1, [2])),
        (y, left, right) => writer.writeSpan(y, left, right, takeFromRule(2, [1])),
      )
      last = to
    }
    expect(rowsOf(writer.layer)).toEqual(vector.after)
  })
})

function writerOf(rows: readonly string[]): LayerWriter {
  const writer = new LayerWriter(
    new TileLayer({ width: rows[0]?.length ?? 0, height: rows.length }),
  )
  rows.forEach((row, y) => {
    Array.from(row).forEach((id, x) => {
      writer.writeSpan(y, x, x + 1, takeFromRule(Number(id), [0]))
    })
  })
  writer.take()
  return writer
}

function rowsOf(layer: TileLayer): string[] {
  const { width, height } = layer.size
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => layer.idAt(x, y)).join(''),
  )
}
