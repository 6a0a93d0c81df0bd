import type { Coverage } from '@/api/types'
import type { Editor } from '@/editor'
import { Observable } from '../session/observable'
import type { EngineWorkbench } from '../workbench'
import { findProblems, type LabelProblem, type ProblemFix } from './problems'

export type PanelTab = 'review' | 'label' | 'issues'

/** Watches over what a label still lacks, and leads there. Knows neither React nor the server. */
export class Completeness {
  readonly tab = new Observable<PanelTab>('label')
  /** How many problems stood in the way of the last submit; null since they are mended. */
  readonly refused = new Observable<number | null>(null)
  private readonly editor: Editor
  private readonly workbench: EngineWorkbench
  private readonly coverage: () => Coverage

  constructor(editor: Editor, workbench: EngineWorkbench, coverage: () => Coverage) {
    this.editor = editor
    this.workbench = workbench
    this.coverage = coverage
    workbench.shown.subscribe(() => this.refused.set(null))
  }

  problems(): readonly LabelProblem[] {
    const prepared = this.workbench.shown.get()
    const snapshot = this.editor.store.getSnapshot()
    if (prepared === null || snapshot.size === null) return []
    const { classes } = prepared
    // Who is asked about a part of the image is asked nothing about the image.
    const imageQuestions = snapshot.scope === null ? prepared.imageQuestions : []
    return findProblems({ classes, imageQuestions, coverage: this.coverage() }, snapshot)
  }

  /** True where the label may be handed in; otherwise the first thing in the way is shown. */
  checkBeforeSubmit(): boolean {
    const blocking = this.problems().filter(({ isBlocking }) => isBlocking)
    this.refused.set(blocking.length === 0 ? null : blocking.length)
    const [first] = blocking
    if (first === undefined) return true
    this.tab.set('issues')
    this.show(first)
    return false
  }

  dismiss(): void {
    this.refused.set(null)
  }

  show({ place }: Pick<LabelProblem, 'place'>): void {
    switch (place.kind) {
      case 'image':
        this.editor.select([])
        return
      case 'object':
        this.editor.select([place.key])
        this.editor.zoomToObject(place.key)
        return
      case 'region':
        this.editor.findings.show(place.bounds)
        return
      case 'next-gap':
        void this.editor.findings.nextGap()
    }
  }

  fix(fix: ProblemFix): void {
    switch (fix.kind) {
      case 'fill':
        void this.editor.findings.fillGap(fix.region)
        return
      case 'erase':
        void this.editor.findings.eraseIsland(fix.island)
        return
      case 'move':
        this.editor.layers.move([fix.key], fix.layer)
    }
  }
}
