/** Short names for the shapes of the HTTP contract; `npm run api` generates them from OpenAPI. */
import type { components } from './schema'

export type Schemas = components['schemas']

export type Id = string
/** RFC 3339, UTC. */
export type Timestamp = string

export interface Page<Item> {
  items: Item[]
  next_cursor?: string | null
}

export type Role = Schemas['Role']
export type Permission = Schemas['Permission']
export type Person = Schemas['PersonOut']
export type Me = Schemas['MeOut']
export type Member = Schemas['MemberOut']
export type Invitation = Schemas['InvitationOut']
/** With the link, which is shown once. */
export type NewInvitation = Schemas['NewInvitationOut']
export type InvitationPreview = Schemas['InvitationPreviewOut']
export type TokenScope = Schemas['Scope']
export type ApiToken = Schemas['TokenOut']

export type Counts = Schemas['CountsOut']
export type ProjectState = Schemas['ProjectState']
/** How much of an image its label must cover. */
export type Coverage = Schemas['Coverage']
export type Project = Schemas['ProjectOut']
export type ProjectCreate = Schemas['ProjectCreate']
export type ProjectChange = Schemas['ProjectPatch']

export type AttributeKind = Schemas['AttributeKind']
export type ClassKind = Schemas['ClassKind']

// The generated tree leaves open what is always there; these say it.

export interface AttributeOption {
  id?: Id
  name: string
  attributes: Attribute[]
}

export interface Attribute {
  id?: Id
  name: string
  kind: AttributeKind
  required: boolean
  default?: string | string[] | number | null
  options: AttributeOption[]
  min?: number | null
  max?: number | null
  step?: number | null
  multiline?: boolean
}

/** A way in which one object can stand to another; empty ends take any class. */
export interface Relation {
  id?: Id
  name: string
  from_classes: Id[]
  to_classes: Id[]
}

export interface OntologyClass {
  id?: Id
  type: 'class'
  /** Stable small integer used in exports; the server assigns it. */
  index?: number
  name: string
  color: string
  hotkey?: string | null
  kind: ClassKind
  layer: number
  /** Instances may cover each other: they may lie on any layer. */
  overlapping?: boolean
  description?: string | null
  attributes: Attribute[]
  children: OntologyNode[]
}

export interface OntologyGroup {
  id?: Id
  type: 'group'
  name: string
  children: OntologyNode[]
}

export type OntologyNode = OntologyClass | OntologyGroup

export interface Ontology {
  version: number
  created_at: Timestamp | null
  classes: OntologyNode[]
  /** Asked of the image as a whole. */
  image_attributes: Attribute[]
  relations: Relation[]
}

export type RemovedClassAnswer =
  | { action: 'delete_objects' }
  | { action: 'reassign'; to: Id }
  | { action: 'keep' }

export interface OntologySave {
  base_version?: number
  classes: OntologyNode[]
  image_attributes?: Attribute[]
  relations?: Relation[]
  removed_classes?: Record<Id, RemovedClassAnswer>
}

export type OntologyVersion = Schemas['OntologyVersionOut']

export interface WireProblem {
  type: string
  code: string
  title: string
  status: number
  detail?: string | null
  instance?: string | null
  request_id?: string | null
  errors?: { field: string; message: string }[] | null
  [extra: string]: unknown
}

export type AssetState = Schemas['AssetState']
export type TaskState = Schemas['TaskState']
/** What is asked of a person: to label, or to judge a label. */
export type TaskStage = Schemas['TaskStage']
export type TilePyramid = Schemas['TilesOut']
export type Attachment = Schemas['AttachmentOut']
export type Asset = Schemas['AssetOut']
export type UploadItem = Omit<Schemas['UploadItemOut'], 'problem'> & {
  problem?: WireProblem | null
}
export type UploadAnswer = Omit<Schemas['UploadOut'], 'items'> & { items: UploadItem[] }
export type LabelVersion = Schemas['LabelVersionOut']

// Masks go through the editor, which counts on sizes being pairs and attributes being there.

/** COCO run lengths: column-major, zeros first, compressed counts. */
export interface Rle {
  size: [height: number, width: number]
  counts: string
}

/** Attribute id → answer. */
export type Answers = Record<string, unknown>

/** How an object stands to another of its label. */
export interface ObjectRelationship {
  to: Id
  relation?: Id | null
  name?: string
}

export interface LabelObject {
  key: Id
  class_id: Id
  layer: number
  mask: Rle
  attributes: Answers
  relationships?: ObjectRelationship[]
  provenance?: Record<string, unknown> | null
  order?: number | null
}

/** An object on its way to the server; a known key may leave its unchanged mask out. */
export type SentObject = Omit<LabelObject, 'mask'> & { mask?: Rle }

export interface Lease {
  id: Id
  fence: number
  expires_at: Timestamp
  kind: string
  lease_seconds: number
}

/** A rectangle of whole pixels. */
export interface RegionBox {
  x: number
  y: number
  width: number
  height: number
}

export interface NextTask {
  lease: Lease
  task: {
    id: Id
    state: TaskState
    position: number
    total: number
    stage: TaskStage
    /** Rises each time that the label is sent back. */
    round: number
    /** What is to be reviewed, or what was sent back. */
    subject_version_id: Id | null
    /** The parts of the image that it asks about; null: all of it. */
    region: RegionBox[] | null
  }
  asset: {
    id: Id
    name: string
    width: number
    height: number
    image_url: string
    tiles: TilePyramid | null
  }
  ontology_version: number
  label: { version: number; objects: LabelObject[]; image_attributes: Answers; active_ms: number }
  last_seq: Record<string, number>
  /** How many leases the caller may hold, this one included. */
  leases_at_once: number
  /** Where the task belongs to a course, `position` of `total` is in it. */
  course: 'training' | 'exam' | null
}

export interface DraftPatch {
  fence: number
  client_id: string
  seq: number
  upserts: SentObject[]
  deletes: Id[]
  image_attributes?: Answers
  active_ms?: number
}

export interface Submission {
  fence: number
  objects: SentObject[]
  image_attributes: Answers
  active_ms?: number
}

export type DraftSaved = Schemas['DraftSavedOut']
export type Submitted = Schemas['SubmittedOut']
export type LabelerProgress = Schemas['LabelerProgressOut']
export type LiveLease = Schemas['LiveLeaseOut']
export type SkippedTask = Schemas['SkippedTaskOut']
export type QueueStatus = Schemas['QueueOut']
export type MyWork = Schemas['MyWorkOut']

export type ThreadState = Schemas['ThreadState']
/** A conversation about a place on an image, with all that was said in it. */
export type CommentThread = Schemas['ThreadOut']
export type NewCommentThread = Schemas['ThreadIn']

export type ExportFormat = Schemas['ExportFormat']
export type Export = Schemas['ExportOut']

/** A label of one's own, as it was handed in. */
export type HandedInLabel = Schemas['HandedInOut']
