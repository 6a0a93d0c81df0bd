/** What stands around every page but the editor's, which comes without it. */

export { ProjectLayout } from './ProjectLayout'
export { Shell } from './Shell'
