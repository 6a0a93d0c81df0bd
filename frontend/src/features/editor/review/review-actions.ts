import type { Action } from '@/editor'
import { t } from '@/i18n'
import type { ReviewDesk } from './review-desk'

interface ReviewHands {
  /** Brings the review to the front of the panel. */
  readonly showReview: () => void
  readonly isWorking: () => boolean
}

/** What only a reviewer does, for the same list as all other commands. */
export function reviewActions(
  review: ReviewDesk,
  { showReview, isWorking }: ReviewHands,
): readonly Action[] {
  return [
    {
      id: 'task.submit',
      label: t('Approve, or hand in the correction'),
      icon: 'submit',
      scope: 'page',
      isEnabled: isWorking,
      perform: () => review.handIn(),
    },
    {
      id: 'review.send-back',
      label: t('Send back…'),
      icon: 'send-back',
      scope: 'page',
      isEnabled: isWorking,
      perform: () => {
        showReview()
        review.beginSendingBack()
      },
    },
    {
      id: 'review.next-region',
      label: t('Next changed region'),
      icon: 'next-gap',
      isEnabled: isWorking,
      perform: () => void review.nextRegion(),
    },
    {
      id: 'review.differences',
      label: t('Show what changed'),
      icon: 'layers',
      isEnabled: isWorking,
      isChecked: () => review.comparison.look.get().mode === 'differences',
      perform: () => void review.comparison.toggle('differences'),
    },
    {
      id: 'review.wipe',
      label: t('Slide between two versions'),
      icon: 'layers',
      isEnabled: isWorking,
      isChecked: () => review.comparison.look.get().mode === 'wipe',
      perform: () => void review.comparison.toggle('wipe'),
    },
    {
      id: 'review.blink',
      label: t('Blink between two versions'),
      icon: 'layers',
      isEnabled: isWorking,
      isChecked: () => review.comparison.look.get().mode === 'blink',
      perform: () => void review.comparison.toggle('blink'),
    },
  ]
}

/** A label in review is not somebody's to ask about or to submit. */
export function isForLabelingOnly({ id }: Action): boolean {
  return id === 'task.submit' || id === 'task.ask' || id === 'task.previous'
}
