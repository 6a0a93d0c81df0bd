export { DataPage } from './DataPage'
export { LabelledImage } from './LabelledImage'
