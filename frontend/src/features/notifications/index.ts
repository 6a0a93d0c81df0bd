export { Bell } from './Bell'
export { KIND_NAMES } from './words'
