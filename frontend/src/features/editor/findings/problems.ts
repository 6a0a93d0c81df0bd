import type { Attribute, Coverage } from '@/api/types'
import type {
  Attributes,
  EditorSnapshot,
  FindingsView,
  FoundIsland,
  FoundRegion,
  ObjectView,
  Rect,
} from '@/editor'
import { t } from '@/i18n'
import { wrongAnswers } from '../answers'
import { type ClassRow, classById } from '../ontology-classes'
import { areaWords } from '../panel/ObjectRow'

/** Gaps beyond these are many slips of one kind; the rest follows when these are mended. */
const GAPS_LISTED = 50

export type ProblemPlace =
  | { kind: 'image' }
  | { kind: 'object'; key: string }
  | { kind: 'region'; bounds: Rect }
  /** Where it is has to be looked for first. */
  | { kind: 'next-gap' }

export type ProblemFix =
  | { kind: 'fill'; region: FoundRegion }
  | { kind: 'erase'; island: FoundIsland }
  | { kind: 'move'; key: string; layer: number }

/** Something that is to be mended, or worth a look. */
export interface LabelProblem {
  readonly id: string
  /** The server would refuse the label because of it. */
  readonly isBlocking: boolean
  readonly title: string
  readonly detail: string
  readonly place: ProblemPlace
  readonly fix: ProblemFix | null
}

export interface LabelRules {
  readonly classes: readonly ClassRow[]
  readonly imageQuestions: readonly Attribute[]
  readonly coverage: Coverage
}

type Label = Pick<EditorSnapshot, 'objects' | 'imageAnswers' | 'findings' | 'revision'>

/** All problems of a label: what blocks first, in the order of image, objects, pixels. */
export function findProblems(rules: LabelRules, label: Label): readonly LabelProblem[] {
  const { objects, imageAnswers, findings, revision } = label
  const isFresh = findings.survey?.revision === revision
  return [
    ...aboutImage(rules.imageQuestions, imageAnswers),
    ...objects.flatMap((object) => aboutObject(rules.classes, object)),
    ...(rules.coverage === 'complete' ? aboutCoverage(findings, isFresh) : []),
    ...(isFresh ? aboutIslands(findings, objects) : []),
  ]
}

function aboutImage(questions: readonly Attribute[], answers: Attributes): LabelProblem[] {
  return wrongAnswers(questions, answers).map(({ attribute, reason }) => ({
    id: `image:${attribute.id}`,
    isBlocking: true,
    title: t('Image'),
    detail: `${attribute.name} ${reason}.`,
    place: { kind: 'image' },
    fix: null,
  }))
}

function aboutObject(classes: readonly ClassRow[], object: ObjectView): LabelProblem[] {
  const { key, name, layer, attributes } = object
  const found = classById(classes, object.classId)
  if (found === null) {
    return [
      {
        id: `${key}:class`,
        isBlocking: true,
        title: name,
        detail: t('Its class is not in the ontology any more. Choose another one.'),
        place: { kind: 'object', key },
        fix: null,
      },
    ]
  }
  const problems: LabelProblem[] = wrongAnswers(found.attributes, attributes).map(
    ({ attribute, reason }) => ({
      id: `${key}:${attribute.id}`,
      isBlocking: true,
      title: name,
      detail: `${attribute.name} ${reason}.`,
      place: { kind: 'object', key },
      fix: null,
    }),
  )
  if (layer !== found.layer && found.overlapping !== true) {
    problems.push({
      id: `${key}:layer`,
      isBlocking: true,
      title: name,
      detail: t('Lies on layer {layer}, its class on layer {classLayer}.', {
        layer,
        classLayer: found.layer,
      }),
      place: { kind: 'object', key },
      fix: { kind: 'move', key, layer: found.layer },
    })
  }
  return problems
}

function aboutCoverage(findings: FindingsView, isFresh: boolean): LabelProblem[] {
  const missing = findings.totalPx - findings.labelledPx
  if (missing === 0) return []
  if (!isFresh) {
    return [
      {
        id: 'coverage',
        isBlocking: true,
        title: t('Unlabelled'),
        detail: t('{area} belong to no object.', { area: areaWords(missing) }),
        place: { kind: 'next-gap' },
        fix: null,
      },
    ]
  }
  return (findings.survey?.gaps ?? []).slice(0, GAPS_LISTED).map((region) => ({
    id: `gap:${region.at.x}:${region.at.y}`,
    isBlocking: true,
    title: t('Unlabelled region'),
    detail: t('{area} at {x}, {y}', {
      area: areaWords(region.areaPx),
      x: String(region.at.x),
      y: String(region.at.y),
    }),
    place: { kind: 'region', bounds: region.bounds },
    fix: { kind: 'fill', region },
  }))
}

function aboutIslands(findings: FindingsView, objects: readonly ObjectView[]): LabelProblem[] {
  const names = new Map(objects.map(({ key, name }) => [key, name]))
  return (findings.survey?.islands ?? []).flatMap((island) => {
    const name = names.get(island.key)
    if (name === undefined) return []
    return [
      {
        id: `island:${island.layer}:${island.at.x}:${island.at.y}`,
        isBlocking: false,
        title: name,
        detail: t('{area} apart from the rest of it', { area: areaWords(island.areaPx) }),
        place: { kind: 'region', bounds: island.bounds },
        fix: { kind: 'erase', island },
      } satisfies LabelProblem,
    ]
  })
}
