/** The routes in the shape openapi-fetch reads: path → method → parameters, body, answer. */
import type {
  ApiToken,
  Asset,
  AssetState,
  AuditEntry,
  DraftPatch,
  DraftSaved,
  Export,
  ExportFormat,
  Id,
  Invitation,
  InvitationPreview,
  LabelObject,
  LabelVersion,
  Me,
  Member,
  MyWork,
  NewApiToken,
  NewInvitation,
  NextTask,
  Ontology,
  OntologySave,
  OntologyVersion,
  Page,
  Project,
  ProjectChange,
  ProjectCreate,
  ProjectState,
  QueueStatus,
  Role,
  Submission,
  Submitted,
  Timestamp,
  TokenScope,
} from './types'

interface Answer<Body> {
  responses: { 200: { content: { 'application/json': Body } } }
}
interface NoAnswer {
  responses: { 204: { content?: never } }
}
interface Sends<Body> {
  requestBody: { content: { 'application/json': Body } }
}
interface Path<Params> {
  parameters: { path: Params }
}
interface PagedBy {
  cursor?: string
  limit?: number
}

export interface paths {
  '/api/v1/session': {
    post: Sends<{ email: string; password: string }> & Answer<Me>
    delete: NoAnswer
  }
  '/api/v1/me': {
    get: Answer<Me>
    patch: Sends<{ name?: string; password?: { current: string; new: string } }> & Answer<Me>
  }
  '/api/v1/me/organization': { post: Sends<{ organization_id: Id }> & Answer<Me> }
  '/api/v1/organization': {
    get: Answer<{ id: Id; name: string; created_at: Timestamp }>
    patch: Sends<{ name: string }> & Answer<{ id: Id; name: string; created_at: Timestamp }>
  }
  '/api/v1/members': { get: { parameters: { query?: PagedBy } } & Answer<Page<Member>> }
  '/api/v1/members/{user_id}': {
    parameters: { path: { user_id: Id } }
    patch: Path<{ user_id: Id }> & Sends<{ role: Role }> & Answer<Member>
    delete: Path<{ user_id: Id }> & NoAnswer
  }
  '/api/v1/invitations': {
    get: { parameters: { query?: PagedBy } } & Answer<Page<Invitation>>
    post: Sends<{ email?: string; role: Role; expires_in_days?: number }> & Answer<NewInvitation>
  }
  '/api/v1/invitations/{invitation_id}': {
    delete: Path<{ invitation_id: Id }> & NoAnswer
  }
  '/api/v1/invitations/by-token/{token}': {
    get: Path<{ token: string }> & Answer<InvitationPreview>
  }
  '/api/v1/invitations/by-token/{token}/accept': {
    post: Path<{ token: string }> &
      Sends<{ name?: string; password: string; email?: string }> &
      Answer<Me>
  }
  '/api/v1/tokens': {
    get: { parameters: { query?: PagedBy } } & Answer<Page<ApiToken>>
    post: Sends<{ name: string; scopes: TokenScope[]; expires_at?: Timestamp }> &
      Answer<NewApiToken>
  }
  '/api/v1/tokens/{token_id}': { delete: Path<{ token_id: Id }> & NoAnswer }
  '/api/v1/audit': { get: { parameters: { query?: PagedBy } } & Answer<Page<AuditEntry>> }
  '/api/v1/projects': {
    get: { parameters: { query?: PagedBy & { state?: ProjectState } } } & Answer<Page<Project>>
    post: Sends<ProjectCreate> & Answer<Project>
  }
  '/api/v1/projects/{project_id}': {
    get: Path<{ project_id: Id }> & Answer<Project>
    patch: Path<{ project_id: Id }> & Sends<ProjectChange> & Answer<Project>
    delete: Path<{ project_id: Id }> & NoAnswer
  }
  '/api/v1/projects/{project_id}/ontology': {
    get: {
      parameters: { path: { project_id: Id }; query?: { version?: number } }
    } & Answer<Ontology>
    put: Path<{ project_id: Id }> & Sends<OntologySave> & Answer<Ontology>
  }
  '/api/v1/projects/{project_id}/ontology/versions': {
    get: {
      parameters: { path: { project_id: Id }; query?: PagedBy }
    } & Answer<Page<OntologyVersion>>
  }
  '/api/v1/projects/{project_id}/assets': {
    get: {
      parameters: {
        path: { project_id: Id }
        query?: PagedBy & { state?: AssetState; q?: string }
      }
    } & Answer<Page<Asset>>
  }
  '/api/v1/assets/{asset_id}': {
    get: Path<{ asset_id: Id }> & Answer<Asset>
    patch: Path<{ asset_id: Id }> &
      Sends<{ external_id?: string | null; metadata?: Record<string, unknown>; name?: string }> &
      Answer<Asset>
    delete: Path<{ asset_id: Id }> & NoAnswer
  }
  '/api/v1/assets/{asset_id}/labels': {
    get: {
      parameters: { path: { asset_id: Id }; query?: PagedBy }
    } & Answer<Page<LabelVersion>>
  }
  '/api/v1/label-versions/{label_version_id}': {
    get: Path<{ label_version_id: Id }> &
      Answer<Omit<LabelVersion, 'objects'> & { objects: LabelObject[] }>
  }
  '/api/v1/projects/{project_id}/queue/next': {
    post: Path<{ project_id: Id }> &
      Sends<{ prefetch?: boolean; exclude?: Id[] }> & {
        responses: {
          200: { content: { 'application/json': NextTask } }
          204: { content?: never }
        }
      }
  }
  '/api/v1/leases/{lease_id}/heartbeat': {
    post: Path<{ lease_id: Id }> &
      Sends<{ fence: number; active_ms?: number }> &
      Answer<{ expires_at: Timestamp }>
  }
  '/api/v1/leases/{lease_id}/draft': {
    patch: Path<{ lease_id: Id }> & Sends<DraftPatch> & Answer<DraftSaved>
  }
  '/api/v1/leases/{lease_id}/submit': {
    post: {
      parameters: { path: { lease_id: Id }; header: { 'Idempotency-Key': string } }
    } & Sends<Submission> &
      Answer<Submitted>
  }
  '/api/v1/leases/{lease_id}/skip': {
    post: Path<{ lease_id: Id }> & Sends<{ fence: number; reason: string }> & NoAnswer
  }
  '/api/v1/leases/{lease_id}/release': {
    post: Path<{ lease_id: Id }> & Sends<{ fence: number }> & NoAnswer
  }
  '/api/v1/projects/{project_id}/queue': { get: Path<{ project_id: Id }> & Answer<QueueStatus> }
  '/api/v1/projects/{project_id}/my-work': { get: Path<{ project_id: Id }> & Answer<MyWork> }
  '/api/v1/projects/{project_id}/exports': {
    get: { parameters: { path: { project_id: Id }; query?: PagedBy } } & Answer<Page<Export>>
    post: Path<{ project_id: Id }> &
      Sends<{ format: ExportFormat; include_images?: boolean }> &
      Answer<Export>
  }
  '/api/v1/exports/{export_id}': {
    get: Path<{ export_id: Id }> & Answer<Export>
    delete: Path<{ export_id: Id }> & NoAnswer
  }
  '/api/v1/exports/{export_id}/cancel': { post: Path<{ export_id: Id }> & Answer<Export> }
}
