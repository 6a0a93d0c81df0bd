import { describe, expect, it } from 'vitest'
import type { Attribute } from '@/api/types'
import type { FindingsView, ObjectView } from '@/editor'
import type { ClassRow } from '../ontology-classes'
import { findProblems, type LabelRules } from './problems'

const AGE: Attribute = {
  id: 'age',
  name: 'Age',
  kind: 'number',
  required: true,
  step: 0.5,
  options: [],
}
const CAR: ClassRow = {
  kind: 'class',
  key: 'car',
  name: 'Car',
  depth: 0,
  spec: {
    type: 'class',
    id: 'car',
    name: 'Car',
    color: '#cc2200',
    kind: 'thing',
    layer: 0,
    attributes: [AGE],
    children: [],
  },
}
const RULES: LabelRules = { classes: [CAR], imageQuestions: [AGE], coverage: 'complete' }

const object = (change: Partial<ObjectView> = {}): ObjectView => ({
  key: 'one',
  classId: 'car',
  layer: 0,
  number: 1,
  name: 'Car 1',
  color: '#cc2200',
  isHidden: false,
  isLocked: false,
  isSelected: false,
  areaPx: 50,
  attributes: { age: 2 },
  relationships: [],
  making: { tool: null, lastTool: null },
  ...change,
})
const bounds = { left: 1, top: 2, right: 3, bottom: 4 }
const region = { areaPx: 4, bounds, at: { x: 1, y: 2 } }
const findings = (change: Partial<FindingsView> = {}): FindingsView => ({
  labelledPx: 100,
  totalPx: 100,
  survey: null,
  focus: null,
  ...change,
})
const label = (objects: ObjectView[], found: FindingsView = findings()) => ({
  objects,
  imageAnswers: { age: 1 },
  findings: found,
  revision: 7,
})

describe('what is to be mended', () => {
  it('is nothing in a whole label', () => {
    expect(findProblems(RULES, label([object()]))).toEqual([])
  })

  it('names missing and unfit answers of image and objects', () => {
    const problems = findProblems(RULES, {
      ...label([object({ attributes: { age: 0.3 } })]),
      imageAnswers: {},
    })
    expect(problems.map(({ title, detail }) => `${title}: ${detail}`)).toEqual([
      'Image: Age needs an answer.',
      'Car 1: Age must be in steps of 0.5.',
    ])
  })

  it('names objects astray, but not where the class lets its instances overlap', () => {
    const astray = label([object({ layer: 2 })])
    expect(findProblems(RULES, astray).map(({ fix }) => fix)).toEqual([
      { kind: 'move', key: 'one', layer: 0 },
    ])
    const overlapping: ClassRow = { ...CAR, spec: { ...CAR.spec, overlapping: true } }
    expect(findProblems({ ...RULES, classes: [overlapping] }, astray)).toEqual([])
  })

  it('names what is not covered, place by place once it was looked for', () => {
    const missing = { labelledPx: 96 }
    const [unknown] = findProblems(RULES, label([object()], findings(missing)))
    expect(unknown).toMatchObject({ isBlocking: true, place: { kind: 'next-gap' } })
    const survey = { revision: 7, gaps: [region], islands: [] }
    const [known] = findProblems(RULES, label([object()], findings({ ...missing, survey })))
    expect(known).toMatchObject({
      place: { kind: 'region', bounds },
      fix: { kind: 'fill', region },
    })
    const free = findProblems(
      { ...RULES, coverage: 'none' },
      label([object()], findings({ ...missing, survey })),
    )
    expect(free).toEqual([])
  })

  it('hints at stray pixels without standing in the way', () => {
    const island = { ...region, key: 'one', layer: 0 }
    const survey = { revision: 7, gaps: [], islands: [island] }
    const [hint] = findProblems(RULES, label([object()], findings({ survey })))
    expect(hint).toMatchObject({ isBlocking: false, fix: { kind: 'erase', island } })
    const stale = findings({ survey: { ...survey, revision: 6 } })
    expect(findProblems(RULES, label([object()], stale))).toEqual([])
  })
})
