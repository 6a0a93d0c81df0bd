export { PauseDialog } from './PauseDialog'
export { RulesPanel } from './RulesPanel'
