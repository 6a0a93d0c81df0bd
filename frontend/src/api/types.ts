/** The wire shapes of the HTTP contract, version 1. */
export type Id = string
/** RFC 3339, UTC. */
export type Timestamp = string
export type Role = 'owner' | 'manager' | 'reviewer' | 'labeler' | 'ml'
export type Permission =
  | 'manage_organization'
  | 'manage_members'
  | 'manage_projects'
  | 'view_project'
  | 'label'
  | 'export'
  | 'import_data'
  | 'manage_tokens'

export interface Page<Item> {
  items: Item[]
  next_cursor: string | null
}

export interface Person {
  id: Id
  name: string
}

export interface Me {
  user: { id: Id; email: string; name: string }
  organization: { id: Id; name: string }
  role: Role
  permissions: Permission[]
  csrf_token: string | null
  organizations: { id: Id; name: string; role: Role }[]
}

export interface Member {
  user_id: Id
  email: string
  name: string
  role: Role
  joined_at: Timestamp
  last_seen_at: Timestamp | null
  disabled: boolean
}

export interface Invitation {
  id: Id
  email: string | null
  role: Role
  created_at: Timestamp
  expires_at: Timestamp
  invited_by: Person | null
}

export interface NewInvitation extends Invitation {
  /** Shown once. */
  url: string
}

export interface InvitationPreview {
  organization: { name: string }
  email: string | null
  role: Role
  expires_at: Timestamp
  account_exists: boolean
}

export type TokenScope = 'read' | 'label' | 'write' | 'export' | 'admin'

export interface ApiToken {
  id: Id
  name: string
  scopes: TokenScope[]
  prefix: string
  created_at: Timestamp
  expires_at: Timestamp | null
  last_used_at: Timestamp | null
}

export interface NewApiToken extends ApiToken {
  /** Shown once. */
  token: string
}

export interface AuditEntry {
  id: Id
  at: Timestamp
  actor: Person | null
  action: string
  object_type: string
  object_id: Id
  details: Record<string, unknown>
}

export interface Counts {
  assets: number
  to_label: number
  in_progress: number
  submitted: number
  skipped: number
  processing: number
  failed: number
}

export type ProjectState = 'active' | 'archived'

export interface Project {
  id: Id
  name: string
  description: string
  instructions: string
  state: ProjectState
  lease_seconds: number
  created_at: Timestamp
  updated_at: Timestamp
  ontology_version: number | null
  counts: Counts
  cover_url: string | null
}

export interface ProjectCreate {
  name: string
  description?: string
  instructions?: string
  lease_seconds?: number
}

export interface ProjectChange {
  name?: string
  description?: string
  instructions?: string
  state?: ProjectState
  lease_seconds?: number
}

export type AttributeKind = 'radio' | 'checklist' | 'text' | 'number'

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

export type ClassKind = 'thing' | 'stuff'

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
  created_by: Person | null
  classes: OntologyNode[]
}

export type RemovedClassAnswer =
  | { action: 'delete_objects' }
  | { action: 'reassign'; to: Id }
  | { action: 'keep' }

export interface OntologySave {
  base_version?: number
  classes: OntologyNode[]
  removed_classes?: Record<Id, RemovedClassAnswer>
}

export interface OntologyVersion {
  version: number
  created_at: Timestamp
  created_by: Person | null
  classes: number
}

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

export type AssetState = 'processing' | 'ready' | 'failed'
export type TaskState = 'to_label' | 'in_progress' | 'submitted' | 'skipped'

export interface TilePyramid {
  tile_size: number
  levels: { level: number; width: number; height: number }[]
  url_template: string
}

export interface Asset {
  id: Id
  name: string
  external_id: string | null
  state: AssetState
  problem: WireProblem | null
  width: number | null
  height: number | null
  media_type: string
  byte_size: number
  sha256: string
  metadata: Record<string, unknown>
  created_at: Timestamp
  thumbnail_url: string | null
  image_url: string | null
  tiles: TilePyramid | null
  task: { id: Id; state: TaskState; labeler: Person | null } | null
}

export interface UploadItem {
  name: string
  status: 'accepted' | 'duplicate' | 'rejected'
  asset?: Asset | null
  problem?: WireProblem | null
}

export interface UploadAnswer {
  items: UploadItem[]
  accepted: number
  duplicates: number
  rejected: number
}

export interface LabelVersion {
  id: Id
  number: number
  kind: string
  origin: string
  author: Person | null
  created_at: Timestamp
  active_ms: number
  objects: number
}

/** COCO run lengths: column-major, zeros first, compressed counts. */
export interface Rle {
  size: [height: number, width: number]
  counts: string
}

export interface LabelObject {
  key: Id
  class_id: Id
  layer: number
  mask: Rle
  attributes: Record<string, unknown>
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

export interface NextTask {
  lease: Lease
  task: { id: Id; state: TaskState; position: number; total: number }
  asset: {
    id: Id
    name: string
    width: number
    height: number
    image_url: string
    tiles: TilePyramid | null
  }
  ontology_version: number
  label: { version: number; objects: LabelObject[]; active_ms: number }
  last_seq: Record<string, number>
}

export interface DraftPatch {
  fence: number
  client_id: string
  seq: number
  upserts: SentObject[]
  deletes: Id[]
  active_ms?: number
}

export interface DraftSaved {
  version: number
  saved_at: Timestamp
  seq: number
  expires_at: Timestamp
}

export interface Submission {
  fence: number
  objects: SentObject[]
  active_ms?: number
}

export interface Submitted {
  label_version: { id: Id; number: number }
  task: { id: Id; state: TaskState }
}

export interface LabelerProgress {
  user: Person
  submitted: number
  in_progress: number
  last_seen_at: Timestamp | null
}

export interface LiveLease {
  id: Id
  task_id: Id
  asset: { id: Id; name: string }
  holder: Person
  granted_at: Timestamp
  expires_at: Timestamp
}

export interface QueueStatus {
  counts: Counts
  per_labeler: LabelerProgress[]
  leases: LiveLease[]
}

export interface MyWork {
  submitted_today: number
  active_ms_today: number
  unfinished: number
  available: boolean
}

export type ExportFormat =
  | 'coco-instances'
  | 'coco-panoptic'
  | 'semantic-png'
  | 'instance-png'
  | 'ndjson'
  | 'yolo-seg'

export type ExportState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled'

export interface Export {
  id: Id
  project_id: Id
  format: ExportFormat
  include_images: boolean
  filter: Record<string, unknown> | null
  state: ExportState
  progress: number
  assets_done: number
  assets_total: number
  objects: number
  byte_size: number | null
  download_url: string | null
  problem: WireProblem | null
  created_at: Timestamp
  finished_at: Timestamp | null
  created_by: Person | null
}
