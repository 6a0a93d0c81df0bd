export { PauseDialog } from './PauseDialog'
export { RulesPanel } from './RulesPanel'
export { ResumeButton, useResuming } from './resuming'
