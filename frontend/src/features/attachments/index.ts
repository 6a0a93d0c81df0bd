export { AttachmentManager } from './AttachmentManager'
export { AttachmentView } from './AttachmentView'
export { ClassReferences } from './ClassReferences'
