import { body, client } from './client'
import type { components } from './schema'

export type Preferences = components['schemas']['Preferences']

export const getPreferences = () => body(client.GET('/api/v1/me/preferences'))

/** Sets what is given; the rest stays as it was. */
export const changePreferences = (changes: Preferences) =>
  body(client.PATCH('/api/v1/me/preferences', { body: changes }))
