import type { PredictionModel } from '@/api/predictions'

/** A model as people read it: its name and its version are one. */
export function modelName({ name, version }: Pick<PredictionModel, 'name' | 'version'>): string {
  return version === '' ? name : `${name} ${version}`
}
