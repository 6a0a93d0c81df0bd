import type { Attachment } from '@/api/types'

/** How a text names one of the project's pictures: `![A kerb](attachment:0192…)`. */
const SCHEME = 'attachment:'

export function imageUrlFrom(images: readonly Attachment[]): (name: string) => string | null {
  const urls = new Map(images.map(({ id, url }) => [SCHEME + id, url]))
  return (name) => urls.get(name) ?? null
}

/** The Markdown that shows this picture. Brackets would end its description early. */
export function markdownOf({ id, name }: Pick<Attachment, 'id' | 'name'>): string {
  const description = name.replace(/\.[a-z]+$/i, '').replaceAll(/[[\]]/g, '')
  return `![${description}](${SCHEME}${id})`
}
