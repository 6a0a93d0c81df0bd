import type { Cap, WantedCap } from '@/api/queue-desk'
import type { Id } from '@/api/types'

/** A limit as it stands in the dialog: an empty number field is NaN. */
export interface LimitRow {
  key: number
  teamId: Id | null
  batchId: Id | null
  total: number
  daily: number
}

export const rowsOf = (caps: readonly Cap[]): LimitRow[] =>
  caps.map((cap, key) => ({
    key,
    teamId: cap.team?.id ?? null,
    batchId: cap.batch?.id ?? null,
    total: cap.total ?? Number.NaN,
    daily: cap.daily ?? Number.NaN,
  }))

export const limitOf = (value: number): number | null => (Number.isNaN(value) ? null : value)

/** The rows as the API takes them; those without a number say nothing, and are left out. */
export const capsOf = (rows: readonly LimitRow[]): WantedCap[] =>
  rows
    .map((row) => ({
      team_id: row.teamId,
      batch_id: row.batchId,
      total: limitOf(row.total),
      daily: limitOf(row.daily),
    }))
    .filter((cap) => cap.total !== null || cap.daily !== null)

export type RowProblem = 'of-nothing' | 'twice'

/** What keeps a row from being saved: each person's limit in the project has fields of its own. */
export function problemOf(row: LimitRow, rows: readonly LimitRow[]): RowProblem | null {
  if (row.teamId === null && row.batchId === null) return 'of-nothing'
  const alike = rows.filter((one) => one.teamId === row.teamId && one.batchId === row.batchId)
  return alike.length > 1 ? 'twice' : null
}
