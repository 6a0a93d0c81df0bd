import { message } from '../message'

export const GOES_ON_OUTSIDE = message(
  'This object goes on outside of the frame: draw it inside, the rest of it stays as it is.',
)

export const NOTHING_OUTSIDE = message('Outside of the frame nothing changes.')
