import { expect, it } from 'vitest'
import { LabelDocument } from '../document/document'
import { runsOfRect } from '../geometry/runs'
import { isPacked } from './packed-tile'
import { eraseOnlyRule, overRule } from './write-rule'

const SIZE = { width: 530, height: 300 }
const ROUND = { left: 20, top: 20, right: 200, bottom: 200 }

function documentWith(write: (document: LabelDocument) => void): LabelDocument {
  const document = new LabelDocument(SIZE)
  const mark = document.history.mark('Draw')
  document.objects.create('only', 'class', 0, {})
  write(document)
  document.history.commit(mark)
  return document
}

it('keeps a tile that came to hold one id everywhere as that id', () => {
  const document = documentWith((each) => {
    const sink = each.spanSink(0, overRule(1, []))
    for (let y = 0; y < SIZE.height; y++) sink(y, 0, SIZE.width)
  })
  const { layer } = document.writer(0)
  expect(Array.from(layer.indices(), (index) => layer.versionAt(index))).toEqual([1, 1, 1, 1, 1, 1])
  const mark = document.history.mark('Erase')
  const eraser = document.spanSink(0, eraseOnlyRule([1]))
  for (let y = 0; y < 256; y++) eraser(y, 0, 256)
  document.history.commit(mark)
  expect(layer.versionAt(0)).toBe(0)
})

it('packs the tiles of a step, and again those that undo and redo put in their place', () => {
  const document = documentWith((each) => each.writeRuns(0, runsOfRect(ROUND), overRule(1, [])))
  const mark = document.history.mark('Cut')
  document.writeRuns(0, runsOfRect({ ...ROUND, right: 90 }), eraseOnlyRule([1]))
  document.history.commit(mark)
  const kept = () =>
    document.history.steps.flatMap(({ command: { layers } }) =>
      layers.flatMap(({ patches }) => patches.map(({ other }) => other)),
    )
  const isSmall = () => kept().every((tile) => typeof tile === 'number' || isPacked(tile))
  const pack = () => {
    while (document.history.packOne());
  }
  expect(isSmall()).toBe(false)
  pack()
  expect(isSmall()).toBe(true)
  document.history.undo()
  expect(isSmall()).toBe(false)
  pack()
  expect(isSmall()).toBe(true)
})
