/** Why an image is skipped; the project manager sorts skipped images by it. */
export const SKIP_REASONS: readonly { readonly id: string; readonly reason: string }[] = [
  { id: 'nothing', reason: 'Nothing to label' },
  { id: 'unusable', reason: 'Image is unusable' },
  { id: 'not-covered', reason: 'Instructions do not cover it' },
  { id: 'too-difficult', reason: 'Too difficult for me' },
]
