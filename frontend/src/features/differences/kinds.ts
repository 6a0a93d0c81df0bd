/** What can have happened to a pixel between two versions. */
export type DifferenceKind = 'added' | 'removed' | 'relabelled'

interface KindWords {
  readonly id: DifferenceKind
  readonly name: string
  readonly meaning: string
  /** Told apart by every kind of colour vision (Okabe and Ito, Color Universal Design, 2008). */
  readonly color: string
}

export const KINDS: readonly KindWords[] = [
  { id: 'added', name: 'Added', meaning: 'labelled now, and not before', color: '#0072b2' },
  { id: 'removed', name: 'Removed', meaning: 'labelled before, and not now', color: '#d55e00' },
  { id: 'relabelled', name: 'Relabelled', meaning: 'of another class now', color: '#f0e442' },
]
