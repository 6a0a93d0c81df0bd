import type { ClassRow } from '../ontology-classes'

/**
 * The classes whose name, or that of a group they are in, holds what is searched for, below their
 * groups; a group that is found shows all that is in it.
 */
export function rowsNamed(rows: readonly ClassRow[], search: string): readonly ClassRow[] {
  const wanted = search.trim().toLowerCase()
  if (wanted === '') return rows
  const found: ClassRow[] = []
  let groups: { row: ClassRow; isFound: boolean; isShown: boolean }[] = []
  for (const row of rows) {
    groups = groups.filter((group) => group.row.depth < row.depth)
    const isFound = row.name.toLowerCase().includes(wanted) || groups.some((group) => group.isFound)
    if (row.kind === 'group') {
      groups.push({ row, isFound, isShown: false })
      continue
    }
    if (!isFound) continue
    for (const group of groups) {
      if (!group.isShown) found.push(group.row)
      group.isShown = true
    }
    found.push(row)
  }
  return found
}
