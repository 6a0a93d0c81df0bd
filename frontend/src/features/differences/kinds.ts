import { t } from '@/i18n'

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
  { id: 'added', name: t('Added'), meaning: t('labelled now, and not before'), color: '#0072b2' },
  {
    id: 'removed',
    name: t('Removed'),
    meaning: t('labelled before, and not now'),
    color: '#d55e00',
  },
  { id: 'relabelled', name: t('Relabelled'), meaning: t('of another class now'), color: '#f0e442' },
]
