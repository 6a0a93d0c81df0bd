/** Which rule a mask broke; the same words as the server's. */
export type MaskFault =
  | 'structure'
  | 'size'
  | 'alphabet'
  | 'truncated'
  | 'overflow'
  | 'negative'
  | 'sum'

export class MaskError extends Error {
  override readonly name = 'MaskError'
  readonly fault: MaskFault
  /** The object whose mask it is, where the reader knew. */
  readonly objectKey: string | null

  constructor(fault: MaskFault, message: string, objectKey: string | null = null) {
    super(message)
    this.fault = fault
    this.objectKey = objectKey
  }

  ofObject(objectKey: string): MaskError {
    return new MaskError(this.fault, `Object ${objectKey}: ${this.message}`, objectKey)
  }
}
