/** What the page and the mask worker say to each other. */

import type { Size } from '../geometry/points'
import type { DecodedLayer, MaskSource } from '../labelmap/decode-objects'
import type { LayerSurvey, Pixel, SurveyJob } from '../labelmap/survey'
import type { MaskFault } from '../masks/errors'
import type { Rle } from '../masks/rle'
import type { EncodeJob } from '../types'

export type WorkerRequest =
  | { readonly call: 'encodeLayer'; readonly job: EncodeJob }
  | {
      readonly call: 'encodeBitmap'
      readonly width: number
      readonly height: number
      readonly pixels: Uint8Array
    }
  | { readonly call: 'decodeBitmap'; readonly rle: Rle }
  | { readonly call: 'survey'; readonly job: SurveyJob }
  | { readonly call: 'regionSpans'; readonly job: SurveyJob; readonly at: Pixel }
  | { readonly call: 'decodeObjects'; readonly size: Size; readonly sources: readonly MaskSource[] }

export interface WorkerResults {
  encodeLayer: Map<number, string>
  encodeBitmap: Rle
  decodeBitmap: Uint8Array
  survey: LayerSurvey
  regionSpans: Int32Array
  decodeObjects: DecodedLayer[]
}

export interface WorkerCall {
  readonly id: number
  readonly request: WorkerRequest
}

export type WorkerReply =
  | { readonly id: number; readonly result: WorkerResults[keyof WorkerResults] }
  | { readonly id: number; readonly fault: MaskFault | null; readonly message: string }
