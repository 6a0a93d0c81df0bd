import type { Page } from './types'

const LARGEST_PAGE = 200

/** Read a short list whole, following its cursors. */
export async function everyPage<Item>(
  readPage: (query: { cursor?: string; limit: number }) => Promise<Page<Item>>,
): Promise<Item[]> {
  const items: Item[] = []
  let cursor: string | null | undefined
  do {
    const page: Page<Item> = await readPage({ cursor: cursor ?? undefined, limit: LARGEST_PAGE })
    items.push(...page.items)
    cursor = page.next_cursor
  } while (cursor !== null && cursor !== undefined)
  return items
}
