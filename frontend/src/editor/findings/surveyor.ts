import {
  type LayerSurvey,
  type Pixel,
  type SurveyJob,
  spansOfRegion,
  surveyLayer,
} from '../labelmap/survey'
import { WorkerFailed } from '../worker/client'

/** Looks over all pixels of a layer; a worker in the browser, plain functions elsewhere. */
export interface Surveyor {
  survey(job: SurveyJob): Promise<LayerSurvey>
  /** Spans `[y, left, right, …]` of the region that holds the pixel. */
  regionSpans(job: SurveyJob, at: Pixel): Promise<Int32Array>
}

export const inlineSurveyor: Surveyor = {
  survey: async (job) => surveyLayer(job),
  regionSpans: async (job, at) => spansOfRegion(job, at),
}

/** Where the worker died the page looks by itself. */
export function surveyorWithFallback(surveyor: Surveyor): Surveyor {
  const orInline =
    <Result>(inline: () => Promise<Result>) =>
    (error: unknown) => {
      if (error instanceof WorkerFailed) return inline()
      throw error
    }
  return {
    survey: (job) => surveyor.survey(job).catch(orInline(() => inlineSurveyor.survey(job))),
    regionSpans: (job, at) =>
      surveyor.regionSpans(job, at).catch(orInline(() => inlineSurveyor.regionSpans(job, at))),
  }
}
