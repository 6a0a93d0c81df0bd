/** Addresses of images as somebody pastes them: one per line, or a table with a column `url`. */

export interface Address {
  url: string
  name?: string
  external_id?: string
  metadata?: Record<string, string>
}

export interface ParsedAddresses {
  addresses: Address[]
  /** Lines that are no address, with the number that an editor shows. */
  refused: { line: number; text: string }[]
  /** How often an address was there before. */
  repeated: number
  /** Columns that become metadata. */
  columns: string[]
}

const SEPARATORS = [',', ';', '\t'] as const
/** What the server takes. */
const LONGEST = 4000
const NAMED = ['url', 'name', 'external_id']

export function parseAddresses(text: string): ParsedAddresses {
  const parsed: ParsedAddresses = { addresses: [], refused: [], repeated: 0, columns: [] }
  const table = tableOf(text)
  if (table !== null) parsed.columns = table.header.filter((name) => isMetadata(name))
  const rows = table === null ? linesOf(text) : table.rows
  const seen = new Set<string>()
  for (const { line, address } of rows) {
    const url = address.url.trim()
    if (!isWebAddress(url)) parsed.refused.push({ line, text: url })
    else if (seen.has(url)) parsed.repeated += 1
    else parsed.addresses.push({ ...address, url })
    seen.add(url)
  }
  return parsed
}

interface Row {
  line: number
  address: Address
}

/** An address may hold any separator: without a header each line is one. */
function linesOf(text: string): Row[] {
  return text
    .split(/\r?\n/)
    .map((line, index) => ({ line: index + 1, address: { url: line.trim() } }))
    .filter(({ address }) => address.url !== '')
}

function tableOf(text: string): { header: string[]; rows: Row[] } | null {
  const first = text.trimStart().split(/\r?\n/, 1)[0] ?? ''
  const separator = SEPARATORS.find((each) => namesUrl(cellsOf(first, each)))
  if (separator === undefined && !namesUrl([first.trim()])) return null
  const [header = { cells: [], line: 1 }, ...records] = recordsOf(text, separator ?? ',')
  const names = header.cells.map((cell) => cell.trim())
  return {
    header: names,
    rows: records
      .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
      .map(({ line, cells }) => ({ line, address: addressOf(names, cells) })),
  }
}

const namesUrl = (cells: readonly string[]) =>
  cells.some((cell) => cell.trim().toLowerCase() === 'url')
const cellsOf = (line: string, separator: string) => recordsOf(line, separator)[0]?.cells ?? []
const isMetadata = (name: string) => name !== '' && !NAMED.includes(name.toLowerCase())

function addressOf(header: readonly string[], cells: readonly string[]): Address {
  const address: Address = { url: '' }
  const metadata: Record<string, string> = {}
  for (const [index, name] of header.entries()) {
    const cell = (cells[index] ?? '').trim()
    const known = name.toLowerCase()
    if (known === 'url') address.url = cell
    else if (cell === '') continue
    else if (known === 'name') address.name = cell
    else if (known === 'external_id') address.external_id = cell
    else if (name !== '') metadata[name] = cell
  }
  return Object.keys(metadata).length === 0 ? address : { ...address, metadata }
}

/** Records of a table as RFC 4180 has them: a cell in quotes may hold anything. */
function recordsOf(text: string, separator: string): { line: number; cells: string[] }[] {
  const records: { line: number; cells: string[] }[] = []
  let cells: string[] = []
  let cell = ''
  let isQuoted = false
  let line = 1
  let begun = 1
  const endRecord = () => {
    records.push({ line: begun, cells: [...cells, cell] })
    cells = []
    cell = ''
    begun = line
  }
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? ''
    if (character === '\n') line += 1
    if (isQuoted) {
      if (character !== '"') cell += character
      else if (text[index + 1] === '"') {
        cell += '"'
        index += 1
      } else isQuoted = false
    } else if (character === '"' && cell.trim() === '') {
      cell = ''
      isQuoted = true
    } else if (character === separator) {
      cells.push(cell)
      cell = ''
    } else if (character === '\n') endRecord()
    else if (character !== '\r') cell += character
  }
  if (cell !== '' || cells.length > 0) endRecord()
  return records
}

function isWebAddress(text: string): boolean {
  if (text.length > LONGEST || !URL.canParse(text)) return false
  const { protocol } = new URL(text)
  return protocol === 'https:' || protocol === 'http:'
}
