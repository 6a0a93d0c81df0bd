export { AddFile } from './AddFile'
export { AttachmentManager } from './AttachmentManager'
export { AttachmentView } from './AttachmentView'
export { ClassReferences } from './ClassReferences'
