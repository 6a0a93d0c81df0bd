import type { components } from '@/api/schema'
import type { ObjectRelationship } from '@/api/types'
import type { SavedVersion } from '../workbench'

/** What openapi-fetch makes of it: a pair becomes a list. */
export type WireVersion = Omit<components['schemas']['LabelVersionDetail'], 'objects'> & {
  objects: readonly (Omit<components['schemas']['ObjectOut'], 'mask'> & {
    mask: { size: readonly number[]; counts: string }
  })[]
}

/** OpenAPI says less than the server promises: a mask's size is a pair, a relationship leads on. */
export function savedVersion({ number, objects, image_attributes }: WireVersion): SavedVersion {
  return {
    number,
    image_attributes,
    objects: objects.map(({ mask, relationships, ...rest }) => {
      const [height = 0, width = 0] = mask.size
      return {
        ...rest,
        mask: { size: [height, width], counts: mask.counts },
        relationships: relationships as unknown as ObjectRelationship[],
      }
    }),
  }
}
