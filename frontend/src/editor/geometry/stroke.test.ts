import { describe, expect, it } from 'vitest'
import { drawnRows, goldenDrawing } from '../testing/golden'
import { imagePoint } from './points'
import { type BrushTip, sweepTip } from './stroke'

interface SweepVector {
  tip: BrushTip
  from: [number, number]
  fromDiameterPx: number
  to: [number, number]
  toDiameterPx: number
  rows: string[]
}

describe("a brush's way", () => {
  const { sweeps } = goldenDrawing<{ sweeps: SweepVector[] }>()

  it.each(sweeps.map((vector) => [describeSweep(vector), vector] as const))(
    'covers what every dab on it would: %s',
    (_name, vector) => {
      const size = { width: vector.rows[0]?.length ?? 0, height: vector.rows.length }
      const from = { at: imagePoint(...vector.from), diameterPx: vector.fromDiameterPx }
      const to = { at: imagePoint(...vector.to), diameterPx: vector.toDiameterPx }
      expect(drawnRows(size, (sink) => sweepTip(vector.tip, from, to, size, sink))).toEqual(
        vector.rows,
      )
    },
  )
})

function describeSweep({ tip, from, fromDiameterPx, to, toDiameterPx }: SweepVector): string {
  return `${tip} ${fromDiameterPx} px at ${from} to ${toDiameterPx} px at ${to}`
}
