import * as packages from 'react-aria-components/i18n/de-DE'

/**
 * Tell the components their German words (what a screen reader says of a menu or a number field);
 * their own way of choosing would put all languages into the first load.
 */
export function nameComponents(): void {
  const page = window as unknown as Record<symbol, unknown>
  page[Symbol.for('react-aria.i18n.locale')] = 'de-DE'
  // The package's types call its default export a type; it is the strings.
  page[Symbol.for('react-aria.i18n.strings')] = (packages as unknown as { default: object }).default
}
