import { Observable, type Readable } from '../session/observable'
import { type Bindings, bindingsOf, choiceFrom, type ShortcutChoice } from './bindings'

/** Where a person's choice of keys is kept. */
export interface ShortcutServer {
  load(): Promise<unknown>
  save(choice: ShortcutChoice): Promise<unknown>
}

/** This computer's copy, so that the keys are there before, and without, the network. */
export interface ShortcutCopy {
  read(): unknown
  write(choice: ShortcutChoice): void
}

/** A person's keys: in force at once, kept here, and carried to the server. */
export class Shortcuts {
  readonly choice: Readable<ShortcutChoice>
  readonly bindings: Readable<Bindings>
  /** Why the last change is on this computer only. */
  readonly failure: Readable<unknown>
  private readonly server: ShortcutServer
  private readonly copy: ShortcutCopy
  private readonly chosen: Observable<ShortcutChoice>
  private readonly bound: Observable<Bindings>
  private readonly failed = new Observable<unknown>(null)
  private saving: Promise<void> = Promise.resolve()
  private changes = 0

  constructor(server: ShortcutServer, copy: ShortcutCopy) {
    this.server = server
    this.copy = copy
    this.chosen = new Observable(choiceFrom(copy.read()))
    this.bound = new Observable(bindingsOf(this.chosen.get()))
    this.choice = this.chosen
    this.bindings = this.bound
    this.failure = this.failed
  }

  /** Takes over what was chosen on another computer. Without an answer the copy stands. */
  async load(): Promise<void> {
    const before = this.changes
    const loaded = await this.server.load().catch(() => null)
    // What was changed here meanwhile is newer.
    if (loaded !== null && before === this.changes) this.apply(choiceFrom(loaded))
  }

  change(choice: ShortcutChoice): Promise<void> {
    this.changes += 1
    this.apply(choice)
    const isLast = () => choice === this.chosen.get()
    this.saving = this.saving.then(async () => {
      if (!isLast()) return
      await this.server.save(choice).then(
        () => this.failed.set(null),
        (error: unknown) => this.failed.set(error),
      )
    })
    return this.saving
  }

  private apply(choice: ShortcutChoice): void {
    this.copy.write(choice)
    this.chosen.set(choice)
    this.bound.set(bindingsOf(choice))
  }
}

/** The copy in this browser, per person; a browser that keeps nothing just has none. */
export function browserCopy(userId: string): ShortcutCopy {
  const name = `maskwright-shortcuts-${userId}`
  return {
    read: () => {
      try {
        return JSON.parse(localStorage.getItem(name) ?? 'null')
      } catch {
        return null
      }
    },
    write: (choice) => {
      try {
        localStorage.setItem(name, JSON.stringify(choice))
      } catch {
        // Full or forbidden: the server has it, and this page does.
        return
      }
    },
  }
}
