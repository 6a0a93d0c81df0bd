import './table.css'
import type { ReactNode } from 'react'

export interface Column<Row> {
  id: string
  name: ReactNode
  /** The heading is read out but not shown. */
  isNameHidden?: boolean
  align?: 'start' | 'end'
  width?: string
  cell: (row: Row) => ReactNode
}

interface TableProps<Row> {
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
}

/** A table of plain semantics: people read it, screen readers walk it cell by cell. */
export function Table<Row>({ label, columns, rows, rowKey }: TableProps<Row>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="table-frame" aria-label={label} tabIndex={0}>
      <table className="table">
        <caption className="visually-hidden">{label}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                className="table__head"
                data-align={column.align}
                style={column.width === undefined ? undefined : { width: column.width }}
              >
                <span className={column.isNameHidden ? 'visually-hidden' : undefined}>
                  {column.name}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className="table__row">
              {columns.map((column) => (
                <td key={column.id} className="table__cell" data-align={column.align}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
