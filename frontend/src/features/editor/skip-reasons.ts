import { message } from '@/editor/message'

/**
 * Why an image is skipped; the project manager sorts skipped images by it. What is kept is English,
 * whichever language it was chosen in: one reason is counted once.
 */
export const SKIP_REASONS: readonly { readonly id: string; readonly reason: string }[] = [
  { id: 'nothing', reason: message('Nothing to label') },
  { id: 'unusable', reason: message('Image is unusable') },
  { id: 'not-covered', reason: message('Instructions do not cover it') },
  { id: 'too-difficult', reason: message('Too difficult for me') },
]
