/** Edges of one object while they are found, one after the other. */
export class EdgeList {
  #edges = new Uint32Array(64)
  #length = 0

  push(position: number): void {
    if (this.#length === this.#edges.length) {
      const larger = new Uint32Array(this.#length * 2)
      larger.set(this.#edges)
      this.#edges = larger
    }
    this.#edges[this.#length++] = position
  }

  get length(): number {
    return this.#length
  }

  get edges(): Uint32Array {
    return this.#edges
  }
}
