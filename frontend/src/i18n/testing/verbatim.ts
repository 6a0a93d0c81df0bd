/** Literals that read like words and are none: names of keys, of formats, of the product. */
export const VERBATIM: ReadonlySet<string> = new Set([
  'Maskwright',
  '… · Maskwright',
  'Alt',
  'AltGraph',
  'CapsLock',
  'CSV',
  'Control',
  'Dead',
  'Meta',
  'Process',
  'Unidentified',
  'Labelbox',
  'Kili',
  'Segments.ai',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'Backspace',
  'Delete',
  'End',
  'Enter',
  'Files',
  'Escape',
  'Home',
  'Mod',
  'Shift',
  'Space',
  'Tab',
  'px',
  'min',
  '… px',
  // What stands where the ontology of a label could not be had.
  'Unknown class …',
])

/** Chords of keys, and what style sheets write. */
export const PATTERNS: readonly RegExp[] = [
  /^translate\(.+\)( scale\(.+\))?$/,
  /^((Alt|Mod|Shift)\+)+\S*$/,
  /^ {2}-H "/,
  /^[\d.]+px /,
  /^(button|input)\b.*, \w/,
  /^\(width < /,
]

/** Attributes whose value nobody reads. */
export const ATTRIBUTES_FOR_MACHINES: ReadonlySet<string> = new Set([
  'autoComplete',
  'className',
  'id',
  'name',
  'placement',
  'rel',
  'sandbox',
  'key',
  'style',
  'to',
])

/** Attributes that are nothing but words. */
export const ATTRIBUTES_FOR_READERS: ReadonlySet<string> = new Set([
  'alt',
  'aria-label',
  'description',
  'label',
  'placeholder',
  'title',
  'unit',
])

/** What is thrown for programmers, and what takes names. */
export const CALLS_FOR_MACHINES =
  /(Error|Exception)$|Invalid$|Failed$|^fail$|^#rejectAll$|^lazyRouteComponent$|^replace(All)?$/
