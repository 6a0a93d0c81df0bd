/**
 * Words for a person. The engine writes them in English and knows no other language: whoever shows
 * them looks them up, with the values in their holes.
 */
export type Message =
  | string
  | { readonly text: string; readonly values: Readonly<Record<string, string | number>> }

/** Marks a text as one that the catalogue has to hold; `{n}` is a count. */
export function message<Text extends string>(text: Text): Text
export function message(text: string, values: Readonly<Record<string, string | number>>): Message
export function message(text: string, values?: Readonly<Record<string, string | number>>): Message {
  return values === undefined ? text : { text, values }
}

/** The English of a message, for programmers and tests. */
export function textOf(message: Message): string {
  return typeof message === 'string'
    ? message
    : message.text.replaceAll(
        /\{(\w+)\}/g,
        (hole, name: string) => `${message.values[name] ?? hole}`,
      )
}
