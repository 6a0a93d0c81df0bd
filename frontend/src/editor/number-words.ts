/** A number as a person reads it, with so many decimals where that is said. */
export type NumberWords = (value: number, decimals?: number) => string

let words: NumberWords = (value, decimals) =>
  decimals === undefined ? String(value) : value.toFixed(decimals)

/** For the few numbers that the engine writes on the canvas itself. A page has one language. */
export function sayNumbersAs(next: NumberWords): void {
  words = next
}

export const numberWords: NumberWords = (value, decimals) => words(value, decimals)
