/** A notch of any wheel is one step; the small ones of a trackpad add up to it. */
const STEP_DELTA = 40

/** Turns what a wheel reports into steps, up or down. */
export class WheelSteps {
  #turned = 0

  /** 1 for a step up, away from the hand; 0 where it does not add up to one yet. */
  turn(deltaY: number): -1 | 0 | 1 {
    const isOtherWay = Math.sign(deltaY) !== Math.sign(this.#turned)
    this.#turned = isOtherWay ? deltaY : this.#turned + deltaY
    if (Math.abs(this.#turned) < STEP_DELTA) return 0
    this.#turned = 0
    return deltaY < 0 ? 1 : -1
  }
}
