export { Instructions } from './Instructions'
export { InstructionsField } from './InstructionsField'
