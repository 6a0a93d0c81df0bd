import { MAX_ID, type ObjectId, UNLABELLED } from './tiles'

/**
 * What a write may replace, as a table by id: one lookup per pixel whatever the rule. Shared
 * borders, locks, "draw behind" and erasing differ only in how this table is filled.
 */
export interface WriteRule {
  /** Written where it is allowed; 0 erases. */
  readonly id: ObjectId
  /** 1 for every id that may be replaced; never for `id` itself. */
  readonly mayReplace: Uint8Array
}

/** Replaces everything but what is locked. */
export function overRule(id: ObjectId, lockedIds: Iterable<ObjectId>): WriteRule {
  const mayReplace = new Uint8Array(MAX_ID + 1).fill(1)
  for (const locked of lockedIds) mayReplace[locked] = 0
  mayReplace[id] = 0
  return { id, mayReplace }
}

/** Fills only what nobody has. */
export function behindRule(id: ObjectId): WriteRule {
  const mayReplace = new Uint8Array(MAX_ID + 1)
  mayReplace[UNLABELLED] = 1
  return { id, mayReplace }
}

/** Takes pixels from the given objects, and from nobody else. */
export function takeFromRule(id: ObjectId, ids: Iterable<ObjectId>): WriteRule {
  const mayReplace = new Uint8Array(MAX_ID + 1)
  for (const from of ids) mayReplace[from] = 1
  mayReplace[id] = 0
  return { id, mayReplace }
}

/** Erases the given objects, and nothing else. */
export function eraseOnlyRule(ids: Iterable<ObjectId>): WriteRule {
  const mayReplace = new Uint8Array(MAX_ID + 1)
  for (const id of ids) mayReplace[id] = 1
  mayReplace[UNLABELLED] = 0
  return { id: UNLABELLED, mayReplace }
}

/** Erases whatever is not locked. */
export function eraseAnyRule(lockedIds: Iterable<ObjectId>): WriteRule {
  return overRule(UNLABELLED, lockedIds)
}
