export { AuditPage } from './AuditPage'
export { ProjectPeoplePage } from './ProjectPeoplePage'
export { TeamPage } from './TeamPage'
