/** Where the keyboard goes between canvas and questions. */

export function focusCanvas(): void {
  document.querySelector<HTMLElement>('.stage__canvas')?.focus({ preventScroll: true })
}

export function questionsIn(form: Element): HTMLElement[] {
  return [...form.querySelectorAll<HTMLElement>('[data-question]')]
}

/** The chosen option, or the first, or the text. */
export function focusQuestion(question: HTMLElement): void {
  const field =
    question.querySelector<HTMLElement>('input:checked') ??
    question.querySelector<HTMLElement>('input, textarea')
  field?.focus()
  question.scrollIntoView({ block: 'nearest' })
}

/** Goes to the first question that lacks an answer, or the first of all; false where none is. */
export function focusQuestions(): boolean {
  for (const about of ['object', 'image']) {
    const form = document.querySelector(`[data-questions=${about}]`)
    if (form === null) continue
    const questions = questionsIn(form)
    const target = questions.find((each) => 'missing' in each.dataset) ?? questions[0]
    if (target === undefined) continue
    focusQuestion(target)
    return true
  }
  return false
}
