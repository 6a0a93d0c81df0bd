import { describe, expect, it } from 'vitest'
import type { WorkflowStep } from '@/api/reviews'
import { draftOf, isSame, moved, newStep, stepsOf, stepWords } from './workflow-draft'

const NAMES = {
  classes: new Map([
    ['car', 'Car'],
    ['road', 'Road'],
  ]),
  people: new Map([['ann', 'Ann']]),
  teams: new Map([['farm', 'Pixel Farm']]),
}

function step(part: Partial<WorkflowStep> = {}): WorkflowStep {
  return {
    name: 'Review',
    percent: 100,
    labelers: [],
    teams: [],
    classes: [],
    skill: null,
    agreement_below: null,
    model_iou_below: null,
    ...part,
  }
}

describe('a step in words', () => {
  it('says which labels are looked at', () => {
    expect(stepWords(step(), NAMES)).toBe('All labels are looked at.')
    expect(stepWords(step({ percent: 30, classes: ['car'], teams: ['farm'] }), NAMES)).toBe(
      '30 % of the labels with Car by Pixel Farm are looked at.',
    )
  })

  it('says that one class is enough, that both filters count, and who looks', () => {
    const both = step({ classes: ['car', 'road'], labelers: ['ann'], teams: ['farm'], skill: 'x' })
    expect(stepWords(both, NAMES)).toBe(
      'All labels with Car or Road by Ann while in Pixel Farm are looked at by people with the skill “x”.',
    )
  })

  it('says that something is gone instead of an id', () => {
    expect(stepWords(step({ classes: ['bus'] }), NAMES)).toBe(
      'All labels with a class that is gone are looked at.',
    )
  })
})

describe('a workflow in hand', () => {
  it('is the same until something is changed, and after that is undone', () => {
    const steps = [step({ name: 'First' }), step({ name: 'Second' })]
    const draft = draftOf(steps)
    expect(isSame(draft, steps)).toBe(true)
    const key = draft[0]?.key ?? ''
    const turned = moved(draft, key, 1)
    expect(stepsOf(turned).map(({ name }) => name)).toEqual(['Second', 'First'])
    expect(isSame(turned, steps)).toBe(false)
    expect(isSame(moved(turned, key, -1), steps)).toBe(true)
  })

  it('keeps a step in place that would leave at either end', () => {
    const draft = draftOf([step({ name: 'First' }), step({ name: 'Second' })])
    expect(moved(draft, draft[0]?.key ?? '', -1)).toEqual(draft)
    expect(moved(draft, draft[1]?.key ?? '', 1)).toEqual(draft)
  })

  it('names a new step by its place', () => {
    const first = newStep([])
    expect(first.name).toBe('Review')
    expect(newStep([first]).name).toBe('Review 2')
  })
})
