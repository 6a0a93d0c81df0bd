import { body, client } from './client'
import { ApiProblem } from './problems'
import type { components } from './schema'

export type Preferences = components['schemas']['Preferences']

export const getPreferences = () => body(client.GET('/api/v1/me/preferences'))

/** Sets what is given; the rest stays as it was. */
export const changePreferences = (changes: Preferences) =>
  body(client.PATCH('/api/v1/me/preferences', { body: changes }))

/** The language that somebody chose on any computer; null where that can't be had now. */
export async function ownLanguage(): Promise<string | null> {
  try {
    return (await getPreferences()).language ?? null
  } catch (error) {
    if (error instanceof ApiProblem) return null
    throw error
  }
}
