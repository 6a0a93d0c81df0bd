import { Fragment, isValidElement, type ReactNode } from 'react'
import type { Holes, Text } from './catalogue'
import { parts } from './t'

/** A text with elements in it: `rich('Press {key} to go on', { key: <Kbd keys="Enter" /> })`. */
export function rich<Words extends Text>(
  text: Words,
  values: Readonly<Record<Holes<Words>, ReactNode>>,
): ReactNode {
  return parts<Words, ReactNode>(text, values).map((part, place) => (
    // The parts of a text stay in their order for as long as the page is open.
    <Fragment key={isValidElement(part) ? `element-${place}` : `words-${place}`}>{part}</Fragment>
  ))
}
