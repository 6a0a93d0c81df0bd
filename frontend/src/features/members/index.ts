export { AuditPage } from './AuditPage'
export { TeamPage } from './TeamPage'
