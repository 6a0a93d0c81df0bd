export { ProjectDropZone } from './ProjectDropZone'
export { UploadButton, UploadFolderButton } from './UploadButton'
export { UploadIndicator } from './UploadIndicator'
export { UploadPanel } from './UploadPanel'
